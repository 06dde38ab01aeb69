"""An authority of the tests' own: root, intermediate, and keys for a person and an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lms.base.documents.signatures import certificates_in, key_of

PASSPHRASE = "mật khẩu thử"
NOW = datetime.now(UTC)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Issued:
    """A certificate with its secret key and those above it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def p12(self) -> bytes:
        sealed = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        return pkcs12.serialize_key_and_certificates(
            b"song-tien", self.key, self.certificate, list(self.above) or None, sealed
        )


def named(common: str, organisation: str = "Tỉnh thử nghiệm") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def made(
    common: str,
    above: Issued | None = None,
    *,
    is_authority: bool = False,
    valid: tuple[datetime, datetime] | None = None,
    for_documents: bool = True,
    only_for: x509.ObjectIdentifier | None = None,
    digest: Any = None,
) -> Issued:
    """Make a key and its certificate, vouched for by the one above or by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    start, end = valid or (NOW - YEAR, NOW + 5 * YEAR)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(common))
        .issuer_name(above.certificate.subject if above else named(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=for_documents and not is_authority,
                key_encipherment=not for_documents and not is_authority,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not for_documents:
        only_for = ExtendedKeyUsageOID.SERVER_AUTH
    if only_for:
        builder = builder.add_extension(x509.ExtendedKeyUsage([only_for]), critical=True)
    signed = builder.sign(above.key if above else key, digest or hashes.SHA256())
    chain = (above.certificate, *above.above) if above else ()
    return Issued(key, signed, chain)


@cache
def root() -> Issued:
    return made("Gốc thử nghiệm", is_authority=True)


@cache
def intermediate() -> Issued:
    return made("Trung gian thử nghiệm", root(), is_authority=True)


@cache
def person() -> Issued:
    return made("Nguyễn Thị Ngọc Quỳnh", intermediate())


@cache
def agency() -> Issued:
    return made("Sở Nội vụ tỉnh Đồng Tháp", intermediate())


@cache
def clock() -> Issued:
    """Return the key of a time stamp authority."""
    return made("Dấu thời gian thử nghiệm", intermediate(), only_for=ExtendedKeyUsageOID.TIME_STAMPING)


@cache
def signing_key_of(issued: Issued) -> Any:
    return key_of(issued.p12, PASSPHRASE)


@cache
def roots() -> Any:
    return certificates_in(root().pem)


def use_key(settings: Any, folder: Any, issued: Issued | None = None) -> None:
    """Have certificates signed by a key in a file, under the root of the tests."""
    (folder / "key.p12").write_bytes((issued or agency()).p12)
    (folder / "roots.pem").write_bytes(root().pem)
    settings.SIGNING_CERTIFICATES = "key"
    settings.SIGNING_KEY_FILE, settings.SIGNING_KEY_PASSPHRASE = str(folder / "key.p12"), PASSPHRASE
    settings.SIGNING_TRUST_ROOTS = [str(folder / "roots.pem")]
