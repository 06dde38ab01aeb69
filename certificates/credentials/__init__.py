"""The certificate as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), and the list of those withdrawn."""

from certificates.credentials.badge import Badge, badge_of
from certificates.credentials.issuer import key_address, key_set, profile
from certificates.credentials.status import LIST_LENGTH, encoded, is_set, status_list

__all__ = [
    "LIST_LENGTH",
    "Badge",
    "badge_of",
    "encoded",
    "is_set",
    "key_address",
    "key_set",
    "profile",
    "status_list",
]
