"""What every request of a person with a demanding role passes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lms.people.sign_in.second_factor import Lack, lack_of

Respond = Callable[[HttpRequest], HttpResponse]

# Where one shows who one is, sets the second factor up, changes the language or leaves.
OPEN = (
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/inactive/",
    "/i18n/",
    "/health/",
    "/static/",
)


class SecondFactorMiddleware:
    """Leads who needs a second factor and has none, or has not shown it, there before any other page.

    It stands before views, so it holds for pages, the API under a session and the Wagtail admin alike.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.second_factor_lack = lack = lack_of(request)  # type: ignore[attr-defined] # for templates
        if lack and not request.path.startswith(OPEN):
            return _lead(request, lack)
        return self.get_response(request)


def _lead(request: HttpRequest, lack: Lack) -> HttpResponse:
    if request.path.startswith("/api/"):
        words = _("Your role needs a second factor: sign in on the web page and set it up or confirm it.")
        return JsonResponse({"detail": words}, status=403)
    address = reverse("mfa_reauthenticate" if lack is Lack.CONFIRM else "mfa_index")
    if request.method == "GET" and "HX-Request" not in request.headers:
        address += "?" + urlencode({"next": request.get_full_path()})
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
