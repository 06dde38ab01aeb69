"""The first bytes of images, sounds, films and PDF must be those of their kind.

Real packages carry a WAVE file named .mp3 or a PNG named .jpg: browsers play both, so a kind is
a family. A page or script under such a name belongs to none.
"""

from collections.abc import Callable

from courses.h5p.package.names import extension

HEAD_BYTES = 1024

_Recogniser = Callable[[bytes], bool]


def _starts(*prefixes: bytes) -> _Recogniser:
    return lambda head: head.startswith(prefixes)


def _is_iso_media(head: bytes) -> bool:
    """Recognise the box structure of MP4 and M4A (ISO/IEC 14496-12)."""
    return head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide")


def _is_mp3(head: bytes) -> bool:
    """Recognise an ID3 tag or the eleven set bits of an MPEG frame."""
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _is_wave(head: bytes) -> bool:
    return head.startswith((b"RIFF", b"RIFX")) and head[8:12] == b"WAVE"


_IMAGES: tuple[_Recogniser, ...] = (
    _starts(b"\x89PNG\r\n\x1a\n"),
    _starts(b"\xff\xd8\xff"),
    _starts(b"GIF87a", b"GIF89a"),
    _starts(b"BM"),
    _starts(b"II*\x00", b"MM\x00*"),
    lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
)
_MEDIA: tuple[_Recogniser, ...] = (
    _is_iso_media,
    _starts(b"\x1a\x45\xdf\xa3"),
    _starts(b"OggS"),
    _is_mp3,
    _is_wave,
)
_PDF: tuple[_Recogniser, ...] = (lambda head: b"%PDF-" in head,)
_FAMILIES: dict[str, tuple[_Recogniser, ...]] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"), _IMAGES),
    **dict.fromkeys(("mp4", "m4a", "webm", "ogg", "mp3", "wav"), _MEDIA),
    "pdf": _PDF,
}


def matches_kind(name: str, head: bytes) -> bool:
    """Whether a file's first bytes are of the kind its name says; kinds without a mark always match."""
    family = _FAMILIES.get(extension(name))
    return family is None or any(recognise(head) for recognise in family)
