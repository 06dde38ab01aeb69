"""JSON Web Signatures (RFC 7515) with Ed25519 (RFC 8037), in the compact form."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lms.base.keyring import thumbprint, unpadded


class NotSigned(Exception):
    """A text is not a signature by a key that is believed."""


def canonical(value: Any) -> bytes:
    """Return the one way a JSON value is written here: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed(payload: Any, key: Ed25519PrivateKey, **header: str) -> str:
    """Return the payload signed, with the key's name in the header unless another `kid` is given."""
    head = {"alg": "EdDSA", "kid": thumbprint(key.public_key()), **header}
    text = f"{unpadded(canonical(head))}.{unpadded(canonical(payload))}"
    return f"{text}.{unpadded(key.sign(text.encode()))}"


def opened(token: str, keys: Mapping[str, Ed25519PublicKey]) -> Any:
    """Return the payload of a signature by one of the keys. Raises NotSigned for anything else.

    The text must be written in the one way base64url has: a bit that decoders skip would otherwise pass unseen.
    """
    try:
        head, payload, signature = token.split(".")
        header = json.loads(_bytes(head))
        key = keys[str(header["kid"]).rsplit("/", 1)[-1]]
        if header["alg"] != "EdDSA":
            raise NotSigned("another method than EdDSA")
        key.verify(_bytes(signature), f"{head}.{payload}".encode())
        return json.loads(_bytes(payload))
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise NotSigned("not signed by a key that is believed") from error


def _bytes(text: str) -> bytes:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if unpadded(raw) != text:
        raise ValueError("not the one way of writing it")
    return raw
