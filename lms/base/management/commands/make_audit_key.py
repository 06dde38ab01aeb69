"""Make a key that signs the audit log."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand

from lms.base.audit.keys import key_id, public_text, secret_text


class Command(BaseCommand):
    """Prints a fresh key as two lines for the environment; nothing is stored."""

    help = "Print a fresh SIGNING_AUDIT_KEY and its public key, which goes into SIGNING_AUDIT_OLD_KEYS at the next change."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        key = Ed25519PrivateKey.generate()
        self.stdout.write(f"SIGNING_AUDIT_KEY={secret_text(key)}")
        self.stdout.write(f"# {key_id(key.public_key())}: {public_text(key.public_key())}")
