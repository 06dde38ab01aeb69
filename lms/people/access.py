"""The door of a page: who may come in at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from lms.people.rules import may, permissions_held

View = Callable[..., HttpResponseBase]


def requires(permission: str, *, even_at_ended: bool = False) -> Callable[[View], View]:
    """Let in who is signed in and holds the permission anywhere; the view then asks for the row.

    `even_at_ended`: also whose role sits at an agency that has ended and reaches nothing any more.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            held = even_at_ended and permission in permissions_held(request.user)
            if not held and not may(request.user, permission):
                raise PermissionDenied(_("Your roles do not include this page."))
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
