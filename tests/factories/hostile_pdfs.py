"""Files sent to exhaust whoever opens them."""

from __future__ import annotations

import io
import zlib

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from tests.factories import pdf_mutations as corpus


def encrypted() -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(corpus.document())))
    writer.encrypt("mật khẩu")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _file(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects with a right cross-reference table."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return (
        body
        + head
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"


def packed(size: int) -> bytes:
    """Return so many zero bytes as zlib packs them, without packing them all: each million packs alike."""
    pump = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    million = pump.compress(b"\0" * 1_000_000) + pump.flush(zlib.Z_FULL_FLUSH)
    checksum = (size % 65521) << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + million * (size // 1_000_000) + pump.flush() + checksum.to_bytes(4, "big")


def bomb_of_objects() -> bytes:
    """An object stream of two gigabytes in two megabytes, in which the form is said to stand."""
    stream = packed(2_000_000_000)
    packed_objects = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(stream),
        stream,
    )
    body = b"%PDF-1.7\n"
    catalog_at = len(body)
    body += b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>\nendobj\n"
    pages_at = len(body)
    body += b"2 0 obj\n" + PAGES + b"\nendobj\n"
    stream_at = len(body)
    body += b"3 0 obj\n" + packed_objects + b"\nendobj\n"
    table_at = len(body)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in (
            (0, 0, 65535),
            (1, catalog_at, 0),
            (1, pages_at, 0),
            (1, stream_at, 0),
            (2, 3, 0),
            (1, table_at, 0),
        )
    )
    body += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(rows),
        rows,
    )
    return body + b"startxref\n%d\n%%%%EOF\n" % table_at


def bomb_of_references() -> bytes:
    """A cross-reference stream that unpacks to a gigabyte."""
    stream = packed(1_000_000_000)
    body = b"%PDF-1.7\n1 0 obj\n" + CATALOG + b"\nendobj\n"
    at = len(body)
    body += (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
        % len(stream)
        + stream
        + b"\nendstream\nendobj\n"
    )
    return body + b"startxref\n%d\n%%%%EOF\n" % at


def bombs_in_each_other() -> bytes:
    stream = zlib.compress(zlib.compress(packed(2_000_000_000), 9), 9)
    body = b"%PDF-1.7\n1 0 obj\n" + CATALOG + b"\nendobj\n"
    at = len(body)
    filters = b"[/FlateDecode/FlateDecode/FlateDecode]"
    body += (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Filter%s/Length %d>>stream\n%s\nendstream\nendobj\n"
        % (
            filters,
            len(stream),
            stream,
        )
    )
    return body + b"startxref\n%d\n%%%%EOF\n" % at


def endless_table() -> bytes:
    """A hundred thousand rows of nothing."""
    body = b"%PDF-1.7\n1 0 obj\n" + CATALOG + b"\nendobj\n"
    rows = b"0000000009 00000 n \n" * 100_000
    return (
        body
        + b"xref\n0 100000\n"
        + rows
        + b"trailer\n<</Size 100000/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


def table_that_leads_to_itself() -> bytes:
    whole = _file(CATALOG, PAGES)
    at = int(whole.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    return _file(CATALOG, PAGES, trailer=b"/Prev %d" % at)


def deep_arrays() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 400_000 + b"]" * 400_000 + b">>", PAGES)


def deep_dictionaries() -> bytes:
    return _file(
        b"<</Type/Catalog/Pages 2 0 R/X " + b"<</Y " * 100_000 + b"1" + b">>" * 100_000 + b">>", PAGES
    )


def many_objects() -> bytes:
    return _file(CATALOG, PAGES, *([b"<</A 1>>"] * 60_000))


def pages_in_a_circle() -> bytes:
    return _file(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 9999999/Parent 2 0 R>>")


def fields_in_a_circle() -> bytes:
    return _file(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]/SigFlags 3>>>>",
        PAGES,
        b"<</T(a)/Kids[3 0 R 3 0 R]/FT/Sig>>",
    )


def a_million_fields() -> bytes:
    return _file(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[" + b"3 0 R " * 400_000 + b"]>>>>",
        PAGES,
        b"<</T(a)/FT/Sig>>",
    )


def long_string() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X (" + b"(" * 1_400_000 + b")" * 1_400_000 + b")>>", PAGES)


def long_number() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X " + b"9" * 2_800_000 + b">>", PAGES)


def long_word() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X /" + b"A" * 2_800_000 + b">>", PAGES)


def long_text() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X (" + b"a" * 2_800_000 + b")>>", PAGES)


def long_hexadecimal() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X <" + b"ab" * 1_400_000 + b">>>", PAGES)


def long_comment() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R %" + b"ab" * 1_400_000 + b"\n>>", PAGES)


def many_small_values() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X [" + b"1 " * 190_000 + b"]>>", PAGES)


def many_empty_arrays() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X [" + b"[]" * 190_000 + b"]>>", PAGES)


def too_large() -> bytes:
    return b"%PDF-1.7\n" + b" " * 12_000_000 + _file(CATALOG, PAGES)


def no_pdf() -> bytes:
    return b"MZ" + b"\0" * 2_900_000


def only_the_name() -> bytes:
    return b"%PDF-1.7\n" + b" " * 2_900_000


HOSTILE = [
    encrypted,
    bomb_of_objects,
    bomb_of_references,
    bombs_in_each_other,
    endless_table,
    table_that_leads_to_itself,
    deep_arrays,
    deep_dictionaries,
    many_objects,
    pages_in_a_circle,
    fields_in_a_circle,
    a_million_fields,
    long_string,
    long_number,
    long_word,
    long_text,
    long_hexadecimal,
    long_comment,
    many_small_values,
    many_empty_arrays,
    too_large,
    no_pdf,
    only_the_name,
]
