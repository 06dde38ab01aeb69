"""Packing: a ZIP of parts, their list with hashes, the list's signature, and the reader that checks it all."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from lms.base.bundle.jws import canonical, signed
from lms.base.keyring import CREDENTIALS, jwk, thumbprint

FORMAT = "song-tien-bundle/1"
MANIFEST, SEAL, READER = "manifest.json", "manifest.jws", "verify.py"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same parts give the same bytes


@dataclass(frozen=True)
class Part:
    """One file of a bundle; its role tells the reader what to check of it."""

    name: str
    role: str
    content: bytes


def json_part(name: str, role: str, value: Any) -> Part:
    """Return a value as a part, written in the one way that is hashed."""
    return Part(name, role, canonical(value))


def packed(
    *, kind: str, subject: str, parts: Iterable[Part], at: datetime, expected: Mapping[str, Any]
) -> bytes:
    """Return the bundle. `expected` are values the reader must find in the parts, by its own names (docs/bundle.md)."""
    parts = [*parts, _keys()]
    manifest = {
        "format": FORMAT,
        "kind": kind,
        "subject": subject,
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "expected": dict(expected),
        "parts": [
            {"name": part.name, "role": part.role, "size": len(part.content), "sha256": _sha256(part.content)}
            for part in parts
        ],
    }
    key = CREDENTIALS.signing_key()
    seal = signed({"manifest_sha256": _sha256(canonical(manifest))}, key, typ="song-tien-bundle+jws")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            _write(archive, part.name, part.content)
        _write(archive, MANIFEST, canonical(manifest))
        _write(archive, SEAL, seal.encode())
        _write(archive, READER, reader_source())
        _write(archive, "DOC-TOI.txt", _note(subject, thumbprint(key.public_key())).encode())
    return target.getvalue()


def reader_source() -> bytes:
    """Return the reader: one file that needs nothing but Python."""
    return files("lms.base.bundle").joinpath("reader.py").read_bytes()


def _keys() -> Part:
    keys = [jwk(key) for key in CREDENTIALS.believed().values()]
    return Part("keys.json", "keys", json.dumps({"keys": keys}, sort_keys=True).encode())


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _note(subject: str, key: str) -> str:
    return (
        f"Hồ sơ chứng minh / Proof: {subject}\n\n"
        "Kiểm tra không cần mạng (Python 3.9 trở lên) / check without a network:\n"
        f"    python3 verify.py bundle.zip --key {key}\n\n"
        "Mã khóa phải lấy từ cơ quan cấp, không lấy từ tệp này.\n"
        "Take the key's name from the issuing agency, not from this file.\n"
    )
