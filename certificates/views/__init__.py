"""Pages of this room."""

from certificates.views.own import file, mine
from certificates.views.register import register, revoke
from certificates.views.verification import verify, verify_certificate

__all__ = ["file", "mine", "register", "revoke", "verify", "verify_certificate"]
