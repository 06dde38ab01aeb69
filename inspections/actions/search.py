"""What the list's search looks through."""

from inspections.models import Inspection
from lms.people.organisation import history


def refresh_search_text(inspection: Inspection) -> None:
    """Store the folded words of a case: code, number, field, lead agency, subjects."""
    inspection.search_text = inspection.words_to_search(
        history().name(inspection.lead_id, inspection.named_on),
        [f"{subject.identifier} {subject.name}" for subject in inspection.subjects.all()],
    )
    Inspection.objects.filter(pk=inspection.pk).update(search_text=inspection.search_text)
