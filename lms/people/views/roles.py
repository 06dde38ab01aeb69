"""Pages about roles: who holds which, in plain words."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.audit.labels import action_label
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions.roles import end_grant, grant_role
from lms.people.forms.roles import EndGrantForm, GrantForm
from lms.people.models import Grant, Person
from lms.people.organisation import Organisation
from lms.people.roles import ROLES
from lms.people.views.delegations import placed

ENDING_SOON = timedelta(days=30)
EVENTS_SHOWN = 100
RECORDED = ("people.grant_role", "people.end_grant", "people.delegate_role")


@requires("people.grant")
def roles(request: HttpRequest) -> HttpResponse:
    """Show every role in words and who holds it; grant one."""
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grant_role(by=cast(Person, request.user), **form.cleaned_data)
        messages.success(request, _("The role is granted."))
        return redirect("roles")
    listing = Listing(
        request,
        _rows(request).select_related("person", "delegated_from__person"),
        search=("person__name_folded__contains",),
        sorts={
            "name": ("person__name_key", "pk"),
            "role": ("role", "person__name_key", "pk"),
            "from": ("valid_from", "pk"),
            "to": ("valid_to", "pk"),
        },
        default_sort="name",
        filters=_filters(),
    )
    placed(listing.page)
    context = {
        "form": form,
        "listing": listing,
        "roles": ROLES.values(),
        "end_form": EndGrantForm(),
        "today": today(),
    }
    return render(request, "people/roles.html", context, status=422 if form.errors else 200)


def _rows(request: HttpRequest) -> QuerySet[Grant]:
    """Return what is held or to come, unless the reader chose a time."""
    return Grant.objects.all() if request.GET.get("when") else _when(Grant.objects.all(), "")


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("role", _("Role"), [(role.code, str(role.name)) for role in ROLES.values()]),
        Filter("agency", _("Agency"), _agencies_with_grants(), lookup="agency_id"),
        Filter(
            "when",
            _("When"),
            [
                ("now", _("held today")),
                ("soon", _("ending within 30 days")),
                ("future", _("to come")),
                ("ended", _("ended")),
                ("ever", _("ever")),
            ],
            apply=_when,
        ),
        Filter(
            "way",
            _("How it came"),
            [("own", _("granted")), ("delegated", _("delegated"))],
            apply=lambda rows, value: rows.filter(delegated_from__isnull=value == "own"),
        ),
    )


def _when(rows: QuerySet[Grant], when: str) -> QuerySet[Grant]:
    day = today()
    ahead = Q(valid_to=None) | Q(valid_to__gt=day)
    return rows.filter(
        {
            "": ahead,
            "now": ahead & Q(valid_from__lte=day),
            "soon": Q(valid_to__gt=day, valid_to__lte=day + ENDING_SOON),
            "future": Q(valid_from__gt=day),
            "ended": Q(valid_to__lte=day),
            "ever": Q(),
        }[when]
    )


def _agencies_with_grants() -> list[tuple[int, str]]:
    tree = Organisation.on(today())
    found = Grant.objects.exclude(agency=None).order_by().values_list("agency", flat=True).distinct()
    return sorted(((pk, tree.name(pk)) for pk in found if tree.name(pk)), key=lambda pair: pair[1])


@requires("people.grant")
@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every grant of a person, past and to come, and what was recorded about them."""
    shown = get_object_or_404(Person.objects.kept(), pk=pk)
    grants = Grant.objects.filter(Q(person=shown) | Q(person__merged_into=shown))
    events = AuditEvent.objects.filter(
        target_type="people.Person", target_id=str(shown.pk), action__in=RECORDED
    ).order_by("-happened_at", "-pk")[:EVENTS_SHOWN]
    rows = list(events)
    for event in rows:
        event.words = action_label(event.action)  # type: ignore[attr-defined]
    ordered = grants.select_related("delegated_from__person").order_by("-valid_from", "-pk")
    context = {"shown": shown, "grants": placed(ordered), "events": rows, "today": today()}
    return render(request, "people/roles_of_person.html", context)


@requires("people.grant")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role from today, with a reason."""
    grant = get_object_or_404(Grant, pk=pk)
    form = EndGrantForm(request.POST)
    if form.is_valid():
        end_grant(grant=grant, on=today(), by=cast(Person, request.user), reason=form.cleaned_data["reason"])
        messages.success(request, _("The role has ended."))
    else:
        messages.error(request, _("Ending a role needs a reason."))
    return redirect("roles")
