"""The browser's random mark: two attempts from one browser can be told apart from two browsers at one address."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from courses.actions.sittings import MOST_AWAY, Whence
from lms.base.addresses import client_address

COOKIE, SALT = "device", "courses.device"
A_YEAR = 365 * 24 * 60 * 60


def whence_of(request: HttpRequest) -> Whence:
    """Return from where a request comes; a browser without a mark gets a new one."""
    return Whence(device=_mark(request), address=client_address(request), away=_away(request))


def _mark(request: HttpRequest) -> uuid.UUID:
    # Signed: nobody borrows another's mark by writing a cookie.
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, default="", salt=SALT))
    except ValueError:
        return uuid.uuid4()


def is_marked(request: HttpRequest) -> bool:
    """Say whether the browser has a mark already."""
    return COOKIE in request.COOKIES


def _away(request: HttpRequest) -> int:
    text = request.POST.get("away", "")[:6]
    return min(int(text), MOST_AWAY) if text.isascii() and text.isdigit() else 0


def mark_device(response: HttpResponse, whence: Whence) -> HttpResponse:
    """Let the browser keep its mark for a year: random, read by exams only, never by a script."""
    response.set_signed_cookie(
        COOKIE,
        str(whence.device),
        salt=SALT,
        max_age=A_YEAR,
        path="/learn/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
