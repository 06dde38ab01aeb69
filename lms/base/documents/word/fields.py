"""What a Word template may name: the head of a document as words, its text and its signing part as blocks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.base.documents.letterhead import MOTTO, NATION
from lms.base.documents.parts import Document
from lms.base.documents.wording import document_number, ended, place_and_date

# A block stands on a line of its own: the paragraph that names it gives way to it.
BODY, SIGNING = "body", "signing"
BLOCKS = (BODY, SIGNING)
FIELDS: dict[str, Any] = {
    "nation": NATION,
    "motto": MOTTO,
    "superior": _("superior body, in capitals"),
    "issuer": _("issuing body, in capitals"),
    "number_line": _("number and symbol; room for the number in a draft"),
    "subject_line": _("“V/v …” of an official letter, else empty"),
    "place_date": _("place and day; room for the day in a draft"),
    "kind": _("name of the kind of document, in capitals"),
    "about": _("what it is about"),
    "authority": _("the authority that decides, in capitals"),
    "recipients": [_("recipients, a line each")],
    "signer_title": _("authority and post of the signer, in capitals"),
    "signer_name": _("name of the signer"),
    "signer_post": _("the signer's own post under the name"),
    BODY: _("the whole text; on a line of its own"),
    SIGNING: _("recipients and signatures; on a line of its own"),
}


def fields_of_document(document: Document) -> dict[str, Any]:
    """Return the words of the document by the names templates give them; blocks are put in by `word_of`."""
    found: dict[str, Any] = dict.fromkeys(FIELDS, "")
    found.update(nation=NATION, motto=MOTTO, recipients=_recipients(document))
    if head := document.letterhead:
        found.update(
            superior=head.superior.upper(),
            issuer=head.issuer.upper(),
            number_line=document_number(head.number, head.symbol) if head.show_number else "",
            subject_line=head.subject,
            place_date=place_and_date(head.place, head.on) if head.place else "",
        )
    if title := document.head:
        found.update(kind=title.kind.upper(), about=title.subject, authority=title.authority.upper())
    if document.signatures:
        signer = next((one for one in document.signatures if one.key == "signer"), document.signatures[-1])
        found.update(
            signer_title="\n".join(line.upper() for line in signer.title),
            signer_name=signer.name,
            signer_post=signer.below,
        )
    return found


def _recipients(document: Document) -> list[str]:
    last = len(document.recipients) - 1
    return [
        f"- {ended(text, '.' if place == last else ';')}" for place, text in enumerate(document.recipients)
    ]
