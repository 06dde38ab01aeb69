"""The invented accounts of the demonstration."""

import json
from pathlib import Path

from django.conf import settings


def demonstration_accounts() -> list[dict[str, str]]:
    """Return the invented accounts to show on the sign-in page; none outside the demonstration."""
    listed = Path(settings.VAR_DIR) / "demonstration" / "accounts.json"
    if not settings.DEMONSTRATION or not listed.exists():
        return []
    accounts: list[dict[str, str]] = json.loads(listed.read_text(encoding="utf-8"))
    return accounts
