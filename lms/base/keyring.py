"""Ed25519 keys named by the settings: one that signs, those used before that are still believed.

`SIGNING_X_KEY` holds the secret key (base64 of 32 bytes), `SIGNING_X_OLD_KEYS` the public keys of those before;
without one a key is made under var/ the first time, for development only. The database is never asked.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

SECRET_BYTES = 32


@dataclass(frozen=True)
class Keyring:
    """The keys of one purpose."""

    purpose: str  # "CREDENTIAL": the middle of the settings' names

    def signing_key(self) -> Ed25519PrivateKey:
        """Return the key that signs."""
        name = f"SIGNING_{self.purpose}_KEY"
        return _private(getattr(settings, name) or _made(getattr(settings, f"{name}_FILE")), name)

    def public_keys(self) -> list[Ed25519PublicKey]:
        """Return the public keys whose signatures count: today's and those used before."""
        name = f"SIGNING_{self.purpose}_OLD_KEYS"
        old = [_public(text, name) for text in getattr(settings, name)]
        return [self.signing_key().public_key(), *old]

    def believed(self) -> dict[str, Ed25519PublicKey]:
        """Return the public keys whose signatures count, by their thumbprint."""
        return {thumbprint(key): key for key in self.public_keys()}


AUDIT, CREDENTIALS = Keyring("AUDIT"), Keyring("CREDENTIAL")


def thumbprint(key: Ed25519PublicKey) -> str:
    """Return the key's name by RFC 7638: the same wherever it is computed."""
    text = f'{{"crv":"Ed25519","kty":"OKP","x":"{unpadded(key.public_bytes_raw())}"}}'
    return unpadded(hashlib.sha256(text.encode()).digest())


def jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """Return the public key as a JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": unpadded(key.public_bytes_raw()),
        "kid": thumbprint(key),
        "alg": "EdDSA",
        "use": "sig",
    }


def unpadded(content: bytes) -> str:
    """Return base64url without padding, as JSON Web Signatures write it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@lru_cache(maxsize=8)
def _private(text: str, setting: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_raw(text, setting))


@lru_cache(maxsize=32)
def _public(text: str, setting: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(_raw(text, setting))


def _raw(text: str, setting: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        raw = b""
    if len(raw) != SECRET_BYTES:
        raise ImproperlyConfigured(
            _("%(setting)s must hold 32 bytes in base64: make a key with “manage.py make_audit_key”.")
            % {"setting": setting}
        )
    return raw


def _made(file: str) -> str:
    path = Path(file)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as opened:
        opened.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode())
    return path.read_text()
