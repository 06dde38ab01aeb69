"""A workbook as the rules of a spreadsheet task see it: values and formulas of cells, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
Value = Decimal | str | bool | None


@dataclass(frozen=True)
class Cell:
    """One cell: what it shows (for a formula, the value the program stored with it) and its formula."""

    value: Value = None
    formula: str = ""


EMPTY = Cell()
Sheet = Mapping[tuple[int, int], Cell]  # row, column, both from 1
Workbook = Mapping[str, Sheet]
MAX_RANGE = 20_000


def place(address: str) -> tuple[int, int] | None:
    """Return row and column of an address such as B7, or None where it is none."""
    match = ADDRESS.fullmatch(address.strip().upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def span(reference: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the corners of a cell or range such as B2:B20, or None where it is none or far too large."""
    first, colon, last = reference.partition(":")
    start = place(first)
    end = place(last) if colon else start
    if start is None or end is None:
        return None
    top, bottom = sorted((start[0], end[0]))
    left, right = sorted((start[1], end[1]))
    if (bottom - top + 1) * (right - left + 1) > MAX_RANGE:
        return None
    return (top, left), (bottom, right)


def cells(sheet: Sheet, reference: str) -> Iterator[Cell]:
    """Give the cells of a range, row by row."""
    corners = span(reference)
    if corners is None:
        return
    (top, left), (bottom, right) = corners
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield sheet.get((row, column), EMPTY)
