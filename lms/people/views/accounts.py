"""Pages of one's own account: the first sign-in, a province's sign-in, signing out everywhere."""

from __future__ import annotations

from typing import cast
from uuid import UUID

import requests
import structlog
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.people.actions.accounts import InvitationSpent, end_sessions, use_invitation
from lms.people.forms.accounts import FirstSignInForm
from lms.people.models import Invitation, Person
from lms.people.sign_in.invitations import invitation_of_link

log = structlog.get_logger("lms.people.sign_in")
LINKED = "first_sign_in"


@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Open one's account with a first code and choose a password; then sign in as always."""
    invitation = _linked(request)
    form = FirstSignInForm(request.POST or None, request=request, invitation=invitation)
    if request.method == "POST" and form.is_valid() and form.invitation:
        try:
            person = use_invitation(invitation=form.invitation, password=form.cleaned_data["password1"])
        except InvitationSpent:
            form.add_error(None, _("This code has just been used. Sign in with the password chosen then."))
        else:
            request.session.pop(LINKED, None)
            return cast(HttpResponse, perform_login(request, person, email_verification="none"))
    context = {"form": form, "invitation": invitation}
    return render(request, "account/first.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def first_link(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Take the link of an e-mail: nothing is used up by opening it, and the address shows no code any more."""
    if invitation_of_link(key, code) is None:
        return render(request, "account/first_spent.html", status=410)
    request.session[LINKED] = [str(key), code]
    return redirect("first-sign-in")


def _linked(request: HttpRequest) -> Invitation | None:
    kept = request.session.get(LINKED)
    return invitation_of_link(UUID(kept[0]), kept[1]) if kept else None


@never_cache
def sso(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the province's sign-in.

    A form may only lead to this site (CSP, form-action), also when it is redirected; so the answer to the
    form is a page that goes on by itself.
    """
    try:
        answer = cast(HttpResponse, openid_connect.login(request, provider_id))
    except requests.RequestException as error:
        log.warning("province sign-in unreachable", kind=type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", {"away": True}, status=503)
    if isinstance(answer, HttpResponseRedirect):
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": answer.url})
    return answer


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's account, this one too."""
    person = cast(Person, request.user)
    end_sessions(person=person, by=person)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect(reverse("account_login"))
