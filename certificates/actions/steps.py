"""Taking a step of a certificate, and storing its file whole."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from certificates.models import Certificate


def store_file(certificate: Certificate, content: bytes) -> dict[str, Any]:
    """Store the content under the certificate's name and return the columns that describe it."""
    storage = storages["private"]
    name = storage.save(
        f"certificates/{certificate.year}/{certificate.public_code}.pdf", ContentFile(content)
    )
    _flush(storage, name)
    return {
        "file_name": name,
        "file_size": len(content),
        "file_sha256": hashlib.sha256(content).hexdigest(),
    }


def take_step(certificate: Certificate, event: str, **values: Any) -> bool:
    """Take a step; where another worker took it before, read what it wrote."""
    taken = Certificate.objects.filter(pk=certificate.pk).step(event, **values)
    if taken:
        certificate.moved(event, **values)
    else:
        certificate.refresh_from_db(fields=["state", "file_name", "file_size", "file_sha256", "released_at"])
    return bool(taken)


def _flush(storage: Any, name: str) -> None:
    """Have the file on the disk before the row says it is there; object stores do so by themselves."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY)):
        handle = os.open(place, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
