"""What a file really is, whatever it is called."""

from __future__ import annotations

import io
import zipfile

from inspections.collection_states import FileFormat

MAX_EVIDENCE = 20 * 1024 * 1024
# First bytes → type. SVG and HTML are never taken: they run scripts.
SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypmp4", 4, "video/mp4"),
    (b"ftypisom", 4, "video/mp4"),
)


ENDINGS = {
    "image": ("jpg", "jpeg", "png", "webp", "heic", "heif"),
    "application": ("pdf",),
    "video": ("mp4", "m4v", "mov"),
}


def belies(name: str, content_type: str) -> bool:
    """Tell whether the name says the file is a photo, PDF or video while its bytes are another of these.

    One kind of picture under another's name (cameras and messengers do that) is let pass: it shows what it shows.
    """
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    said = next((family for family, endings in ENDINGS.items() if ending in endings), None)
    return said is not None and said != content_type.split("/", maxsplit=1)[0]


def true_type(head: bytes) -> str | None:
    """Tell a file's type by its first bytes; None for what is not taken as evidence."""
    for magic, offset, content_type in SIGNATURES:
        if head[offset : offset + len(magic)] == magic:
            return content_type
    return None


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARTS = {"xl/workbook.xml": SHEET, "word/document.xml": LETTER}
# A workbook of honest data has a few dozen parts and does not unpack to a hundred times its size.
MOST_PARTS, MOST_UNPACKED = 2_000, 400 * 1024 * 1024
OF_FORMAT: dict[str, tuple[str, ...]] = {
    FileFormat.PDF: ("application/pdf",),
    FileFormat.PICTURE: ("image/", "application/pdf"),
    FileFormat.SHEET: (SHEET,),
}


def type_of_document(content: bytes) -> str | None:
    """Tell the type of a document handed over: evidence, or a workbook or letter without macros; None for the rest."""
    return true_type(content[:16]) or (_office_type(content) if content[:4] == b"PK\x03\x04" else None)


def _office_type(content: bytes) -> str | None:
    """Read the list of parts only: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    names = {part.filename for part in parts}
    sound = (
        len(parts) <= MOST_PARTS
        and sum(part.file_size for part in parts) <= MOST_UNPACKED
        and "[Content_Types].xml" in names
        and not any("vbaproject" in name.lower() or ".." in name for name in names)
        and not any(part.flag_bits & 1 for part in parts)
    )
    return next((kind for name, kind in PARTS.items() if name in names), None) if sound else None


def fits(content_type: str, wanted: str) -> bool:
    """Tell whether a file of this type is in the form that was asked for; on paper or in any form takes all."""
    return content_type.startswith(OF_FORMAT.get(wanted, ("",)))
