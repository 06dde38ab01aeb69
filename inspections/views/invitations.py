"""The team's side of the portal: who of a subject may come in, and what the party said."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from inspections.actions import party as act
from inspections.forms.party import InviteForm, RevokeForm
from inspections.models import InspectedSubject, PartyAccess
from inspections.rules import hands
from inspections.states import OPEN_TO_PARTIES, Who
from inspections.views.door import actor, case_for, put_errors, signed_in, subject_for


def _may(request: HttpRequest, subject: InspectedSubject) -> bool:
    case = subject.inspection
    opened = case.is_run_here and case.status in OPEN_TO_PARTIES
    return opened and Who.RUNNER in hands(actor(request), case)


def _need(request: HttpRequest, subject: InspectedSubject) -> None:
    if not _may(request, subject):
        raise PermissionDenied(_("Inviting is for the team, after the announcement."))


def _access(request: HttpRequest, pk: int, access_pk: int) -> PartyAccess:
    case = case_for(request, pk)
    row: PartyAccess = get_object_or_404(PartyAccess, pk=access_pk, subject__inspection=case)
    row.subject = next(one for one in case.subjects.all() if one.pk == row.subject_id)
    _need(request, row.subject)
    return row


@signed_in
def party(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Show who may come in for one subject, when they came, and what they said."""
    subject = subject_for(request, pk, subject_pk)
    minutes = getattr(subject, "minutes", None)
    draft = minutes is not None and not minutes.is_locked
    context = {
        "case": subject.inspection,
        "subject": subject,
        "accesses": subject.accesses.select_related("invited_by").annotate(seen=Max("sessions__seen_at")),
        "statements": subject.statements.select_related("item"),
        "may_invite": _may(request, subject),
        "may_show": draft and not hasattr(minutes, "shown") and _may(request, subject),
        "is_shown": draft and hasattr(minutes, "shown"),
        "portal": settings.SITE_URL.rstrip("/") + reverse("party:sign-in"),
    }
    return render(request, "inspections/party_accesses.html", context)


@signed_in
@never_cache
def invite(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Invite one person; the link and the code are shown once, on the page that answers."""
    subject = subject_for(request, pk, subject_pk)
    _need(request, subject)
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            invited = act.invite_party(by=actor(request), subject=subject, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            return _shown_once(request, subject, invited)
    context: dict[str, Any] = {"case": subject.inspection, "subject": subject, "form": form}
    return render(
        request, "inspections/party_form.html", context | {"title": _("Invite a person of the subject")}
    )


@require_POST
@signed_in
@never_cache
def renew(request: HttpRequest, pk: int, access_pk: int) -> HttpResponse:
    """Give a new code, shown once."""
    row = _access(request, pk, access_pk)
    try:
        invited = act.renew_code(by=actor(request), access=row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("inspections:party", pk, row.subject_id)
    return _shown_once(request, row.subject, invited)


def _shown_once(request: HttpRequest, subject: InspectedSubject, invited: act.Invited) -> HttpResponse:
    link = reverse("party:invitation", args=[invited.token]) if invited.token else ""
    context = {
        "case": subject.inspection,
        "subject": subject,
        "access": invited.access,
        "code": invited.code,
        "link": settings.SITE_URL.rstrip("/") + link if link else "",
    }
    return render(request, "inspections/party_code.html", context)


@signed_in
def revoke(request: HttpRequest, pk: int, access_pk: int) -> HttpResponse:
    """Take an access back, with a reason."""
    row = _access(request, pk, access_pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act.revoke_party(by=actor(request), access=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The access is revoked: its sessions have ended."))
            return redirect("inspections:party", pk, row.subject_id)
    context: dict[str, Any] = {"case": row.subject.inspection, "subject": row.subject, "form": form}
    title = _("Revoke the access of %(name)s") % {"name": row.name}
    return render(request, "inspections/party_form.html", context | {"title": title, "grave": True})


@require_POST
@signed_in
def show_minutes(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Let the subject read the draft minutes."""
    subject = subject_for(request, pk, subject_pk)
    _need(request, subject)
    try:
        act.show_minutes(by=actor(request), subject=subject)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("The subject reads the draft minutes in its portal and gives its opinion there.")
        )
    return redirect("inspections:party", pk, subject_pk)
