"""Signatures in PDF files (PAdES): made with our own key, or made outside and checked; pyHanko is loaded when used."""

from lms.base.documents.signatures.appearance import Appearance
from lms.base.documents.signatures.fields import (
    AGENCY,
    ORDER,
    PERSON,
    SEAL_DIAMETER,
    Field,
    fields_at,
    fields_of,
    reserve,
)
from lms.base.documents.signatures.findings import UNOPENED, Code, Finding
from lms.base.documents.signatures.keys import (
    KeyMissing,
    SigningKey,
    StampMissing,
    certificates_in,
    filed_key,
    has_signing_key,
    key_of,
    signing_key,
    trust_roots,
)
from lms.base.documents.signatures.opening import LARGEST, Unreadable, refuse_bytes
from lms.base.documents.signatures.outside import brought_back
from lms.base.documents.signatures.pictures import BLUE, RED, NoPicture, ink_picture
from lms.base.documents.signatures.signing import sign
from lms.base.documents.signatures.verification import Report, SignatureFound, signature_hashes, verify

__all__ = [
    "AGENCY",
    "BLUE",
    "LARGEST",
    "ORDER",
    "PERSON",
    "RED",
    "SEAL_DIAMETER",
    "UNOPENED",
    "Appearance",
    "Code",
    "Field",
    "Finding",
    "KeyMissing",
    "NoPicture",
    "Report",
    "SignatureFound",
    "SigningKey",
    "StampMissing",
    "Unreadable",
    "brought_back",
    "certificates_in",
    "fields_at",
    "fields_of",
    "filed_key",
    "has_signing_key",
    "ink_picture",
    "key_of",
    "refuse_bytes",
    "reserve",
    "sign",
    "signature_hashes",
    "signing_key",
    "trust_roots",
    "verify",
]
