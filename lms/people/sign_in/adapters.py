"""What allauth asks us."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import record_event
from lms.base.addresses import client_address
from lms.people.actions.accounts import change_password, send_notice
from lms.people.models import Person
from lms.people.sign_in.sealing import seal, unseal


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: staff come from the HR import."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: axes counts wrong passwords, and only its page says how long one waits."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count and show addresses by the rule the audit log follows."""
        if address := client_address(request):
            return address
        raise PermissionDenied(_("The address you come from cannot be told."))

    def set_password(self, user: Person, password: str) -> None:
        """Change it with its audit event in one transaction."""
        change_password(person=user, password=password, by=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the page of one's own account."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again on sensitive pages, unless the person has signed in within the last minutes."""
        records = get_authentication_records(context.request, context.request.user)
        last = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - last >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def send_notification_mail(self, template_prefix: str, user: Person, *rest: Any, **more: Any) -> None:
        """Promise the message: a mail server that is away must not undo what was done."""
        send_notice(person=user, what=template_prefix.rsplit("/", 1)[-1], at=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals secrets, and shows the e-mail or the name where allauth would show the personal number."""

    def encrypt(self, text: str) -> str:
        """Seal the key of an authenticator app."""
        return seal(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return unseal(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email or user.full_name)

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the product beside its address."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Propose a name."""
        from allauth.mfa.models import Authenticator

        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Security key %(number)d") % {"number": count + 1}


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ends sessions with an audit event."""

    @transaction.atomic
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End them, and record whose and how many."""
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            person = ended[0].user
            new = {"sessions": len(ended)}
            record_event(by=context.request.user, action="account.end_sessions", target=person, new=new)
