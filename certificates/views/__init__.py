"""Pages of this room."""

from certificates.views.books import ask, books, close, made, made_file
from certificates.views.credentials import achievement, bundle, credential, issuer, key, keys, status
from certificates.views.own import file, mine
from certificates.views.register import correct, register, revoke
from certificates.views.rounds import issue_round
from certificates.views.signing import sign
from certificates.views.verification import verify, verify_certificate

__all__ = [
    "achievement",
    "ask",
    "books",
    "bundle",
    "close",
    "correct",
    "credential",
    "file",
    "issue_round",
    "issuer",
    "key",
    "keys",
    "made",
    "made_file",
    "mine",
    "register",
    "revoke",
    "sign",
    "status",
    "verify",
    "verify_certificate",
]
