"""The rows of the training group of the national HR database (NĐ 27/2026/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certificates.models import Certificate
from courses.models import Completion
from courses.states import CompletionSource
from inspections.models import Holiday
from inspections.rules import WorkingCalendar
from lms.followup.queries import waiting
from lms.followup.states import Change
from lms.people.models import Person

PERMISSION = "training.import"
CHUNK = 2_000


def waiting_of(person: Person) -> QuerySet[Any]:
    """Return what waits within the officer's reach."""
    return waiting(Completion.scoped.for_person(person, PERMISSION))


def calendar() -> WorkingCalendar:
    """Return the working calendar with its holidays."""
    return WorkingCalendar.of(Holiday.objects.values_list("day", "is_worked"))


def headers() -> list[str]:
    """Return the heads of the export's columns."""
    return [
        _("Personal number"),
        _("Full name"),
        _("Date of birth"),
        _("Agency"),
        _("Course"),
        _("Training institution"),
        _("From"),
        _("To"),
        _("Periods"),
        _("Form of study"),
        _("Certificate"),
        _("Certificate number"),
        _("Issued on"),
        _("Change"),
    ]


def rows(completions: QuerySet[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield (completion, cells) in the order of the headers, reading a fixed number of statements a chunk."""
    listed = completions.select_related("person", "person__merged_into", "course", "course__agency")
    chunk: list[Any] = []
    for completion in listed.iterator(chunk_size=CHUNK):
        chunk.append(completion)
        if len(chunk) == CHUNK:
            yield from _cells_of(chunk)
            chunk = []
    yield from _cells_of(chunk)


def _cells_of(chunk: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    papers = {
        paper.completion_id: paper
        for paper in Certificate.objects.issued().filter(
            completion__in=[completion.pk for completion in chunk]
        )
    }
    for completion in chunk:
        yield completion, _cells(completion, papers.get(completion.pk))


def _cells(completion: Any, paper: Certificate | None) -> list[Any]:
    person = completion.person.canonical
    return [
        person.code,
        person.full_name,
        person.birth_date,
        completion.agency_name,
        completion.course_name,
        _institution(completion, paper),
        completion.started_on or completion.completed_on,
        completion.completed_on,
        completion.hours,
        _form(completion, paper),
        paper.get_kind_display() if paper else "",
        paper.serial if paper else completion.certificate_no,
        paper.issued_on if paper else None,
        Change(completion.change).label,
    ]


def _institution(completion: Any, paper: Certificate | None) -> str:
    if paper is not None:
        return paper.issuer_name
    if completion.provider or completion.course is None or completion.course.agency is None:
        return str(completion.provider)
    return str(completion.course.agency)


def _form(completion: Any, paper: Certificate | None) -> str:
    if paper is not None:
        return paper.form
    if completion.source == CompletionSource.IMPORT or completion.course is None:
        return ""
    return str(completion.course.get_form_display())
