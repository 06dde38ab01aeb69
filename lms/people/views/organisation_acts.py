"""What is done with a prepared change: carried out as one action, undone while nothing rests on it, thrown away."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.people.access import requires
from lms.people.actions.organisation import ChangeRefused, apply_change, discard_change, reverse_change
from lms.people.actions.organisation_preview import is_large
from lms.people.actions.organisation_promises import ask_apply, ask_reverse, is_large_to_undo
from lms.people.changes.reach import PERMISSION
from lms.people.forms.organisation import ReasonForm
from lms.people.models import Person
from lms.people.views.organisation_changes import change_in_reach

UNSEEN = "unseen"  # the fingerprint of no plan: what nobody has previewed is not carried out


@requires(PERMISSION)
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out what was previewed."""
    row, asked = change_in_reach(request, pk)
    seen = request.POST.get("fingerprint") or UNSEEN
    by = cast(Person, request.user)
    try:
        if is_large(asked):
            ask_apply(change=row, fingerprint=seen, by=by)
        else:
            apply_change(change=row, fingerprint=seen, by=by)
            messages.success(request, _("The change is carried out."))
    except ChangeRefused as refused:
        _say(request, refused)
    return redirect("organisation-change", pk=pk)


@requires(PERMISSION, even_at_ended=True)
@require_POST
def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a change, with a reason."""
    row, _asked = change_in_reach(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Undoing a change needs a reason."))
        return redirect("organisation-change", pk=pk)
    reason, by = form.cleaned_data["reason"], cast(Person, request.user)
    try:
        if is_large_to_undo(row):
            ask_reverse(change=row, reason=reason, by=by)
        else:
            reverse_change(change=row, reason=reason, by=by)
            messages.success(request, _("The change is undone: everything is as it was before."))
    except ChangeRefused as refused:
        _say(request, refused)
    return redirect("organisation-change", pk=pk)


@requires(PERMISSION)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a prepared change away."""
    row, _asked = change_in_reach(request, pk)
    try:
        discard_change(change=row, by=cast(Person, request.user))
    except ChangeRefused as refused:
        _say(request, refused)
        return redirect("organisation-change", pk=pk)
    messages.success(request, _("The prepared change is thrown away."))
    return redirect("organisation-changes")


def _say(request: HttpRequest, refused: ChangeRefused) -> None:
    for sentence in refused.sentences:
        messages.error(request, sentence)
