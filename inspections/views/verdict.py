"""The verdict page: which record made each step of each subject D, P or N, and the case as one bundle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.actions.steps import working_calendar
from inspections.bundling import export_case
from inspections.models import CaseDocument, InspectedSubject, Inspection, PaperSignature
from inspections.rules import StepLine, classify, classify_all, explain, law_of
from inspections.rules.signed import is_whole, latest_file
from inspections.states import Act, Mark, Status
from inspections.views.door import actor, case_for, signed_in
from lms.base.exports import file_response, xlsx_response
from lms.people.organisation import history


@dataclass(frozen=True)
class SubjectVerdict:
    """One subject: its five steps, each with the law that asks for it, and what follows from them."""

    subject: InspectedSubject
    lines: list[tuple[StepLine, str]]
    label: str
    paper: list[str]


def _verdict_of(subject: InspectedSubject, calendar: Any) -> SubjectVerdict:
    lines = explain(subject, calendar)
    letters = "".join(line.letter for line in lines)
    return SubjectVerdict(
        subject,
        [(line, law_of(line.step, subject.inspection)) for line in lines],
        str(classify(letters).label),
        [f"S{line.step.value} {line.step.label}" for line in lines if line.letter == Mark.PAPER],
    )


@signed_in
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain the verdict of one case, on the page or as a file."""
    case = case_for(request, pk)
    calendar = working_calendar()
    subjects = [_verdict_of(subject, calendar) for subject in case.subjects.all()]
    if request.GET.get("format") == "xlsx":
        return xlsx_response(f"verdict-{case.code}", _headers(), _rows(subjects))
    counts = case.status == Status.COMPLETED and case.act == Act.KT and not case.is_secret
    letters = ["".join(line.letter for line, _law in part.lines) for part in subjects]
    context = {
        "case": case,
        "lead": history().name(case.lead_id, case.named_on),
        "counts": counts,
        "verdict": classify_all(letters) if counts else None,
        "subjects": subjects,
        "papers": _signed_papers(case),
    }
    return render(request, "inspections/verdict.html", context)


def _signed_papers(case: Inspection) -> list[tuple[CaseDocument, list[PaperSignature], bool]]:
    """List the documents signed in their files: each signature, and whether the store holds what was kept.

    Chain and content are read anew on the document's own page: here their number has no bound.
    """
    rows = case.documents.filter(signatures__isnull=False).distinct().prefetch_related("signatures")
    return [(row, list(row.signatures.all()), is_whole(*latest_file(row))) for row in rows]


def _headers() -> list[str]:
    return [
        _("Subject"),
        _("Step"),
        _("Digital mark"),
        _("Record"),
        _("Happened on"),
        _("Recorded on"),
        _("Recorded by"),
        _("In time until"),
        _("Law"),
        _("Because"),
    ]


def _rows(subjects: list[SubjectVerdict]) -> Iterator[list[Any]]:
    for part in subjects:
        for line, law in part.lines:
            yield [
                str(part.subject),
                f"S{line.step.value} {line.step.label}",
                line.letter,
                line.fact.source,
                line.fact.happened_on,
                line.fact.recorded_on,
                str(line.fact.clock.label) if line.fact.is_done or not line.fact.required else "",
                line.last_day,
                law,
                line.why,
            ]


@signed_in
@require_POST
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the whole case as one file to whoever may see the whole case."""
    case: Inspection = case_for(request, pk)
    if case.is_secret:
        raise PermissionDenied(_("Of a state-secret case nothing is kept here that could be exported."))
    try:
        content = export_case(by=actor(request), inspection=case)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("inspections:verdict", case.pk)
    return file_response(f"{case.code}.zip", content, "application/zip")
