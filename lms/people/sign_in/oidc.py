"""A province's own sign-in (OpenID Connect): it says who somebody is, the staff list says whether they are staff.

The provider is asked at every sign-in and its answer is mapped by the personal number; nothing of it is
stored and nobody is created from it.
"""

from __future__ import annotations

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from lms.base.actions import record_event
from lms.base.vietnamese import nfc
from lms.people.models import Person

log = structlog.get_logger("lms.people.sign_in")


class ProvinceSignInAdapter(DefaultSocialAccountAdapter):
    """Maps who comes from the province's sign-in to a person of the staff list."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse: staff come from the HR import."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Take nothing over: names and addresses are kept by the staff list."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person by number, or show the page that says whom to ask."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise _refused(request, None)
        person = person_of(sociallogin)
        if person is None or not person.is_active:
            raise _refused(request, person)
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **about: Any) -> None:
        """Leave a trace for the administrator, without anything the provider sent of a person."""
        log.warning("province sign-in failed", kind=type(about.get("exception")).__name__)


def person_of(sociallogin: SocialLogin) -> Person | None:
    """Return the kept record whose number, or whose duplicate's number, the provider vouches for."""
    said = sociallogin.account.extra_data or {}
    for part in (said.get("userinfo") or {}, said.get("id_token") or {}):
        number = part.get(settings.OIDC_PERSON_CLAIM)
        if isinstance(number, str) and number.strip():
            found = Person.objects.filter(code=nfc(number).strip()).select_related("merged_into").first()
            return found.canonical if found else None
    return None


def _refused(request: HttpRequest, person: Person | None) -> ImmediateHttpResponse:
    with transaction.atomic():
        record_event(
            by=None,
            action="account.refuse_sso",
            target=person or Person(pk=0, full_name=""),
            new={"why": "inactive" if person else "unknown number"},
        )
    template = "account/account_inactive.html" if person else "socialaccount/unknown_person.html"
    return ImmediateHttpResponse(render(request, template, status=403))
