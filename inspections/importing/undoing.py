"""What stands against taking imported inspections back, and what is to be seen to afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from inspections.models import InspectedSubject, Inspection
from lms.base.importing import Entry
from lms.people.importing.lookups import in_chunks

CASE, SUBJECT = Inspection._meta.label, InspectedSubject._meta.label


def became_secret(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the known cases that the import made secret: their content is gone for good."""
    hidden = {
        entry.pk
        for entry in entries
        if entry.label == CASE and entry.kind == "changed" and (entry.before or {}).get("is_secret") is False
    }
    for chunk in in_chunks(hidden):
        for inspection in Inspection.objects.filter(pk__in=chunk, is_secret=True):
            yield inspection.code, _("became secret by it, and what it held was not kept")


def cases_of(entries: list[Entry]) -> Iterator[Inspection]:
    """Yield the cases still there of which, or of whose subjects, something was taken back."""
    cases = {entry.pk for entry in entries if entry.label == CASE}
    subjects = {entry.pk for entry in entries if entry.label == SUBJECT and entry.kind == "changed"}
    cases |= {(entry.after or {})["inspection_id"] for entry in entries if _is_new_subject(entry)}
    for chunk in in_chunks(subjects):
        cases |= set(InspectedSubject.objects.filter(pk__in=chunk).values_list("inspection", flat=True))
    for chunk in in_chunks(cases):
        yield from Inspection.objects.filter(pk__in=chunk).prefetch_related("subjects")


def _is_new_subject(entry: Entry) -> bool:
    return entry.label == SUBJECT and entry.kind == "made"
