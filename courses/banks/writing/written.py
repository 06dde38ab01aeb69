"""A written bank, and what of it stayed behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from courses.banks.found import Found
from courses.banks.numbers import number_of, written
from courses.states import QuestionKind
from lms.base.importing import Problem
from lms.base.importing.problems import Severity

SHOWN = 60
ALL = Decimal(100)
FINE = Decimal("0.00001")


@dataclass
class Written:
    """The file, how many questions it holds, and a sentence for each that is not in it or not whole."""

    content: bytes = b""
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def leave_out(self, found: Found, sentence: str) -> None:
        """Say why a question is not in the file."""
        self._note(found, sentence, "error")

    def warn(self, found: Found, sentence: str) -> None:
        """Say what of a question another program will not know."""
        self._note(found, sentence, "warning")

    def _note(self, found: Found, sentence: str, severity: Severity) -> None:
        self.problems.append(Problem(found.place, found.code, found.text[:SHOWN], sentence, severity))


def weights(content: dict[str, Any]) -> list[Decimal]:
    """Return the share of each option in %, so that the sum is all and the rule of partial credit can be told."""
    right = sum(option["is_right"] for option in content["options"])
    partial = content.get("partial", "none")
    share = (ALL / max(right, 1)).quantize(FINE)
    wrong = {"none": -ALL, "right_minus_wrong": -share}.get(partial, Decimal(0))
    return [share if option["is_right"] else wrong for option in content["options"]]


def is_told_by_weights(content: dict[str, Any]) -> bool:
    """Tell whether the weights say the rule of partial credit by themselves."""
    has_wrong = not all(option["is_right"] for option in content["options"])
    return has_wrong and content.get("partial", "none") != "none"


def tolerance_of(content: dict[str, Any]) -> str:
    """Return the tolerance as a distance from the value."""
    tolerance = number_of(content.get("tolerance", "0")) or Decimal(0)
    if content.get("tolerance_kind") != "percent":
        return written(tolerance)
    return written(abs(number_of(content["value"]) or Decimal(0)) * tolerance / 100)


def multiplier_of(factor: str) -> str:
    """Return Moodle's multiplier of a unit: a response is divided by it, where our factor multiplies."""
    exact = 1 / Fraction(factor)
    return written(Decimal(exact.numerator) / Decimal(exact.denominator))


def name_of(found: Found) -> str:
    """Return the title under which another program lists the question."""
    words = " ".join(found.text.split())
    return words if len(words) <= 250 else f"{words[:249]}…"


def without_form(kind: str) -> str:
    """Say that a format has no form for a type."""
    return _("This format has no form for the type “%(kind)s”.") % {"kind": QuestionKind(kind).label}
