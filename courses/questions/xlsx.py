"""Reading the cells of an uploaded workbook, whatever it was made to do to its reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from posixpath import join, normpath
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from courses.questions.workbook import Cell, Sheet, Value, Workbook, place
from lms.base.importing.problems import FileRefused
from lms.base.importing.workbooks import inspect_workbook
from lms.base.vietnamese import nfc

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELLS = 200_000
MAX_SHEETS = 30
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(content: bytes) -> Workbook:
    """Return values and formulas of all sheets. Raises FileRefused with a sentence."""
    if len(content) > MAX_BYTES:
        raise FileRefused(_("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    if content[:2] != b"PK":
        raise FileRefused(_("The file is no XLSX workbook. Save it as “Excel workbook (.xlsx)”."))
    inspect_workbook(content, max_rows=MAX_ROWS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise FileRefused(_("The workbook is too large when unpacked."))
            return _sheets(archive)
    except (KeyError, ValueError, ParseError, DefusedXmlException, zipfile.BadZipFile):
        raise FileRefused(_("The workbook is damaged.")) from None


def bare_formulas(workbook: Workbook) -> list[str]:
    """Return the cells whose formula was stored without its value: no spreadsheet program has counted it."""
    return [
        f"{name}!{_letters(column)}{row}"
        for name, sheet in workbook.items()
        for (row, column), cell in sheet.items()
        if cell.formula and cell.value is None
    ]


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheets(archive: zipfile.ZipFile) -> Workbook:
    targets = {
        node.get("Id"): normpath(join("xl", node.get("Target", "").removeprefix("/xl/")))
        for node in _nodes(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    listed = [
        (nfc(node.get("name", "")), node.get(RELATION) or node.get(STRICT_RELATION))
        for node in _nodes(archive, "xl/workbook.xml", "sheet")
    ]
    if not 1 <= len(listed) <= MAX_SHEETS:
        raise FileRefused(_("The workbook must have from 1 to %(limit)s sheets.") % {"limit": MAX_SHEETS})
    texts = _shared_texts(archive)
    found: dict[str, Sheet] = {}
    room = MAX_CELLS
    for name, relation in listed:
        part = targets[relation]
        if part not in archive.namelist() or "worksheets" not in part:
            continue  # a sheet of charts has no cells
        sheet = _cells(archive, part, texts, room)
        room -= len(sheet)
        found[name] = sheet
    return found


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    part = "xl/sharedStrings.xml"
    return [_text_of(node) for node in _nodes(archive, part, "si")] if part in archive.namelist() else []


def _cells(archive: zipfile.ZipFile, part: str, texts: list[str], room: int) -> Sheet:
    sheet: dict[tuple[int, int], Cell] = {}
    shared: dict[str, str] = {}
    for node in _nodes(archive, part, "c"):
        at = place(node.get("r", ""))
        cell = Cell(_value(node, texts), _formula(node, shared))
        if at is None or cell == Cell():
            continue
        sheet[at] = cell
        if len(sheet) > room:
            raise FileRefused(_("The workbook has more than %(limit)s cells.") % {"limit": MAX_CELLS})
    return sheet


def _formula(node: Any, shared: dict[str, str]) -> str:
    """Return a cell's formula; in a shared one only the first cell holds the words."""
    formula = _child(node, "f")
    if formula is None:
        return ""
    text = (formula.text or "").strip()
    group = formula.get("si")
    if group is not None:
        shared.setdefault(group, text)
        text = text or shared[group]
    return text or "?"


def _value(node: Any, texts: list[str]) -> Value:
    kind = node.get("t", "n")
    if kind == "inlineStr":
        inline = _child(node, "is")
        return _text_of(inline) if inline is not None else None
    stored = _child(node, "v")
    text = stored.text if stored is not None else None
    if text is None:
        return None
    if kind == "s":
        return texts[int(text)] if int(text) < len(texts) else None
    if kind == "b":
        return text.strip() == "1"
    if kind in ("str", "e", "d"):
        return nfc(text)
    return _decimal(text)


def _decimal(text: str) -> Decimal | None:
    try:
        # A program stores 60.05 as 60.050000000000004: fifteen digits are what it shows and means.
        number = Decimal(f"{Decimal(text.strip()):.15g}")
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def _text_of(node: Any) -> str:
    return nfc("".join(one.text or "" for one in node.iter() if _name(one) == "t"))


def _child(node: Any, name: str) -> Any:
    return next((child for child in node if _name(child) == name), None)


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _nodes(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Any]:
    """Give the elements of a name, one after the other, and forget each."""
    with archive.open(part) as stream:
        for _event, node in iterparse(stream, events=("end",), forbid_dtd=True):
            if _name(node) == name:
                yield node
            if _name(node) in (name, "row"):
                node.clear()
