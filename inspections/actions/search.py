"""What the list's search looks through."""

from inspections.models import Inspection
from lms.people.organisation import history


def refresh_search_text(inspection: Inspection) -> None:
    """Store the folded words of a case: code, number, field, lead agency, subjects, content of the decision."""
    decision = getattr(inspection, "decision", None)
    named = [f"{subject.identifier} {subject.name}" for subject in inspection.subjects.all()]
    inspection.search_text = inspection.words_to_search(
        history().name(inspection.lead_id, inspection.named_on),
        [*named, decision.content] if decision else named,
    )
    Inspection.objects.filter(pk=inspection.pk).update(search_text=inspection.search_text)
