"""A first code opens an account: asked like a password, so that wrong codes lock like wrong passwords."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from lms.people.sign_in.locking import people_named
from lms.people.sign_in.sealing import code_digest

if TYPE_CHECKING:
    from lms.people.models import Invitation, Person


class InvitationBackend(BaseBackend):
    """Knows a person by number (or e-mail) and first code. Gives nobody a session by itself."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        invitation_secret: str | None = None,
        **rest: Any,
    ) -> Person | None:
        """Return who is meant when the code is theirs and open; nothing for a password."""
        if not invitation_secret:
            return None
        named = people_named((username or "").strip())
        found = open_invitation(named[0], invitation_secret) if len(named) == 1 else None
        return found.person if found else None


def open_invitation(person: Person, code: str) -> Invitation | None:
    """Return the person's open invitation when this is its code."""
    from lms.people.models import Invitation

    held = Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None)
    return _opened(held.select_related("person", "run").first(), code)


def invitation_of_link(key: UUID, code: str) -> Invitation | None:
    """Return the open invitation a link in an e-mail names, when the code is its own."""
    from lms.people.models import Invitation

    return _opened(Invitation.objects.filter(key=key).select_related("person", "run").first(), code)


def _opened(held: Invitation | None, code: str) -> Invitation | None:
    if held is None or not held.is_open or not held.person.is_active:
        return None
    return held if hmac.compare_digest(held.digest, code_digest(code)) else None
