"""What a certificate's public page says, read in one small query: strangers ask for it more than for anything else."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from certificates.models import Certificate, FileSignature
from courses.models import Completion, Revocation
from lms.base.prepared import Prepared

OWN = (
    "id",
    "state",
    "kind",
    "public_code",
    "short_code",
    "salutation",
    "person_name",
    "position",
    "agency_name",
    "course_name",
    "hours",
    "form",
    "started_on",
    "completed_on",
    "result",
    "superior_name",
    "issuer_name",
    "place_name",
    "issued_on",
    "signer_title",
    "signer_name",
    "issuer_code",
    "year",
    "number",
    "valid_until",
    "file_sha256",
    "completion_id",
    "replaced_by_id",
)
NEW = ("id", "state", "public_code", "issuer_code", "year", "number")
WITHDRAWN = ("mode", "on")
_BY_CODE = Prepared(
    lambda code: (
        Certificate.objects.shown()
        .filter(public_code=code)
        .order_by()
        .values(
            *OWN,
            *(f"replaced_by__{name}" for name in NEW),
            *(f"completion__revocation__{name}" for name in WITHDRAWN),
        )
    )
)

_SIGNATURES = Prepared(
    lambda code: FileSignature.objects.filter(certificate__public_code=code).values("signer", "signed_at")
)


def printed_certificate(code: str) -> Certificate | None:
    """Return the shown certificate of a code with what its public page says; any other field is read when asked for."""
    found = _BY_CODE.rows(code)
    if not found:
        return None
    row = found[0]
    certificate = _row(Certificate, OWN, row)
    completion = Completion.from_db(DEFAULT_DB_ALIAS, ["id"], [row["completion_id"]])
    withdrawn = row["completion__revocation__mode"] is not None
    revocation = _row(Revocation, WITHDRAWN, row, "completion__revocation__") if withdrawn else None
    new = _row(Certificate, NEW, row, "replaced_by__") if row["replaced_by_id"] else None
    _read(completion, "revocation", revocation)
    _read(certificate, "completion", completion)
    _read(certificate, "replaced_by", new)
    return certificate


def printed_signatures(code: str) -> list[dict[str, Any]]:
    """Return who signed in the file of the certificate with this code, and when."""
    return _SIGNATURES.rows(code)


def _row(model: type[Model], names: tuple[str, ...], row: dict[str, Any], prefix: str = "") -> Any:
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in names]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [row[f"{prefix}{name}"] for name in ordered])


def _read(row: Model, name: str, related: Model | None) -> None:
    row._meta.get_field(name).set_cached_value(row, related)  # type: ignore[union-attr]
