"""What waits for a second person: the list, one proposal, the decision."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.forms import ReasonForm
from lms.base.tables import Filter, Listing
from lms.people.actions.approvals import approve, refuse, withdraw_proposal
from lms.people.approvals import NotPossible, kind_of, kinds, refuse_second
from lms.people.models import Approval, Person
from lms.people.organisation import history
from lms.people.rules import may, scope_of
from lms.people.sign_in.again import asks_again

State = Approval.State


def in_reach(person: Person) -> QuerySet[Approval]:
    """Return the proposals somebody may see: their own, and those their permissions reach."""
    seen = Q(proposed_by=person.canonical) | Q(proposed_by=person)
    for kind in kinds():
        scope = scope_of(person, kind.permission)
        here = Q() if scope.everything else Q(agency__in=scope.agency_ids)
        if scope:
            seen |= Q(kind=kind.key) & here
    return Approval.objects.filter(seen)


@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person, and what became of the others."""
    person = cast(Person, request.user)
    if not any(may(person, kind.permission) for kind in kinds()) and not in_reach(person).exists():
        raise PermissionDenied(_("Your roles do not include this page."))
    states = Filter("state", _("State"), State.choices)
    listing = Listing(
        request,
        in_reach(person).select_related("proposed_by", "decided_by"),
        filters=(states,),
        sorts={"proposed": ("proposed_at",)},
        default_sort="-proposed",
    )
    waiting = in_reach(person).filter(state=State.PENDING, expires_at__gt=timezone.now())
    mine = waiting.exclude(proposed_by=person).count()
    return render(
        request, "people/approvals.html", {"listing": listing, "lines": _lines(listing), "mine": mine}
    )


def _lines(listing: Listing) -> list[dict[str, Any]]:
    known = history()
    return [
        {
            "approval": row,
            "kind": kind_of(row).name,
            "agency": known.name(row.agency_id, timezone.localdate(row.proposed_at)),
        }
        for row in listing.page
    ]


@login_required
@require_safe
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one proposal and, to whoever may decide, the decision."""
    return _page(request, _found(request, pk), ReasonForm())


def _page(request: HttpRequest, row: Approval, form: ReasonForm) -> HttpResponse:
    person, kind = cast(Person, request.user), kind_of(row)
    context = {
        "approval": row,
        "kind": kind,
        "facts": kind.show(row.payload),
        "target_url": kind.url(row) if kind.url else "",
        "agency": history().name(row.agency_id, timezone.localdate(row.proposed_at)),
        "why_not": refuse_second(row, person, timezone.now()),
        "is_mine": row.proposed_by.canonical.pk == person.canonical.pk,
        "is_open": row.state == State.PENDING,
        "form": form,
    }
    return render(request, "people/approval.html", context, status=422 if form.errors else 200)


@login_required
@asks_again
@require_POST
def approve_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve: it is done in the same transaction."""
    row = _found(request, pk)
    try:
        approve(approval=row, by=cast(Person, request.user))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved and done."))
    return redirect("approval", pk)


@login_required
@require_POST
def refuse_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse, with a reason."""
    row, form, person = _found(request, pk), ReasonForm(request.POST), cast(Person, request.user)
    if sentence := refuse_second(row, person, timezone.now()):
        raise PermissionDenied(sentence)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        refuse(approval=row, reason=form.cleaned_data["reason"], by=person)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, row, form)
    messages.success(request, _("Refused. Nothing was done."))
    return redirect("approval", pk)


@login_required
@require_POST
def withdraw_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    withdraw_proposal(approval=_found(request, pk), by=cast(Person, request.user))
    messages.success(request, _("The proposal is taken back."))
    return redirect("approval", pk)


def _found(request: HttpRequest, pk: int) -> Approval:
    rows = in_reach(cast(Person, request.user)).select_related(
        "proposed_by__merged_into", "decided_by", "agency"
    )
    row: Approval = get_object_or_404(rows, pk=pk)
    if row.kind not in {kind.key for kind in kinds()}:
        raise Http404
    return row
