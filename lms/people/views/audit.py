"""The auditor's pages: what happened, one event, how the chain stands."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.actions import record_event
from lms.base.audit import ask_check, last_daily_head
from lms.base.audit.labels import action_label, kind_label
from lms.base.audit.sequencer import settled_id, waiting
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.models import AuditCheck, AuditEvent, AuditHead, AuditLink
from lms.base.tables import Listing
from lms.base.vietnamese import fold
from lms.people.access import requires
from lms.people.forms.audit import AuditForm
from lms.people.models import Person
from lms.people.rules import scope_of

PERMISSION = "audit.view"
NAMESAKES = 500
MOST_IN_XLSX = 100_000


def in_reach(request: HttpRequest) -> QuerySet[AuditEvent]:
    """Return the events the auditor may read: of actors of the agencies in reach, or all."""
    scope = scope_of(request.user, PERMISSION)
    rows = AuditEvent.objects.all()
    return rows if scope.everything else rows.filter(actor_agency_id__in=scope.agency_ids)


@requires(PERMISSION)
@require_safe
def events(request: HttpRequest) -> HttpResponseBase:
    """List the events, the latest first; as a file too."""
    form = AuditForm(request.GET)
    rows = in_reach(request)
    rows = _asked(rows, form.cleaned_data) if form.is_valid() else rows.none()
    listing = Listing(
        request,
        rows,
        search=("search_text__contains",),
        sorts={"when": ("happened_at",)},
        default_sort="-when",
        keyset=True,
    )
    if (layout := request.GET.get("format")) in ("csv", "xlsx") and form.is_valid():
        return _file(request, layout, listing)
    context = {
        "form": form,
        "listing": listing,
        "lines": [_line(event) for event in listing.page],
        "head": last_daily_head(),
        "signed": AuditHead.objects.order_by("-number").first(),
        "check": AuditCheck.objects.first(),
        "waiting": waiting(settled_id()).count(),
        "export_url": request.path,
    }
    return render(request, "people/audit.html", context, status=422 if form.errors else 200)


def _asked(rows: QuerySet[AuditEvent], data: dict[str, Any]) -> QuerySet[AuditEvent]:
    if data["who"]:
        namesakes = Person.objects.filter(name_folded__contains=fold(data["who"]))
        ids = namesakes.values_list("pk", flat=True)[:NAMESAKES]
        rows = rows.filter(actor_id__in=[str(pk) for pk in ids])
    if data["agency"]:
        rows = rows.filter(actor_agency_id=data["agency"].pk)
    if data["since"]:
        rows = rows.filter(happened_at__gte=_start(data["since"]))
    if data["until"]:
        rows = rows.filter(happened_at__lt=_start(data["until"] + timedelta(days=1)))
    same = {"action": "action", "target_type": "target_type", "target_id": "target_id", "actor": "actor_id"}
    return rows.filter(**{column: data[name] for name, column in same.items() if data[name]})


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _line(event: AuditEvent) -> dict[str, Any]:
    return {"event": event, "action": action_label(event.action), "kind": kind_label(event.target_type)}


def _file(request: HttpRequest, layout: str, listing: Listing) -> HttpResponseBase:
    if layout == "xlsx" and listing.rows.order_by()[: MOST_IN_XLSX + 1].count() > MOST_IN_XLSX:
        messages.error(
            request,
            _("More than 100,000 events: narrow the search, or take the CSV file, which has no limit."),
        )
        return redirect(f"{request.path}?{listing.query(format='')}")
    asked = {name: value for name, value in request.GET.items() if value and name != "q"}
    with transaction.atomic():
        record_event(
            by=cast(Person, request.user), action="audit.export", target=cast(Person, request.user), new=asked
        )
    headers = [
        _("When"),
        _("Who"),
        _("Roles"),
        _("Acting for"),
        _("Agency"),
        _("Action"),
        _("Kind of record"),
        _("Record"),
        _("Before"),
        _("After"),
        _("Reason"),
        _("By way of"),
        _("From"),
    ]
    respond = csv_response if layout == "csv" else xlsx_response
    name = f"nhat-ky-{today():%Y%m%d}"
    return respond(name, headers, _cells(listing.rows.iterator(chunk_size=2000)))


def _cells(rows: Iterator[AuditEvent]) -> Iterator[tuple[Any, ...]]:
    for event in rows:
        yield (
            event.happened_at,
            event.actor_name,
            event.actor_roles,
            event.acting_for,
            event.actor_agency,
            action_label(event.action),
            kind_label(event.target_type),
            event.target_label,
            _flat(event.old),
            _flat(event.new),
            event.reason,
            event.channel,
            event.address or "",
        )


def _flat(values: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items())


@requires(PERMISSION)
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one event: before and after side by side, and its place in the chain."""
    row = get_object_or_404(in_reach(request), pk=pk)
    names = [*row.old, *(name for name in row.new if name not in row.old)]
    changes = [
        {
            "name": name,
            "old": row.old.get(name),
            "new": row.new.get(name),
            "differs": row.old.get(name) != row.new.get(name),
        }
        for name in names
    ]
    context = {**_line(row), "changes": changes, "link": AuditLink.objects.filter(event_id=row.pk).first()}
    return render(request, "people/audit_event.html", context)


@requires(PERMISSION)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Promise a check of the whole log and show how far it is."""
    job = ask_check(by=cast(Person, request.user))
    return redirect("job", pk=job.pk)
