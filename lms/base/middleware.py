"""What every request passes through."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lms.base.addresses import client_address
from lms.base.origin import coming_from

Respond = Callable[[HttpRequest], HttpResponse]


class OriginMiddleware:
    """Remembers the request's address for the audit log; relaxes the CSP for the Wagtail admin."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        channel = "api" if request.path.startswith("/api/") else "page"
        with coming_from(channel, client_address(request)):
            response = self.get_response(request)
        if request.path.startswith("/admin/"):
            # Wagtail's date widgets and one injected style are not nonce-ready.
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response
