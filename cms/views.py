"""The door of the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Send strangers to our one sign-in; tell who is signed in and has no business here so.

    Wagtail sends both here, and our sign-in would send the second straight back, without end.
    """
    if request.user.is_authenticated:
        raise PermissionDenied(_("Only authors and administrators work in the administration."))
    query = request.META["QUERY_STRING"]
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))
