"""Documents for paper, laid out by Nghị định 30/2020/NĐ-CP: describe one with the parts, then `render_pdf`."""

from lms.base.documents.fonts import FontsMissing
from lms.base.documents.markup import Bold, Italic, Text
from lms.base.documents.measures import LARGE, SMALL
from lms.base.documents.parts import (
    Annex,
    Article,
    Basis,
    Block,
    Chapter,
    Clause,
    Clauses,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Gap,
    Grid,
    Heading,
    Letterhead,
    NewPage,
    Paragraph,
    Picture,
    Signature,
)
from lms.base.documents.render import render_pdf
from lms.base.documents.wording import document_number, place_and_date, written_date

__all__ = [
    "LARGE",
    "SMALL",
    "Annex",
    "Article",
    "Basis",
    "Block",
    "Bold",
    "Chapter",
    "Clause",
    "Clauses",
    "Column",
    "Dashes",
    "Document",
    "DocumentHead",
    "FontsMissing",
    "Gap",
    "Grid",
    "Heading",
    "Italic",
    "Letterhead",
    "NewPage",
    "Paragraph",
    "Picture",
    "Signature",
    "Text",
    "document_number",
    "place_and_date",
    "render_pdf",
    "written_date",
]
