"""The key that signs documents and the authorities that are believed, both from files the settings name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils.translation import gettext as _

UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class KeyMissing(Exception):
    """Nothing can be signed or checked, and the sentence says which setting to mend."""


class StampMissing(KeyMissing):
    """The time stamp server of the settings gave no time stamp; nothing is signed without one it was told to have."""


@dataclass(frozen=True)
class SigningKey:
    """A secret key with its certificate, as a PKCS#12 file holds them."""

    signer: Any  # pyHanko's signer
    subject: str
    fingerprint: str
    not_after: Any


def signing_key() -> SigningKey:
    """Return the key of the settings. Raises KeyMissing with a sentence for the operator."""
    path = settings.SIGNING_KEY_FILE
    if not path:
        raise KeyMissing(
            _(
                "No signing key is set: name a PKCS#12 file in SIGNING_KEY_FILE, or sign outside and bring it back."
            )
        )
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as error:
        raise KeyMissing(_("The signing key %(path)s cannot be read.") % {"path": path}) from error
    return _loaded(path, settings.SIGNING_KEY_PASSPHRASE, changed)


def has_signing_key() -> bool:
    """Tell whether the settings name a key that opens."""
    try:
        signing_key()
    except KeyMissing:
        return False
    return True


def filed_key(name: str) -> SigningKey:
    """Return the key of one person or agency: a PKCS#12 file of that name in the folder of the settings.

    Raises KeyMissing with a sentence for whoever wanted to sign.
    """
    folder = settings.SIGNING_DOCUMENT_KEYS
    path = Path(folder) / f"{UNSAFE.sub('_', name)}.p12"
    try:
        changed = path.stat().st_mtime_ns if folder else None
    except OSError:
        changed = None
    if changed is None:
        raise KeyMissing(
            _("No key is kept here for %(name)s: sign the file outside and bring it back.") % {"name": name}
        )
    return _loaded(str(path), settings.SIGNING_DOCUMENT_KEYS_PASSPHRASE, changed)


def key_of(content: bytes, passphrase: str) -> SigningKey:
    """Return the key in a PKCS#12 file. Raises KeyMissing where the passphrase or the file is wrong."""
    from lms.base.documents.signatures.signer import opened_signer

    secret = passphrase.encode() or None
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(content, secret)
        if key is None or certificate is None:
            raise ValueError("a key and its certificate are needed")
        signer = opened_signer(content, secret)
    except ValueError as error:
        raise KeyMissing(
            _(
                "The signing key cannot be opened: the passphrase is wrong, or it is no PKCS#12 file with a key."
            )
        ) from error
    return SigningKey(
        signer=signer,
        subject=common_name(certificate),
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        not_after=certificate.not_valid_after_utc,
    )


def common_name(certificate: pyca.Certificate) -> str:
    """Return the name a certificate was given to."""
    named = certificate.subject.get_attributes_for_oid(pyca.NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def trust_roots() -> tuple[x509.Certificate, ...]:
    """Return the certificates of SIGNING_TRUST_ROOTS. Raises KeyMissing where a file cannot be read."""
    return tuple(found for path in settings.SIGNING_TRUST_ROOTS for found in _certificates(path))


def certificates_in(content: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates in a PEM or DER file. Raises ValueError where there is none."""
    if not pem.detect(content):
        return (x509.Certificate.load(content, strict=True),)
    blocks = pem.unarmor(content, multiple=True)
    return tuple(
        x509.Certificate.load(der, strict=True) for kind, _headers, der in blocks if kind == "CERTIFICATE"
    )


def _certificates(path: str) -> tuple[x509.Certificate, ...]:
    try:
        return certificates_in(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise KeyMissing(
            _("The trusted certificates %(path)s cannot be read: mend SIGNING_TRUST_ROOTS.") % {"path": path}
        ) from error


@lru_cache(maxsize=4)
def _loaded(path: str, passphrase: str, changed: int) -> SigningKey:
    return key_of(Path(path).read_bytes(), passphrase)
