"""The rules by which the cells of an uploaded workbook are checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.content import Json, Malformed, member, one_of, words
from courses.questions.numbers import stored_number
from courses.questions.workbook import Cell, Sheet, Workbook, cells, span
from lms.base.vietnamese import fold, nfc, text_sort_key

CHECKS = {
    "number": gettext_lazy("holds this number"),
    "text": gettext_lazy("holds this text"),
    "not_empty": gettext_lazy("is not empty"),
    "formula_uses": gettext_lazy("is a formula that uses this function"),
    "sum_equals": gettext_lazy("adds up to this number"),
    "count_equals": gettext_lazy("has this many filled cells"),
    "sorted": gettext_lazy("is sorted (value: asc or desc)"),
    "unique": gettext_lazy("holds nothing twice"),
}
NEEDS_NUMBER = {"number", "sum_equals", "count_equals"}
NEEDS_VALUE = NEEDS_NUMBER | {"text", "formula_uses"}
ORDERS = ("asc", "desc")
MAX_POINTS = 100
TEXT_ORDERS: tuple[Callable[[str], str], ...] = (text_sort_key, fold, str.casefold)
FUNCTION = re.compile(r"[A-Z][A-Z0-9.]{0,39}")


@dataclass(frozen=True)
class SheetRule:
    """One rule: what a cell or a range must be, how much it weighs, and what is said where it is not so."""

    sheet: str
    cell: str
    check: str
    value: str = ""
    tolerance: str = "0"
    points: int = 1
    message: str = ""

    @classmethod
    def from_json(cls, data: Any) -> SheetRule:
        """Read one rule."""
        points = member(data, "points", int, 1)
        if not 1 <= points <= MAX_POINTS:
            raise Malformed(_("The points of a rule lie between 1 and 100."))
        return cls(
            words(data, "sheet"),
            words(data, "cell").upper().replace("$", ""),
            one_of(data, "check", tuple(CHECKS)),
            words(data, "value"),
            words(data, "tolerance") or "0",
            points,
            words(data, "message"),
        )

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "check": self.check,
            "value": self.value,
            "tolerance": self.tolerance,
            "points": self.points,
            "message": self.message,
        }

    def problems(self) -> Iterator[str]:
        """Say what is wrong with this rule."""
        tolerance = stored_number(self.tolerance)
        if span(self.cell) is None:
            yield _("“%(cell)s” is no cell or range, such as B7 or B2:B20.") % {"cell": self.cell}
        if tolerance is None or tolerance < 0:
            yield _("The tolerance is a number that is not negative.")
        if self.check in NEEDS_VALUE and not self.value:
            yield _("This check needs a value to compare with.")
        elif self.check in NEEDS_NUMBER and stored_number(self.value) is None:
            yield _("The value to compare with must be a number.")
        elif self.check == "formula_uses" and not FUNCTION.fullmatch(self.value.upper()):
            yield _("The value must be the name of a function, such as SUMIFS.")
        elif self.check == "sorted" and self.value not in ("", *ORDERS):
            yield _("The value must be asc or desc.")

    def holds(self, workbook: Workbook) -> bool:
        """Say whether the workbook keeps this rule."""
        sheet = self._sheet(workbook)
        found = list(cells(sheet, self.cell)) if sheet is not None else []
        return bool(found) and _CHECKS[self.check](self, found)

    def uncounted(self, workbook: Workbook) -> list[str]:
        """Return the cells of this rule whose formula was stored without its value."""
        sheet: Sheet = self._sheet(workbook) or {}
        bare = (cell for cell in cells(sheet, self.cell) if cell.formula and cell.value is None)
        return [f"{self.sheet or '1'}!{self.cell}"] if self.check != "formula_uses" and any(bare) else []

    def _sheet(self, workbook: Workbook) -> Sheet | None:
        """Return the sheet named, accents of another Unicode form and letter case aside; the first where none is."""
        if not self.sheet:
            return next(iter(workbook.values()), None)
        wanted = _plain(self.sheet)
        return next((sheet for name, sheet in workbook.items() if _plain(name) == wanted), None)

    def near(self, value: Fraction) -> bool:
        """Say whether a number is the rule's own, within its tolerance."""
        wanted, tolerance = stored_number(self.value), stored_number(self.tolerance)
        return wanted is not None and tolerance is not None and abs(value - wanted) <= tolerance


def _plain(text: str) -> str:
    return " ".join(nfc(text).casefold().split())


def _number(cell: Cell) -> Fraction | None:
    value = cell.value
    return Fraction(value) if isinstance(value, Decimal) else None


def _is_filled(cell: Cell) -> bool:
    return cell.value is not None and cell.value != ""


def _is_number(rule: SheetRule, found: list[Cell]) -> bool:
    return all((number := _number(cell)) is not None and rule.near(number) for cell in found)


def _is_text(rule: SheetRule, found: list[Cell]) -> bool:
    return all(isinstance(cell.value, str) and _plain(cell.value) == _plain(rule.value) for cell in found)


def _is_not_empty(rule: SheetRule, found: list[Cell]) -> bool:
    return all(_is_filled(cell) for cell in found)


def _uses_function(rule: SheetRule, found: list[Cell]) -> bool:
    # Text between quotation marks calls nothing; newer functions are stored with a prefix (_xlfn.XLOOKUP).
    call = re.compile(rf"(?<![A-Z0-9_])(?:_XLFN\.|_XLWS\.)*{re.escape(rule.value.upper())}\s*\(")
    return all(call.search(re.sub(r'"[^"]*"', '""', cell.formula).upper()) for cell in found)


def _adds_up(rule: SheetRule, found: list[Cell]) -> bool:
    numbers = [number for cell in found if (number := _number(cell)) is not None]
    return bool(numbers) and rule.near(sum(numbers, Fraction(0)))


def _counts(rule: SheetRule, found: list[Cell]) -> bool:
    return rule.near(Fraction(sum(_is_filled(cell) for cell in found)))


def _is_sorted(rule: SheetRule, found: list[Cell]) -> bool:
    values = [cell.value for cell in found if _is_filled(cell)]
    # Programs sort Vietnamese text by different rules; any of the usual ones counts.
    if values and all(isinstance(value, str) for value in values):
        return any(_runs([key(str(value)) for value in values], rule.value) for key in TEXT_ORDERS)
    return bool(values) and all(isinstance(value, Decimal) for value in values) and _runs(values, rule.value)


def _runs(values: list[Any], order: str) -> bool:
    pairs = pairwise(reversed(values) if order == "desc" else values)
    return all(first <= second for first, second in pairs)


def _is_unique(rule: SheetRule, found: list[Cell]) -> bool:
    values = [
        _plain(cell.value) if isinstance(cell.value, str) else cell.value
        for cell in found
        if _is_filled(cell)
    ]
    return bool(values) and len(set(values)) == len(values)


_CHECKS: dict[str, Callable[[SheetRule, list[Cell]], bool]] = {
    "number": _is_number,
    "text": _is_text,
    "not_empty": _is_not_empty,
    "formula_uses": _uses_function,
    "sum_equals": _adds_up,
    "count_equals": _counts,
    "sorted": _is_sorted,
    "unique": _is_unique,
}
