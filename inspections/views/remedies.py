"""Remedies: one with its log and evidence, its steps, and the list of what is due and overdue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions import remedies as act
from inspections.forms.remedies import AcceptForm, HandInForm, RemedyEvidenceForm, SendBackForm, fresh_uuid
from inspections.models import Finding, Inspection, Remedy, RemedyEvidence, RemedyReminder
from inspections.models.remedy import SOON
from inspections.ports import training_for
from inspections.remedy_states import BY_REMEDY_EVENT, ENTER, Due, RemedyEvent, RemedyState, Severity
from inspections.rules import hands
from inspections.views.door import VIEW, actor, case_for, put_errors, signed_in
from inspections.views.papers import send_kept
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.organisation import History, history


@dataclass(frozen=True)
class RemedyStep:
    """One step of a remedy: its event, form, action and words."""

    event: RemedyEvent
    form: type[forms.Form]
    action: Callable[..., Remedy]
    done: Promise


STEPS: dict[str, RemedyStep] = {
    "hand-in": RemedyStep(
        RemedyEvent.HAND_IN, HandInForm, act.hand_in, gettext_lazy("Handed in: the team or the head decides.")
    ),
    "send-back": RemedyStep(
        RemedyEvent.SEND_BACK, SendBackForm, act.send_back, gettext_lazy("The remedy is sent back.")
    ),
    "accept": RemedyStep(
        RemedyEvent.ACCEPT, AcceptForm, act.accept, gettext_lazy("The remedy is accepted and closed.")
    ),
}
SIGNS = {Due.OVERDUE: "late", Due.SOON: "near", Due.LATER: "active"}
HEADERS = (
    gettext_lazy("Inspection"),
    gettext_lazy("Inspected subject"),
    gettext_lazy("Lead agency"),
    gettext_lazy("Finding"),
    gettext_lazy("Article"),
    gettext_lazy("Severity"),
    gettext_lazy("Repeated"),
    gettext_lazy("What is to be done"),
    gettext_lazy("Who is responsible"),
    gettext_lazy("Deadline"),
    gettext_lazy("State"),
    gettext_lazy("Days overdue"),
    gettext_lazy("Escalated on"),
)


def remedy_for(request: HttpRequest, pk: int, remedy_pk: int) -> Remedy:
    """Return one remedy of a case the reader may see."""
    case = case_for(request, pk)
    rows = Remedy.objects.select_related("finding__subject", "finding__basis")
    row = rows.filter(finding__subject__inspection=case, pk=remedy_pk).first()
    if row is None:
        raise Http404(_("There is no such remedy in this inspection."))
    row.finding.subject.inspection = case
    return row


def _may(person: Any, event: RemedyEvent, remedy: Remedy) -> bool:
    row = BY_REMEDY_EVENT[event]
    return remedy.state in row.sources and bool(
        hands(person, remedy.finding.subject.inspection) & set(row.who)
    )


@signed_in
def remedy(request: HttpRequest, pk: int, remedy_pk: int) -> HttpResponse:
    """Show one remedy; POST keeps a file the subject brings."""
    row, person = remedy_for(request, pk, remedy_pk), actor(request)
    case = row.finding.subject.inspection
    may_add = _may(person, RemedyEvent.HAND_IN, row)
    form = RemedyEvidenceForm(request.POST or None, request.FILES or None, initial=fresh_uuid())
    if request.method == "POST":
        if not hands(person, case) & set(ENTER):
            raise PermissionDenied(_("Nothing can be added here now, or not by you."))
        if form.is_valid():
            try:
                kept = act.add_remedy_evidence(by=person, remedy=row, **form.cleaned_data)
            except ValidationError as error:
                put_errors(form, error)
            else:
                words = {"name": kept.name, "hash": f"{kept.sha256[:16]}…"}
                messages.success(request, _("Kept: %(name)s, SHA-256 %(hash)s.") % words)
                return redirect("inspections:remedy", case.pk, row.pk)
    due = row.due_on(today())
    context = {
        "case": case,
        "remedy": row,
        "due": due,
        "sign": SIGNS[due] if due else "met",
        "form": form if may_add or form.errors else None,
        "steps": [(slug, step.event.label) for slug, step in STEPS.items() if _may(person, step.event, row)],
        "training": training_for(row, person),
    }
    return render(request, "inspections/remedy.html", context)


@signed_in
def remedy_step(request: HttpRequest, pk: int, remedy_pk: int, slug: str) -> HttpResponse:
    """Show the form of one step of a remedy and take it."""
    if slug not in STEPS:
        raise Http404
    step, row, person = STEPS[slug], remedy_for(request, pk, remedy_pk), actor(request)
    if not _may(person, step.event, row):
        who = ", ".join(str(one.label) for one in BY_REMEDY_EVENT[step.event].who)
        words = {"step": step.event.label, "who": who}
        raise PermissionDenied(
            _("“%(step)s” is not possible here and now, or not for you. It is for: %(who)s.") % words
        )
    form = step.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            step.action(by=person, remedy=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, str(step.done))
            return redirect("inspections:remedy", pk, row.pk)
    context = {"case": row.finding.subject.inspection, "remedy": row, "step": step, "form": form}
    return render(request, "inspections/remedy_step.html", context)


@signed_in
def remedy_file(request: HttpRequest, pk: int, remedy_pk: int, evidence_pk: int) -> HttpResponseBase:
    """Send one file to whoever may see the case."""
    rows = RemedyEvidence.objects.exclude(file="")
    return send_kept(get_object_or_404(rows, pk=evidence_pk, remedy=remedy_for(request, pk, remedy_pk)))


def _of_due(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(pk__in=Remedy.objects.of_due(Due(value), today(), SOON).values("pk"))


def _repeated(rows: QuerySet[Any], _value: str) -> QuerySet[Any]:
    return rows.filter(finding__in=Finding.objects.repeats().values("pk"))


def _visible(request: HttpRequest) -> QuerySet[Remedy]:
    cases = Inspection.scoped.for_person(actor(request), VIEW)
    return Remedy.objects.filter(finding__subject__inspection__in=cases.values("pk"))


def _listing(request: HttpRequest) -> Listing:
    rows = _visible(request)
    told = RemedyReminder.objects.filter(remedy=OuterRef("pk"), kind=RemedyReminder.Kind.OVERDUE)
    leads = rows.order_by().values_list("finding__subject__inspection__lead", flat=True).distinct()
    known, day = history(), today()
    return Listing(
        request,
        rows.select_related("finding__basis", "finding__subject__inspection").annotate(
            escalated_on=Subquery(told.values("noted_on")[:1])
        ),
        search=("finding__subject__inspection__search_text__contains",),
        filters=(
            Filter("due", _("Deadline"), Due.choices, apply=_of_due),
            Filter("state", _("State"), RemedyState.choices),
            Filter("severity", _("Severity"), Severity.choices, lookup="finding__severity"),
            Filter("repeat", _("Found before"), [("yes", _("in earlier years, too"))], apply=_repeated),
            Filter(
                "lead",
                _("Lead agency"),
                [(pk, known.name(pk, day)) for pk in leads],
                lookup="finding__subject__inspection__lead",
            ),
        ),
        sorts={"deadline": ("deadline",), "case": ("finding__subject__inspection__code",)},
        default_sort="deadline",
    )


@signed_in
def remedies(request: HttpRequest) -> HttpResponseBase:
    """List what is due and overdue in the cases one may see; `format` sends the whole list as a file."""
    listing, known, day = _listing(request), history(), today()
    shown = listing.rows if request.GET.get("format") else listing.page
    repeats = _repeats(shown)
    if request.GET.get("format"):
        send = csv_response if request.GET["format"] == "csv" else xlsx_response
        cells = (_cells(row, known, row.finding_id in repeats) for row in shown)
        return send("khac-phuc", [str(name) for name in HEADERS], cells)
    seen = _visible(request)
    lines = [(row, due, SIGNS[due] if due else "met") for row in shown for due in [row.due_on(day)]]
    context = {
        "listing": listing,
        "lines": lines,
        "repeats": repeats,
        "overdue": seen.of_due(Due.OVERDUE, day, SOON).count(),  # type: ignore[attr-defined]
    }
    return render(request, "inspections/remedies.html", context)


def _repeats(rows: Any) -> set[int]:
    findings = Finding.objects.filter(pk__in=[row.finding_id for row in rows])
    return set(findings.repeats().values_list("pk", flat=True))


def _cells(row: Any, known: History, repeated: bool) -> list[Any]:
    finding, case = row.finding, row.finding.subject.inspection
    late = (today() - row.deadline).days if row.due_on(today()) == Due.OVERDUE else 0
    return [
        case.code,
        str(finding.subject),
        known.name(case.lead_id, case.named_on),
        finding.label,
        finding.law,
        str(finding.get_severity_display()),
        _("yes") if repeated else _("no"),
        row.what,
        row.responsible,
        row.deadline,
        str(row.get_state_display()),
        late or "",
        row.escalated_on,
    ]
