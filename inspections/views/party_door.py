"""The door of the portal: a session of its own, apart from staff; sign-in by invitation or by contact and code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from inspections.actions import party as act
from inspections.forms.party import CodeForm, ContactForm, PartySignInForm
from inspections.models import PartyAccess, PartySession
from inspections.models.party import IDLE
from lms.base.addresses import client_address

COOKIE, PATH = "party", "/party/"
SEEN_AGAIN_AFTER = IDLE / 12
WAIT = int(act.WINDOW.total_seconds() // 60)


def apart(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep a page of the portal apart from whoever is signed in as staff, and out of every cache."""

    @wraps(view)
    @never_cache
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = AnonymousUser()
        return view(request, *args, **kwargs)

    return kept


def party_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who has an open session of the portal; everybody else is led to its sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = _session_of(request)
        if session is None:
            return redirect("party:sign-in")
        request.party_session = session  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    guarded.required_permission = "party"  # type: ignore[attr-defined]
    return apart(guarded)


def party_of(request: HttpRequest) -> PartyAccess:
    """Return who asks."""
    access: PartyAccess = request.party_session.access  # type: ignore[attr-defined]
    return access


def _session_of(request: HttpRequest) -> PartySession | None:
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    rows = PartySession.objects.select_related("access__subject__inspection__lead")
    session = rows.filter(
        token_digest=act.digest_of(token), access__in=PartyAccess.objects.in_force()
    ).first()
    if session is None or not session.is_open:
        return None
    if (now := timezone.now()) - session.seen_at > SEEN_AGAIN_AFTER:
        PartySession.objects.filter(pk=session.pk).update(seen_at=now)
    return session


def _let_in(request: HttpRequest, token: str) -> HttpResponse:
    rotate_token(request)
    response = redirect("party:home")
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(act.SESSION_VALID.total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "POST"])
@apart
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for contact and code; send a code to the e-mail of whom the contact means."""
    if request.method == "GET":
        if _session_of(request):
            return redirect("party:home")
        return _sign_in_page(request, PartySignInForm())
    address = client_address(request)
    try:
        if "send" in request.POST:
            return _send_code(request, address)
        form = PartySignInForm(request.POST)
        if form.is_valid():
            opened = act.come_in(address=address, **form.cleaned_data)
            if opened:
                return _let_in(request, opened[1])
            form.add_error("code", _wrong())
    except act.TooOften:
        return _too_often(request)
    return _sign_in_page(request, form)


def _send_code(request: HttpRequest, address: str | None) -> HttpResponse:
    asked = ContactForm(request.POST)
    if not asked.is_valid():
        return _sign_in_page(request, asked)
    contact = asked.cleaned_data["contact"]
    act.ask_code(contact=contact, address=address)
    messages.info(
        request,
        _(
            "If somebody is invited under “%(contact)s” with an e-mail, a code is on its way. It works for 15 minutes."
        )
        % {"contact": contact},
    )
    return _sign_in_page(request, PartySignInForm(initial={"contact": contact}))


def _sign_in_page(request: HttpRequest, form: Any) -> HttpResponse:
    context = {"form": form, "left": "left" in request.GET}
    return render(request, "inspections/party/sign_in.html", context)


def _wrong() -> str:
    return _("Contact or code is not right, or the code is used or has expired. Ask for a new one.")


def _too_often(request: HttpRequest) -> HttpResponse:
    answer = render(request, "inspections/party/too_often.html", {"minutes": WAIT}, status=429)
    answer["Retry-After"] = str(WAIT * 60)
    return answer


@require_http_methods(["GET", "POST"])
@apart
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation with its code. Looking at the page uses nothing up: mail programs look at links, too."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            opened = act.open_link(token=token, address=client_address(request), **form.cleaned_data)
            if opened:
                return _let_in(request, opened[1])
            form.add_error("code", _wrong())
    except act.TooOften:
        return _too_often(request)
    context = {"form": form, "is_open": act.access_of_link(token) is not None}
    return render(request, "inspections/party/invitation.html", context)


@require_POST
@party_only
def out(request: HttpRequest) -> HttpResponse:
    """Sign out of the portal."""
    act.leave(session=request.party_session)  # type: ignore[attr-defined]
    response = redirect(f"{reverse('party:sign-in')}?left")
    response.delete_cookie(COOKIE, path=PATH)
    return response
