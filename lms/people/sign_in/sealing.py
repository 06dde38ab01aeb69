"""What is kept so that a copy of the database alone opens nothing: sealed secrets and hashed codes."""

import base64
import secrets
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

# Neither 0 and O nor 1, I and L: the code is typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4


def seal(content: bytes) -> bytes:
    """Encrypt with a key drawn from SECRET_KEY."""
    return _box(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).encrypt(content)


def unseal(sealed: bytes) -> bytes:
    """Decrypt what `seal` made, also under an earlier SECRET_KEY. Raises InvalidToken for anything else."""
    return _box(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).decrypt(sealed)


@cache
def _box(key: str, earlier: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(one) for one in (key, *earlier)])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"lms.people.sign_in.secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))


def new_code() -> str:
    """Return a code of 79 random bits, in groups that are easily typed: "7KQX-M2PD-…"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def code_digest(code: str) -> str:
    """Return what is kept of a code, however it was typed; random codes need no slow hash."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("lms.people.sign_in.code", typed, algorithm="sha256").hexdigest()


__all__ = ["InvalidToken", "code_digest", "new_code", "seal", "unseal"]
