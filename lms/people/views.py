"""Pages about roles: who holds which, in plain words."""

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.base.dates import today
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions import end_grant, grant_role
from lms.people.forms import EndGrantForm, GrantForm
from lms.people.models import Grant, Person
from lms.people.organisation import Organisation
from lms.people.roles import ROLES


@requires("people.grant")
def roles(request: HttpRequest) -> HttpResponse:
    """Show every role in words and who holds it; grant one."""
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grant_role(by=cast(Person, request.user), **form.cleaned_data)
        messages.success(request, _("The role is granted."))
        return redirect("roles")
    ahead = Q(valid_to=None) | Q(valid_to__gt=today())
    listing = Listing(
        request,
        Grant.objects.filter(ahead).select_related("person"),
        search=("person__name_folded__contains", "person__code__contains"),
        sorts={"name": ("person__name_key", "pk"), "role": ("role", "person__name_key", "pk")},
        default_sort="name",
        filters=(Filter("role", _("Role"), [(role.code, str(role.name)) for role in ROLES.values()]),),
    )
    tree = Organisation.on(today())
    for grant in listing.page:
        grant.agency_name = tree.name(grant.agency_id) if grant.agency_id else ""
    context = {"form": form, "listing": listing, "roles": ROLES.values(), "end_form": EndGrantForm()}
    return render(request, "people/roles.html", context, status=422 if form.errors else 200)


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
