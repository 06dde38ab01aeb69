"""Bitstring Status List 1.0: one bit a credential, set when it no longer counts; nobody is named in it."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from certificates.credentials.issuer import CREDENTIALS_2, key_address, site
from lms.base.bundle import signed
from lms.base.keyring import CREDENTIALS

LIST_LENGTH = 131_072  # the least the standard allows, so that one credential hides among many
FRESH_FOR = 30  # seconds a copy may be kept: with the minute promised for a withdrawal, half of it


def status_address(number: int) -> str:
    """Return where a list stands."""
    return f"{site()}/credentials/status/{number}"


def status_list(number: int, indexes: Iterable[int], *, at: datetime) -> str:
    """Return a list signed now, with the bits of these places set."""
    key = CREDENTIALS.signing_key()
    address = status_address(number)
    stated: dict[str, Any] = {
        "@context": [CREDENTIALS_2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": site(),
        "iss": site(),
        "jti": address,
        "validFrom": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": FRESH_FOR * 1000,
            "encodedList": encoded(indexes),
        },
    }
    return signed(stated, key, kid=key_address(key.public_key()), typ="JWT")


def encoded(indexes: Iterable[int]) -> str:
    """Return the bits, the first one leftmost, packed by GZIP and written in multibase base64url."""
    bits = bytearray(LIST_LENGTH // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def is_set(text: str, index: int) -> bool:
    """Say whether a bit of such a list is set."""
    packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    bits = gzip.decompress(packed)
    return bool(bits[index // 8] & 0x80 >> index % 8)
