"""One inspected party with an invitation, and a request that it has half answered."""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.actions import collection, document, numbering, party, portal
from inspections.models import InspectedSubject
from lms.base.dates import today
from lms.base.documents import Document, DocumentHead, Paragraph, render_pdf
from lms.people.models import Person


def open_portal(
    subject: InspectedSubject, text: dict[str, Any], named: dict[str, str], leader: Person, clerk: Person
) -> None:
    """Ask the subject for documents, invite its representative, and hand over what the text answers."""
    wanted = [collection.Wanted(one["what"], one["format"]) for one in text["items"]]
    due_on = today() + timedelta(days=text["days"])
    request = collection.make_request(by=leader, subject=subject, due_on=due_on, items=wanted)
    paper = collection.draft_request_paper(by=leader, request=request)
    paper = document.sign_document(by=leader, document=paper)
    numbering.number_document(by=clerk, document=paper)
    request = collection.hand_request(by=leader, request=request)
    invited = party.invite_party(
        by=leader,
        subject=subject,
        key=uuid5(NAMESPACE_URL, f"party/{subject.inspection.code}"),
        name=named["representative"],
        title=named["representative_title"],
        email=text["email"],
        phone=text["phone"],
    )
    for item, one in zip(request.items.all(), text["items"], strict=True):
        if one["text"]:
            file = SimpleUploadedFile("quy-che.pdf", _pdf(one["text"]), content_type="application/pdf")
            portal.hand_files(
                access=invited.access, files=[file], key=uuid5(NAMESPACE_URL, one["what"]), item=item
            )


def _pdf(text: str) -> bytes:
    return render_pdf(Document(None, DocumentHead("Quy chế", text), (Paragraph(text),)))
