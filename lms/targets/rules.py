"""How the scheme's figures are decided: version 1 of every formula.

No official formula was published for any of them, so these are our reading, kept as a numbered
version: another reading is another version, and every figure prints the one it was made by.
"""

from dataclasses import dataclass
from datetime import date

from lms.targets.states import LeftOut, Variant

RULE_VERSION = "1"

# Teaching periods (tiết) of 45 minutes.
DIGITAL_SKILLS_HOURS = 8
DATA_ANALYSIS_HOURS = 16
# Approved leave longer than this takes a person out of the adjusted variant.
LONG_LEAVE_DAYS = 90

HEADLINE_CATEGORIES = ("CB", "CC", "VC")
WIDE_CATEGORIES = (*HEADLINE_CATEGORIES, "HD", "KCT")


@dataclass(frozen=True)
class Period:
    """The days from `start` up to, and without, `end`."""

    start: date
    end: date

    @classmethod
    def year_of(cls, day: date) -> "Period":
        return cls(date(day.year, 1, 1), date(day.year + 1, 1, 1))

    @classmethod
    def asked(cls, start: date | None, end: date | None, as_of: date) -> "Period":
        """Return the period asked for; a missing bound is that of the calendar year of `as_of`."""
        year = cls.year_of(as_of)
        return cls(start or year.start, end or year.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def is_empty(self) -> bool:
        return self.end <= self.start


@dataclass(frozen=True)
class Ratio:
    """A share of a whole, with the target it is held against (in percent)."""

    num: int
    den: int
    target: int

    @property
    def pct(self) -> str | None:
        """Two decimals, half up; no rate at all where there is nothing to share."""
        return percentage(self.num, self.den)

    @property
    def met(self) -> bool | None:
        """Decided on the counts: a rounded figure can look met when it is not."""
        return self.num * 100 >= self.target * self.den if self.den else None

    @property
    def missing(self) -> int:
        """How many more are needed to meet the target."""
        return max(0, -(-self.target * self.den // 100) - self.num)

    def __add__(self, other: "Ratio") -> "Ratio":
        """Add two parts of a whole: counts are added, rates never averaged."""
        return Ratio(self.num + other.num, self.den + other.den, self.target)

    def as_json(self) -> dict[str, object]:
        return {
            "num": self.num,
            "den": self.den,
            "pct": self.pct,
            "target": self.target,
            "met": self.met,
            "missing": self.missing,
        }


def percentage(num: int, den: int) -> str | None:
    """Return the share in percent with two decimals, half up, or None where `den` is 0."""
    if not den:
        return None
    hundredths = (num * 20000 + den) // (2 * den)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def categories(variant: str) -> tuple[str, ...]:
    """Return the categories of staff that count: HD and KCT only in the wide variant."""
    return WIDE_CATEGORIES if variant == Variant.WIDE else HEADLINE_CATEGORIES


def counted_since(variant: str, as_of: date) -> date | None:
    """Return the first day whose completions count; None where all earlier ones do."""
    return date(as_of.year, 1, 1) if variant == Variant.ANNUAL else None


def left_out(act: str, status: str, *, is_secret: bool) -> LeftOut | None:
    """Return why an inspection stands beside the rate, or None where it is counted."""
    if is_secret:
        return LeftOut.SECRET
    if act != "KT":
        return LeftOut(act)
    if status == "COMPLETED":
        return None
    return LeftOut(status) if status in LeftOut.values else LeftOut.RUNNING
