"""The keys that sign heads: the secret one and the public ones that are believed, both from the settings.

The database is never asked which key to believe: whoever can write there could name their own.
"""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lms.base.keyring import AUDIT


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs; in development one is made under var/ the first time."""
    return AUDIT.signing_key()


def believed_keys() -> dict[str, Ed25519PublicKey]:
    """Return the public keys whose signatures count, by their id: today's and those used before."""
    return {key_id(key): key for key in AUDIT.public_keys()}


def key_id(key: Ed25519PublicKey) -> str:
    """Return the short name of a key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_text(key: Ed25519PublicKey) -> str:
    """Return the public key as settings and paper hold it."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def secret_text(key: Ed25519PrivateKey) -> str:
    """Return the secret key as the settings hold it."""
    return base64.b64encode(key.private_bytes_raw()).decode()


def is_signed(key: Ed25519PublicKey, signature: str, message: str) -> bool:
    """Tell whether the signature was made by the key over the message."""
    try:
        key.verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
