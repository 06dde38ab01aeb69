"""The registers of outgoing documents held against the inspections known here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from inspections.actions.reconciliation import (
    is_ready,
    may_reconcile,
    reconcile,
    register_all_missing,
    register_missing,
    set_entry_aside,
)
from inspections.forms.reconciliation import AsideForm, MissingForm, ReconcileForm
from inspections.models import Reconciliation, RegisterEntry
from inspections.views.door import actor, holds_any, put_errors
from lms.base.tables import Listing
from lms.people.organisation import history

CLERKS = ("inspections.register", "inspections.run")
OPEN = Q(entries__inspection=None, entries__set_aside="")


@holds_any(*CLERKS)
def reconciliations(request: HttpRequest) -> HttpResponse:
    """List what was reconciled at the agencies whose registry one keeps."""
    person, known = actor(request), history()
    mine = [Reconciliation.scoped.for_person(person, permission).values("pk") for permission in CLERKS]
    rows = Reconciliation.objects.filter(Q(pk__in=mine[0]) | Q(pk__in=mine[1]))
    listing = Listing(
        request,
        rows.annotate(left=Count("entries", filter=OPEN)),
        search=("file_name__icontains",),
        sorts={"made": ("made_at",), "period": ("period_start",)},
        default_sort="-made",
    )
    lines = [(row, known.name(row.agency_id, row.period_start)) for row in listing.page]
    return render(request, "inspections/reconciliations.html", {"listing": listing, "lines": lines})


@holds_any(*CLERKS)
def new(request: HttpRequest) -> HttpResponse:
    """Take a register and compare it."""
    person = actor(request)
    form = ReconcileForm(request.POST or None, request.FILES or None, by=person)
    if request.method == "POST" and form.is_valid():
        made = reconcile(by=person, **form.facts())
        messages.success(request, _("The register is compared: the result stands below."))
        return redirect("inspections:reconciliation", made.pk)
    return render(request, "inspections/reconciliation_form.html", {"form": form})


def _mine(request: HttpRequest, pk: int) -> Reconciliation:
    made = get_object_or_404(Reconciliation, pk=pk)
    if not may_reconcile(actor(request), made.agency_id):
        raise PermissionDenied(_("Reconciling is for those who keep the registry of this agency."))
    return made


def _entry(request: HttpRequest, pk: int, entry_pk: int) -> RegisterEntry:
    entry: RegisterEntry | None = _mine(request, pk).entries.filter(pk=entry_pk).first()
    if entry is None:
        raise Http404(_("There is no such decision in this register."))
    return entry


@holds_any(*CLERKS)
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one comparison found, both ways."""
    made = _mine(request, pk)
    entries = list(made.entries.select_related("inspection"))
    waiting = [entry for entry in entries if entry.is_open]
    context = {
        "made": made,
        "agency": history().name(made.agency_id, made.period_start),
        "waiting": waiting,
        "ready": sum(is_ready(entry) for entry in waiting),
        "answered": [entry for entry in entries if not entry.is_open and not entry.was_known],
        "known": [entry for entry in entries if entry.was_known],
        "unlisted": made.unlisted.order_by("decided_on", "pk"),
    }
    return render(request, "inspections/reconciliation.html", context)


@holds_any(*CLERKS)
def entry(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Register one decision of the register as an inspection done on paper."""
    found = _entry(request, pk, entry_pk)
    form = MissingForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            register_missing(by=actor(request), entry=found, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The inspection is registered as done on paper."))
            return redirect("inspections:reconciliation", pk)
    context = {"made": found.reconciliation, "entry": found, "form": form, "aside": AsideForm()}
    return render(request, "inspections/register_entry.html", context)


@holds_any(*CLERKS)
@require_POST
def aside(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Note that a decision of the register is no inspection."""
    found = _entry(request, pk, entry_pk)
    form = AsideForm(request.POST)
    if form.is_valid():
        try:
            set_entry_aside(by=actor(request), entry=found, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("inspections:reconciliation", pk)
    context = {
        "made": found.reconciliation,
        "entry": found,
        "form": MissingForm.of(found),
        "aside": form,
    }
    return render(request, "inspections/register_entry.html", context)


@holds_any(*CLERKS)
@require_POST
def register_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Register every missing inspection of which the register says enough."""
    try:
        count = register_all_missing(by=actor(request), reconciliation=_mine(request, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = ngettext(
            "%(count)d inspection is registered as done on paper.",
            "%(count)d inspections are registered as done on paper.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect("inspections:reconciliation", pk)
