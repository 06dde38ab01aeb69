"""What templates may know of the one who is signed in."""

from typing import Any

from django.http import HttpRequest

from lms.people.rules import permissions_held
from lms.people.sign_in.demonstration import demonstration_accounts


def authority(request: HttpRequest) -> dict[str, Any]:
    """Return the permissions held, for the navigation; pages ask `may` again for each row."""
    user = getattr(request, "user", None)
    return {
        "permissions": permissions_held(user) if user else frozenset(),
        "demonstration_accounts": demonstration_accounts,
    }
