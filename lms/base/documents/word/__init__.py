"""The same documents in Word, laid out by Nghị định 30/2020/NĐ-CP, in our template or one that was sent (docxtpl)."""

from lms.base.documents.word.checking import LARGEST_TEMPLATE, template_faults
from lms.base.documents.word.fields import FIELDS, fields_of_document
from lms.base.documents.word.filling import WORD_TYPE, word_of
from lms.base.documents.word.standard import standard_template

__all__ = [
    "FIELDS",
    "LARGEST_TEMPLATE",
    "WORD_TYPE",
    "fields_of_document",
    "standard_template",
    "template_faults",
    "word_of",
]
