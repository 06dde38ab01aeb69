"""Findings of one subject: drawn from the minutes, worded, and what each asks for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inspections.actions.findings import draw_findings, may_word, word_finding
from inspections.actions.remedies import GONE, ask_remedy
from inspections.forms.remedies import FindingForm, RemedyForm
from inspections.models import Finding, InspectedSubject, Inspection
from inspections.remedy_states import JUDGE
from inspections.rules import hands
from inspections.rules.findings import asked_by
from inspections.views.door import actor, case_for, put_errors, signed_in, subject_for
from lms.base.dates import today


def may_ask(person: Any, case: Inspection) -> bool:
    """Tell whether this person may ask for remedies in the case."""
    return case.status not in GONE and bool(hands(person, case) & set(JUDGE))


@signed_in
def findings(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """List the findings of a subject with their remedies; POST draws those the minutes hold."""
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    case = subject.inspection
    if request.method == "POST":
        return _draw(request, subject)
    rows = subject.findings.select_related("basis").prefetch_related("remedies", "evidence").with_repeats()
    minutes = getattr(subject, "minutes", None)
    day = today()
    context = {
        "case": case,
        "subject": subject,
        "lines": [(row, [(one, one.due_on(day)) for one in row.remedies.all()]) for row in rows],
        "may_word": may_word(person, case),
        "may_ask": may_ask(person, case),
        "may_draw": minutes is not None and minutes.is_locked and may_word(person, case) and not rows,
    }
    return render(request, "inspections/findings.html", context)


def _draw(request: HttpRequest, subject: InspectedSubject) -> HttpResponse:
    try:
        drawn = draw_findings(by=actor(request), subject=subject)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Findings drawn from the minutes: %(number)d.") % {"number": len(drawn)})
    return redirect("inspections:findings", subject.inspection_id, subject.pk)


def finding_for(request: HttpRequest, pk: int, finding_pk: int) -> Finding:
    """Return one finding of a case the reader may see."""
    case = case_for(request, pk)
    for subject in case.subjects.all():
        row = subject.findings.select_related("basis", "record").filter(pk=finding_pk).first()
        if row is not None:
            row.subject = subject
            return row
    raise Http404(_("There is no such finding in this inspection."))


@signed_in
def finding(request: HttpRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Show one finding, what was found like it before, and let the team word it."""
    row, person = finding_for(request, pk, finding_pk), actor(request)
    case, open_to = row.subject.inspection, may_word(person, row.subject.inspection)
    form = FindingForm(request.POST or None, instance=row) if open_to and not row.is_frozen else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Nothing can be changed here now, or not by you."))
        if form.is_valid():
            try:
                word_finding(by=person, finding=row, **form.cleaned_data)
            except ValidationError as error:
                put_errors(form, error)
            else:
                messages.success(request, _("The finding is kept."))
                return redirect("inspections:findings", case.pk, row.subject_id)
    earlier = Finding.objects.repeated_by(row).select_related("subject__inspection")
    context = {
        "case": case,
        "finding": row,
        "form": form,
        "earlier": [_told(request, one) for one in earlier],
    }
    return render(request, "inspections/finding.html", context)


def _told(request: HttpRequest, earlier: Finding) -> dict[str, Any]:
    """Tell of an earlier finding no more than its year, where its case is not the reader's to see."""
    case = earlier.subject.inspection
    seen = Inspection.scoped.for_person(actor(request), "inspections.view").filter(pk=case.pk).exists()
    return {"year": case.year, "finding": earlier, "case": case if seen else None}


@signed_in
def new_remedy(request: HttpRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Ask for a remedy; the day the sheet gave is offered."""
    row, person = finding_for(request, pk, finding_pk), actor(request)
    case = row.subject.inspection
    if not may_ask(person, case):
        raise PermissionDenied(_("Remedies are asked for by the team or the signer of the case."))
    form = RemedyForm(request.POST or None, initial=_offered(row))
    if request.method == "POST" and form.is_valid():
        try:
            remedy = ask_remedy(by=person, finding=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The remedy is asked for."))
            return redirect("inspections:remedy", case.pk, remedy.pk)
    return render(request, "inspections/remedy_form.html", {"case": case, "finding": row, "form": form})


def _offered(finding: Finding) -> dict[str, Any]:
    minutes = finding.subject.minutes
    who = ", ".join(part for part in (minutes.representative, minutes.representative_title) if part)
    return {"deadline": asked_by(finding.item, finding.record.answers), "responsible": who[:200]}
