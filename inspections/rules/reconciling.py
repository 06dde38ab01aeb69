"""Matching an agency's outgoing-document register with the inspections that are known here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lms.base.vietnamese import fold

# Every stroke that offices type between the parts of a symbol.
STROKES = re.compile(r"[‐‑‒–—−]")
SYMBOL = re.compile(r"0*(\d+)([A-Z]?)/(?:(\d{4})/)?(\w[\w\-./]*)")


@dataclass(frozen=True)
class Number:
    """The number of a document taken apart: 5, QĐ-SCT, and the year where it names one."""

    symbol: str
    year: int | None


@dataclass(frozen=True)
class RegisterLine:
    """One row of the outgoing-document register."""

    row: int
    number: str
    signed_on: date
    summary: str
    completed_on: date | None = None
    subject_kind: str = ""
    subject_id: str = ""
    subject_name: str = ""
    field: str = ""


@dataclass(frozen=True)
class Known:
    """One inspection that is known here, by the number of its decision."""

    pk: int
    number: str
    decided_on: date | None
    completed_on: date | None


def number_of(text: str) -> Number | None:
    """Return the number in the one form that is compared, None for what is no number of a document.

    >>> number_of("05/QĐ-SCT") == number_of("Số: 5 / QĐ – SCT")
    True
    """
    plain = STROKES.sub("-", unicodedata.normalize("NFC", text)).upper()
    plain = re.sub(r"\s", "", plain).removeprefix("SỐ").lstrip(":.")
    found = SYMBOL.fullmatch(plain)
    if found is None:
        return None
    figure, letter, year, symbol = found.groups()
    return Number(f"{figure}{letter}/{symbol}", int(year) if year else None)


def is_decision_to_inspect(line: RegisterLine) -> bool:
    """Tell whether a row reads like a decision to inspect: a decision whose summary speaks of kiểm tra."""
    number = number_of(line.number)
    is_decision = number is not None and "QD" in re.split(r"[-/.]", fold(number.symbol).upper())
    return is_decision and "kiem tra" in fold(line.summary)


def matched(lines: Iterable[RegisterLine], known: Iterable[Known]) -> Mapping[int, int]:
    """Return, by row, the inspection whose decision has that number in that year."""
    by_key: dict[tuple[str, int], int] = {}
    for case in known:
        for key in _keys(case):
            by_key.setdefault(key, case.pk)
    found = {}
    for line in lines:
        number = number_of(line.number)
        if number is not None and (pk := by_key.get((number.symbol, line.signed_on.year))):
            found[line.row] = pk
    return found


def _keys(case: Known) -> list[tuple[str, int]]:
    """Return the keys of a case: of an undated decision, the year of completion and the one before."""
    number = number_of(case.number)
    if number is None:
        return []
    if case.decided_on:
        return [(number.symbol, case.decided_on.year)]
    if number.year:
        return [(number.symbol, number.year)]
    if case.completed_on is None:
        return []
    return [(number.symbol, case.completed_on.year), (number.symbol, case.completed_on.year - 1)]


def covered(spans: Iterable[tuple[date, date]], start: date, end: date) -> bool:
    """Tell whether the half-open spans together leave no day of [start, end) out."""
    reached = start
    for first, last in sorted(spans):
        if first > reached:
            break
        reached = max(reached, last)
    return reached >= end


def owed_until(start: date, end: date, as_of: date) -> date:
    """Return up to where a period must be reconciled on a day: reconciling is monthly, so to the month's start.

    A period that began within this month owes nothing less than the day itself.
    """
    month = as_of.replace(day=1)
    return min(end, month) if month > start else min(end, date.fromordinal(as_of.toordinal() + 1))
