"""Passwords are hashed in one Unicode form."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from lms.base.vietnamese import nfc


class NormalisedPBKDF2PasswordHasher(PBKDF2PasswordHasher):
    """Hashes the NFC form: "mật khẩu" is the same password from every keyboard (NIST SP 800-63B-4, 3.1.1.2)."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Return the hash; verifying and refreshing pass here too."""
        return super().encode(nfc(password), salt, iterations)
