"""The register of inspected parties: found once, each with its inspections over the years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions import subjects as actions
from inspections.actions.once_a_year import protected_kind
from inspections.forms.subjects import (
    PremiseForm,
    ReasonForm,
    SubjectForm,
    SubjectPairForm,
    SuccessionForm,
)
from inspections.models import InspectedSubject, Inspection, Subject
from inspections.states import PROTECTED_SUBJECTS, SubjectKind
from inspections.views.door import VIEW, actor, holds_any, put_errors
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.organisation import history
from lms.people.rules import may

KEEPS = ("inspections.run", "inspections.register")
HEADERS = (
    gettext_lazy("Tax code or identification number"),
    gettext_lazy("Name"),
    gettext_lazy("Kind of subject"),
    gettext_lazy("Address"),
    gettext_lazy("Representative of the subject"),
    gettext_lazy("Ended on"),
)


def _standing(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "ended":
        return rows.filter(ended_on__lte=today())
    if value == "merged":
        return rows.exclude(merged_into=None)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=today()), merged_into=None)


def _listing(request: HttpRequest) -> Listing:
    states = [("open", _("Working")), ("ended", _("Ended")), ("merged", _("Duplicates"))]
    return Listing(
        request,
        Subject.objects.select_related("merged_into"),
        search=("search_text__contains", "names__name_folded__contains"),
        filters=(
            Filter(
                "kind", _("Kind of subject"), [(str(code), str(name)) for code, name in SubjectKind.choices]
            ),
            Filter("state", _("State"), states, apply=_standing),
        ),
        sorts={"name": ("name_folded",), "identifier": ("identifier",)},
        default_sort="name",
    )


@requires(VIEW)
def subjects(request: HttpRequest) -> HttpResponseBase:
    """List the register; `format` sends it as a file, numbers of persons masked."""
    listing = _listing(request)
    listing.rows = listing.rows.distinct()
    if request.GET.get("format"):
        send = csv_response if request.GET["format"] == "csv" else xlsx_response
        return send("doi-tuong-kiem-tra", [str(name) for name in HEADERS], map(_cells, listing.rows))
    person = actor(request)
    context = {
        "listing": listing,
        "may_keep": any(may(person, permission) for permission in KEEPS),
        "may_import": may(person, "inspections.import"),
    }
    return render(request, "inspections/subjects.html", context)


def _cells(row: Subject) -> list[Any]:
    return [
        row.shown_identifier,
        row.name,
        str(row.get_kind_display()),
        row.address,
        row.representative,
        row.ended_on,
    ]


@requires(VIEW)
def subject(request: HttpRequest, party_pk: int) -> HttpResponse:
    """Show one subject: names, premises, its inspections over the years, how it stands this year."""
    row = get_object_or_404(Subject.objects.select_related("merged_into"), pk=party_pk)
    person, known = actor(request), history()
    same = Subject.objects.same_as(row)
    cases = (
        Inspection.scoped.for_person(person, VIEW)
        .filter(subjects__subject__in=same.values("pk"))
        .distinct()
        .order_by("-decided_on", "-pk")
    )
    past = InspectedSubject.objects.using_up_the_year(list(same.values_list("pk", flat=True)), today().year)
    used = [
        (
            one.inspection.get_act_display(),
            known.name(one.inspection.lead_id, one.inspection.named_on),
            one.inspection.field,
        )
        for one in past.select_related("inspection")
    ]
    context = {
        "party": row,
        "year": today().year,
        "is_protected": protected_kind(row) in PROTECTED_SUBJECTS,
        "used": used,
        "cases": [(case, known.name(case.lead_id, case.named_on)) for case in cases],
        "names": row.names.all(),
        "premises": row.premises.all(),
        "successions": row.successions.select_related("successor"),
        "origins": row.origins.select_related("predecessor"),
        "duplicates": row.duplicates.all(),
        "may_keep": any(may(person, permission) for permission in KEEPS),
        "may_sign": may(person, "inspections.sign"),
    }
    return render(request, "inspections/subject.html", context)


def _take(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[], Subject], title: str, said: str
) -> HttpResponse:
    """Show one form of a subject and do its action."""
    if request.method == "POST" and form.is_valid():
        try:
            row = act()
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, said)
            return redirect("inspections:subject", row.pk)
    return render(request, "inspections/subject_form.html", {"form": form, "title": title})


@holds_any(*KEEPS)
def new_subject(request: HttpRequest) -> HttpResponse:
    """Enter a subject."""
    form = SubjectForm(request.POST or None)
    by = actor(request)
    return _take(
        request,
        form,
        lambda: actions.keep_subject(by=by, **form.cleaned_data),
        _("New inspected party"),
        _("The inspected party is entered."),
    )


@holds_any(*KEEPS)
def edit_subject(request: HttpRequest, party_pk: int) -> HttpResponse:
    """Correct a subject, or record its new name."""
    row, by = get_object_or_404(Subject, pk=party_pk), actor(request)
    form = SubjectForm(request.POST or None, instance=row)
    return _take(
        request,
        form,
        lambda: actions.keep_subject(by=by, subject=row, **form.cleaned_data),
        _("Change %(name)s") % {"name": row},
        _("The inspected party is changed."),
    )


@holds_any(*KEEPS)
def new_premise(request: HttpRequest, party_pk: int) -> HttpResponse:
    """Add premises."""
    row, by = get_object_or_404(Subject, pk=party_pk), actor(request)
    form = PremiseForm(request.POST or None)
    return _take(
        request,
        form,
        lambda: actions.add_premise(by=by, subject=row, **form.cleaned_data).subject,
        _("Premises of %(name)s") % {"name": row},
        _("The premises are added."),
    )


@holds_any(*KEEPS)
def new_succession(request: HttpRequest, party_pk: int) -> HttpResponse:
    """Record how a subject went on as another."""
    row, by = get_object_or_404(Subject, pk=party_pk), actor(request)
    form = SuccessionForm(request.POST or None)
    return _take(
        request,
        form,
        lambda: actions.succeed_subject(by=by, predecessor=row, **form.cleaned_data).predecessor,
        _("Who went on for %(name)s") % {"name": row},
        _("The succession is recorded."),
    )


@holds_any(*KEEPS)
def separate(request: HttpRequest, party_pk: int) -> HttpResponse:
    """Undo a merger."""
    row, by = get_object_or_404(Subject, pk=party_pk), actor(request)
    form = ReasonForm(request.POST or None)
    return _take(
        request,
        form,
        lambda: actions.separate_subjects(by=by, duplicate=row, **form.cleaned_data),
        _("Separate %(name)s again") % {"name": row},
        _("The two are separate again."),
    )


@holds_any(*KEEPS)
def alike(request: HttpRequest) -> HttpResponse:
    """List the candidates for duplicates."""
    return render(request, "inspections/subjects_alike.html", {"pairs": actions.alike_pairs()})


@holds_any(*KEEPS)
def pair(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Show two rows side by side and take the decision."""
    one, other = (get_object_or_404(Subject, pk=pk) for pk in (first, second))
    form, by = SubjectPairForm(request.POST or None), actor(request)
    if request.method == "POST" and form.is_valid():
        decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
        try:
            if decision == SubjectPairForm.APART:
                actions.keep_subjects_apart(by=by, one=one, other=other, reason=reason)
            else:
                kept, duplicate = (one, other) if decision == SubjectPairForm.FIRST else (other, one)
                actions.merge_subjects(by=by, duplicate=duplicate, kept=kept, reason=reason)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("inspections:subjects-alike")
    return render(request, "inspections/subject_pair.html", {"pair": (one, other), "form": form})
