"""The ZIP file itself: counted and measured before anything is unpacked, and again while unpacking."""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from courses.h5p.package import limits
from courses.h5p.package.names import check_distinct, check_name, is_skipped
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.package.signatures import HEAD_BYTES, matches_kind

_END = b"PK\x05\x06"
_END_BYTES = 22
_MAX_COMMENT = 65_535
_CHUNK = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class StoredFile:
    """A row of what was unpacked: how many bytes and their SHA-256."""

    size: int
    sha256: str


def _not_a_zip() -> PackageRefused:
    return PackageRefused(_("The file is not a readable ZIP archive; an .h5p file is one."))


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a list of entries too long to be read, before Python's reader takes it into memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _END_BYTES - _MAX_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise _not_a_zip()
    entries, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    if entries > limits.MAX_ENTRIES or size > limits.MAX_DIRECTORY_BYTES:
        raise _too_many(entries)


def _too_many(entries: int) -> PackageRefused:
    return PackageRefused(
        _("The package holds more than %(limit)s entries (%(count)s).")
        % {"limit": limits.MAX_ENTRIES, "count": entries}
    )


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the opened archive, its whole list of entries checked; nothing is unpacked yet."""
    _check_directory(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise _not_a_zip() from error
    entries = archive.infolist()
    if len(entries) > limits.MAX_ENTRIES:
        raise _too_many(len(entries))
    for entry in entries:
        _check_entry(entry)
    check_distinct(entry.orig_filename for entry in entries)
    _check_total(entries)
    return archive


def _check_entry(entry: zipfile.ZipInfo) -> None:
    # `filename` is already cut at a NUL byte; `orig_filename` is what the archive says.
    check_name(entry.orig_filename)
    name = {"name": entry.filename}
    if entry.flag_bits & 0x1:
        raise PackageRefused(_("“%(name)s” is encrypted.") % name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise PackageRefused(_("“%(name)s” is a symbolic link.") % name)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused(_("“%(name)s” is neither a file nor a folder.") % name)
    if entry.compress_type not in _METHODS:
        raise PackageRefused(_("“%(name)s” is packed by a method other than deflate.") % name)
    _check_size(entry)


def _check_size(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > limits.MAX_FILE_BYTES:
        raise _too_big(entry.filename)
    if entry.file_size > limits.RATIO_COUNTS_FROM and entry.file_size > limits.MAX_RATIO * max(
        entry.compress_size, 1
    ):
        raise PackageRefused(
            _("“%(name)s” unpacks to more than %(ratio)s times its packed size.")
            % {"name": entry.filename, "ratio": limits.MAX_RATIO}
        )


def _too_big(name: str) -> PackageRefused:
    return PackageRefused(
        _("“%(name)s” is larger than %(limit)s MB.")
        % {"name": name, "limit": limits.MAX_FILE_BYTES // limits.MEBIBYTE}
    )


def _check_total(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > limits.MAX_TOTAL_BYTES:
        raise _too_much()


def _too_much() -> PackageRefused:
    return PackageRefused(
        _("The package unpacks to more than %(limit)s MB.")
        % {"limit": limits.MAX_TOTAL_BYTES // limits.MEBIBYTE}
    )


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries that are files and that H5P does not pass over."""
    return [entry for entry in archive.infolist() if not entry.is_dir() and not is_skipped(entry.filename)]


def unpack(archive: zipfile.ZipFile, staging: Path) -> dict[str, StoredFile]:
    """Write every file below `staging`, counting real bytes, and return size and hash by name."""
    stored: dict[str, StoredFile] = {}
    left = limits.MAX_TOTAL_BYTES
    for entry in files_in(archive):
        stored[entry.filename] = _unpack_one(archive, entry, staging / entry.filename, left)
        left -= stored[entry.filename].size
    return stored


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> StoredFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        for chunk in _chunks(archive, entry):
            if size == 0 and not matches_kind(entry.filename, chunk[:HEAD_BYTES]):
                raise PackageRefused(
                    _("“%(name)s” is not what its ending says: its first bytes are of another kind.")
                    % {"name": entry.filename}
                )
            size += len(chunk)
            if size > limits.MAX_FILE_BYTES:
                raise _too_big(entry.filename)
            if size > left:
                raise _too_much()
            digest.update(chunk)
            out.write(chunk)
    return StoredFile(size, digest.hexdigest())


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PackageRefused(
            _("“%(name)s” is damaged and cannot be unpacked.") % {"name": entry.filename}
        ) from error


def stored_files(folder: Path) -> dict[str, StoredFile]:
    """Return size and hash of every file below a folder on disk, by its path from there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not is_skipped(name):
            raw = path.read_bytes()
            found[name] = StoredFile(len(raw), hashlib.sha256(raw).hexdigest())
    return found
