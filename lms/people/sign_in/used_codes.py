"""A code of an authenticator app opens once.

RFC 6238, 5.2: a code must not be taken a second time. allauth forgets a used code after one period (30 s), but with
a tolerance of one period takes it for three: whoever has seen it typed could use it in between. The step of the
last code taken is kept with the authenticator, and only a later one opens. Delete this when allauth remembers a
code for as long as it takes it (`TOTP._mark_code_used`).
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP = "last_step"


@transaction.atomic
def take_code(authenticator: Authenticator, code: str) -> bool:
    """Take a code that was found right; tell whether it is later than the last one taken."""
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = _step_of(decrypt(kept.data["secret"]), code)
    if step is None or step <= kept.data.get(LAST_STEP, -1):
        return False
    kept.data[LAST_STEP] = step
    kept.save(update_fields=["data"])
    # allauth goes on to save this one, with when it was used.
    authenticator.data = kept.data
    return True


def _step_of(secret: str, code: str) -> int | None:
    """Return the period the code belongs to, none when its time has just gone by."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None
