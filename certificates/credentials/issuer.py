"""Who issues credentials and by which keys: addresses that stay."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from lms.base.keyring import CREDENTIALS, jwk, thumbprint

BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CREDENTIALS_2 = "https://www.w3.org/ns/credentials/v2"


def site() -> str:
    """Return the address of this system without a slash at its end."""
    return str(settings.SITE_URL).rstrip("/")


def issuer_address(agency_id: int) -> str:
    """Return where an issuing agency's profile stands."""
    return f"{site()}/credentials/issuers/{agency_id}"


def key_address(key: Ed25519PublicKey) -> str:
    """Return where a public key stands; the last part is its name by RFC 7638."""
    return f"{site()}/credentials/keys/{thumbprint(key)}"


def profile(*, agency_id: int, name: str) -> dict[str, Any]:
    """Return an issuing agency's profile."""
    return {
        "@context": [CREDENTIALS_2, BADGES],
        "id": issuer_address(agency_id),
        "type": ["Profile"],
        "name": name,
        "url": site(),
    }


def key_set() -> dict[str, Any]:
    """Return the public keys that are believed, today's and those used before (RFC 7517)."""
    return {"keys": [jwk(key) | {"kid": key_address(key)} for key in CREDENTIALS.believed().values()]}
