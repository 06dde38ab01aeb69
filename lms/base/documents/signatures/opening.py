"""Opening a PDF somebody sent: size, kind, encryption and unpacked size are bounded before anything is believed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lms.base.documents.signatures.findings import Code

LARGEST = (
    3 * 1024 * 1024
)  # a certificate has 0.2 MB; reading a hostile file takes about half a second a megabyte
LARGEST_STREAM = 16 * 1024 * 1024
LARGEST_UNPACKED = 32 * 1024 * 1024
LARGEST_STRUCTURE = 400 * 1024  # what is not inside streams: each byte of it is read one by one
MOST_OBJECTS = 10_000
MOST_REVISIONS = 12
MOST_SIGNATURES = 6
PDF_START = b"%PDF-"
# What a parser written in Python would follow until its stack, its memory or our patience ends.
COUNTED = (
    (re.compile(rb"\b\d{1,10}\s+\d{1,5}\s+obj\b"), MOST_OBJECTS),
    (re.compile(rb"\d{10} \d{5} [nf]"), MOST_OBJECTS),
    (re.compile(rb"\d R\b"), 5 * MOST_OBJECTS),
)
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
ENDLESS = re.compile(
    rb"(?:\[\s*){200}|(?:<<\s*(?:/[^\s/<>\[\]()]*\s*)?){200}|\({200}|(?<![0-9A-Fa-f<])[0-9]{400}"
)


class Unreadable(Exception):
    """The file is not looked at, for the reason its code says."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def opened(pdf: bytes) -> Any:
    """Return pyHanko's reader of a file from outside. Raises Unreadable with the reason."""
    refuse_bytes(pdf)
    from pyhanko.pdf_utils.misc import PdfDecodeLimitError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=_limits())
        if reader.encrypted:
            raise Unreadable(Code.ENCRYPTED)
        if reader.xrefs.total_revisions > MOST_REVISIONS:
            raise Unreadable(Code.TOO_COMPLEX)
        reader.root["/Pages"]
    except PdfDecodeLimitError as error:
        raise Unreadable(Code.BOMB) from error
    except Unreadable:
        raise
    except Exception as error:  # whatever a hostile structure makes the parser raise
        raise Unreadable(Code.DAMAGED) from error
    return reader


def refuse_bytes(pdf: bytes) -> None:
    """Refuse by the bytes alone what is not worth opening. Raises Unreadable."""
    if len(pdf) > LARGEST:
        raise Unreadable(Code.TOO_LARGE)
    if not pdf.startswith(PDF_START):
        raise Unreadable(Code.NOT_PDF)
    if b"startxref" not in pdf[-4096:]:
        raise Unreadable(Code.DAMAGED)
    if b"/Encrypt" in pdf:
        raise Unreadable(Code.ENCRYPTED)
    if len(STREAM.sub(b"", pdf)) > LARGEST_STRUCTURE:
        raise Unreadable(Code.TOO_COMPLEX)
    if ENDLESS.search(pdf) or any(_more_than(most, what.finditer(pdf)) for what, most in COUNTED):
        raise Unreadable(Code.TOO_COMPLEX)


def _more_than(most: int, found: Iterator[Any]) -> bool:
    return next(islice(found, most, None), None) is not None


def _limits() -> Any:
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits

    per_stream = StreamDecodeLimits(max_output_size=LARGEST_STREAM)
    budget = DocumentDecodeBudget(base_allowance=LARGEST_UNPACKED, max_ratio=4)
    return DecodeLimits(per_stream=per_stream, document_budget=budget)
