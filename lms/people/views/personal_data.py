"""What personal data is held and why; and making people nameless after retention."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.base.tables import Listing
from lms.people.access import requires
from lms.people.actions.corrections import Refused
from lms.people.actions.erasure import MAY_ERASE, erase_person
from lms.people.forms.erasure import ErasureForm
from lms.people.models import ErasureProposal, Person
from lms.people.personal_data import KINDS, held
from lms.people.retention import obstacles, once_within
from lms.people.rules import scope_of


@login_required
@require_safe
def purposes(request: HttpRequest) -> HttpResponse:
    """Say in plain words what is held, why, by what right, who sees it and for how long."""
    kinds = [(kind, list(held(kind))) for kind in KINDS]
    return render(request, "people/purposes.html", {"kinds": kinds})


@requires(MAY_ERASE)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List those whose years of retention are over."""
    reach = once_within(scope_of(request.user, MAY_ERASE))
    rows = ErasureProposal.objects.filter(person__in=reach.values("pk"))
    listing = Listing(
        request,
        rows.select_related("person"),
        search=("person__name_folded__contains",),
        sorts={"due": ("due_on",), "name": ("person__name_key",)},
        default_sort="due",
        keyset=True,
    )
    return render(request, "people/erasures.html", {"listing": listing})


@requires(MAY_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be erased and what stays; do it after the name has been typed."""
    by = cast(Person, request.user)
    person = get_object_or_404(once_within(scope_of(by, MAY_ERASE)), pk=pk)
    form = ErasureForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=person, reason=form.cleaned_data["reason"], by=by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is nameless now; posts, completions and counts stay."))
            return redirect("erasures")
    context = {"shown": person, "form": form, "obstacles": list(obstacles(person))}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)
