"""Delegating one's role while away (ủy quyền)."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.base.dates import today
from lms.people.actions.delegations import delegate_role, end_delegation
from lms.people.delegation import may_be_delegated, may_end
from lms.people.forms.delegations import DelegationForm
from lms.people.forms.roles import EndGrantForm
from lms.people.models import Grant, Person
from lms.people.organisation import Organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Show what one may delegate, has delegated and was delegated; delegate a role."""
    person = cast(Person, request.user)
    own = placed([grant for grant in person.grants.held(today()) if may_be_delegated(grant)])
    form = DelegationForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            delegate_role(asked=form.asked, reason=form.cleaned_data["reason"], by=person)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, _("The role is delegated. Every action under it names you in the audit log.")
            )
            return redirect("delegations")
    rows = Grant.objects.select_related("person", "delegated_from__person").order_by("-valid_from", "-pk")
    context = {
        "form": form if own else None,
        "given": placed(rows.filter(delegated_from__person=person)[:100]),
        "received": placed(rows.filter(person=person, delegated_from__isnull=False)[:100]),
        "today": today(),
    }
    return render(request, "people/delegations.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation before its day, with a reason."""
    grant = get_object_or_404(Grant.objects.filter(delegated_from__isnull=False), pk=pk)
    person, form = cast(Person, request.user), EndGrantForm(request.POST)
    if not may_end(grant, person):
        raise PermissionDenied(_("Only who gave or holds a delegation may end it."))
    if form.is_valid():
        end_delegation(grant=grant, reason=form.cleaned_data["reason"], by=person)
        messages.success(request, _("The delegation has ended."))
    else:
        messages.error(request, _("Ending a delegation needs a reason."))
    return redirect("delegations")


def placed(grants: object) -> list[Grant]:
    """Return the grants, each with the name of its place today."""
    tree, found = Organisation.on(today()), list(grants)  # type: ignore[call-overload]
    for grant in found:
        grant.place = tree.name(grant.agency_id) if grant.agency_id else _("whole province")
    return cast(list[Grant], found)
