"""What an authenticator app does: RFC 6238 from the key shown, computed here and not by the product."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time


def totp(key: str, at: float | None = None) -> str:
    """Return the six digits an app shows for the key."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
