"""A number with its tolerance and, where it has one, its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from courses.questions.content import (
    EVERYTHING,
    NOTHING,
    Content,
    Json,
    Posted,
    Uploads,
    flag,
    one_of,
    only,
    repeated,
    rows,
    said,
    unreadable,
    words,
)
from courses.questions.numbers import Unclear, stored_number, typed_form, typed_number
from courses.states import QuestionKind

TOLERANCES = ("absolute", "percent")


@dataclass(frozen=True)
class Unit:
    """A unit, and by what a number in it is multiplied to be compared with the value."""

    unit: str
    factor: str = "1"

    @classmethod
    def from_json(cls, data: Any) -> Unit:
        """Read one unit."""
        return cls(words(data, "unit"), words(data, "factor") or "1")

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {"unit": self.unit, "factor": self.factor}


@dataclass(frozen=True)
class Numeric(Content):
    """A value (exact, in the notation 12.5), how far from it still counts, and the units a learner may choose."""

    kinds = (QuestionKind.NUMERIC,)

    value: str = ""
    tolerance: str = "0"
    tolerance_kind: str = "absolute"
    units: list[Unit] = field(default_factory=list)
    unit_required: bool = False
    kind: str = QuestionKind.NUMERIC.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Numeric:
        """Read value, tolerance and units."""
        return cls(
            words(data, "value"),
            words(data, "tolerance") or "0",
            one_of(data, "tolerance_kind", TOLERANCES),
            [Unit.from_json(one) for one in rows(data, "units")],
            flag(data, "unit_required"),
        )

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {
            "value": self.value,
            "tolerance": self.tolerance,
            "tolerance_kind": self.tolerance_kind,
            "units": [unit.to_json() for unit in self.units],
            "unit_required": self.unit_required,
        }

    def problems(self) -> Iterator[str]:
        """Say what is wrong with value, tolerance or units."""
        tolerance = stored_number(self.tolerance)
        if stored_number(self.value) is None:
            yield _("Give the right number.")
        if tolerance is None or tolerance < 0:
            yield _("The tolerance is a number that is not negative.")
        for unit in self.units:
            factor = stored_number(unit.factor)
            if not unit.unit or factor is None or factor <= 0:
                yield _("Each unit needs a name and a positive factor.")
        for name in repeated([unit.unit for unit in self.units if unit.unit]):
            yield _("Two units are the same: “%(text)s”.") % {"text": name}
        if self.units and not any(stored_number(unit.factor) == 1 for unit in self.units):
            yield _("One unit must have the factor 1: the one in which the right number is given.")
        if self.unit_required and not self.units:
            yield _("A unit is asked for, but none is listed.")

    def shown(self, rng: Random) -> Json:
        """Return the units by name only: their factors are half the answer."""
        units = [unit.unit for unit in self.units]
        return {
            "kind": self.kind,
            "units": rng.sample(units, len(units)),
            "unit_required": self.unit_required,
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Compare exactly; a missing unit is the value's own unless one is asked for."""
        value, tolerance = stored_number(self.value), stored_number(self.tolerance)
        factor = self._factor(said(response, "unit"))
        try:
            given = typed_number(said(response, "number"))
        except Unclear:
            return NOTHING
        if value is None or tolerance is None or factor is None:
            return NOTHING
        if self.tolerance_kind == "percent":
            tolerance = abs(value) * tolerance / 100
        return EVERYTHING if abs(given * factor - value) <= tolerance else NOTHING

    def _factor(self, unit: str) -> Fraction | None:
        if not unit:
            return None if self.unit_required else EVERYTHING
        return next((stored_number(one.factor) for one in self.units if one.unit == unit), None)

    def key(self) -> Json:
        """Return the value in its own unit."""
        number = typed_form(self.value)
        return {"number": number, "unit": self.own_unit} if self.own_unit else {"number": number}

    @property
    def own_unit(self) -> str:
        """The unit in which the value is given."""
        return next((one.unit for one in self.units if stored_number(one.factor) == 1), "")

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse what is no number, what could be two numbers, and a unit that was not offered."""
        number, unit = response.get("number", ""), response.get("unit", "")
        if not only(response, "number", "unit") or not isinstance(number, str) or not isinstance(unit, str):
            return unreadable()
        if unit and unit not in shown["units"]:
            return _("The answer names a unit that this question does not have.")
        if not number.strip():
            return None
        try:
            typed_number(number)
        except Unclear as unclear:
            return str(unclear)
        return None

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the number and the unit."""
        number, unit = data.get(name, "").strip(), data.get(f"{name}.unit", "")
        response = {"number": number} if number else {}
        return {**response, "unit": unit} if unit else response
