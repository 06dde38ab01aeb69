"""Files of libraries and contents in the private storage: staged, then published in one step."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages

from courses.h5p.package.archive import StoredFile

_STAGING = "h5p/staging"


@contextmanager
def staging() -> Iterator[Path]:
    """Yield an empty folder beside the store, gone afterwards with all that was not published."""
    root = Path(storages["private"].path(_STAGING))
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(source: Path, folder: str) -> bool:
    """Move a staged folder to its place, which its hash names; False when it already stood there."""
    target = Path(storages["private"].path(folder))
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    source.mkdir(exist_ok=True)  # a content without files has no folder of its own
    source.rename(target)
    return True


def exists(folder: str) -> bool:
    """Whether a folder was published here."""
    return storages["private"].exists(folder)


def remove(folder: str) -> None:
    """Delete a published folder that no row names any more."""
    shutil.rmtree(storages["private"].path(folder), ignore_errors=True)


def open_file(folder: str, path: str) -> File:
    """Return an open file of a published folder."""
    return storages["private"].open(f"{folder}/{path}")


def digest(files: Mapping[str, StoredFile], *more: bytes) -> str:
    """Return one SHA-256 over names and hashes of files, whatever their order, and over `more`."""
    whole = hashlib.sha256()
    for path, file in sorted(files.items()):
        whole.update(f"{path}\0{file.sha256}\n".encode())
    for part in more:
        whole.update(part)
    return whole.hexdigest()


def as_json(files: Mapping[str, StoredFile]) -> dict[str, list[int | str]]:
    """Return files as a row keeps them."""
    return {path: [file.size, file.sha256] for path, file in sorted(files.items())}
