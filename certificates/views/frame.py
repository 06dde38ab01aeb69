"""What stands around a certificate's public page, drawn once a minute for strangers.

What the page says of the certificate is read and drawn for each request, so that a withdrawal, a new issue or an
erased name shows with the next one. Who is signed in, or has anything to be told, gets a page of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

KEPT = 60  # seconds: header and footer may be that old
# What goes into the kept frame for each visitor and certificate. The body comes last: nothing is looked for in it.
TOKEN, HEADING, SERIAL, ADDRESS, BODY = (
    f"place-kept-for-the-{name}" for name in ("token", "heading", "serial", "address", "body")
)
OF_ONE_S_OWN = (settings.SESSION_COOKIE_NAME, "messages")

Draw = Callable[[dict[str, Any]], str]


def is_stranger(request: HttpRequest) -> bool:
    """Say whether nothing on the page is this visitor's own."""
    asks = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return asks and not any(name in request.COOKIES for name in OF_ONE_S_OWN)


def framed(request: HttpRequest, draw: Draw, *, heading: str, serial: str, body: str) -> str:
    """Return the body within the frame, drawn now or kept."""
    key = f"certificates:frame:{get_language()}:{request.get_host()}"
    frame = cache.get(key)
    if frame is None:
        frame = _drawn(request, draw)
        cache.set(key, frame, KEPT)
    filled = {
        TOKEN: get_token(request),
        HEADING: conditional_escape(heading),
        SERIAL: conditional_escape(serial),
        ADDRESS: request.path,
        BODY: body,
    }
    for place, words in filled.items():
        frame = frame.replace(place, words)
    return str(frame)


def _drawn(request: HttpRequest, draw: Draw) -> str:
    places = {"heading": HEADING, "serial": SERIAL, "address": ADDRESS, "body": mark_safe(BODY)}  # noqa: S308 (a constant)
    # The language switch comes back to where one is: the code in it is no word of the frame.
    return draw({**places, "csrf_token": TOKEN}).replace(request.path, ADDRESS)
