"""At most one inspection a year: NQ 198/2025/QH15 Điều 4 (companies, household businesses, traders)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inspections.states import PROTECTED_SUBJECTS, Act


class Ruling(StrEnum):
    ALLOW = "ALLOW"
    ALLOW_WITH_REASON = "ALLOW_WITH_REASON"
    BLOCK = "BLOCK"


@dataclass(frozen=True)
class Earlier:
    """One case the subject already had: act KT or TT, its field, the year of its decision."""

    act: str
    field: str
    year: int


def stands_in_the_way(earlier: Earlier, *, field: str, year: int) -> bool:
    """Tell whether an earlier case uses up this year's inspection on this field."""
    if earlier.year != year:
        return False
    return earlier.act == Act.KT or (earlier.act == Act.TT and earlier.field.casefold() == field.casefold())


def once_a_year(
    *, subject_kind: str, act: str, field: str, year: int, clear_signs: bool, history: Iterable[Earlier]
) -> Ruling:
    """Decide whether a decision of this year may name this subject, given the cases it already had."""
    if act != Act.KT or subject_kind not in PROTECTED_SUBJECTS:
        return Ruling.ALLOW
    if not any(stands_in_the_way(earlier, field=field, year=year) for earlier in history):
        return Ruling.ALLOW
    return Ruling.ALLOW_WITH_REASON if clear_signs else Ruling.BLOCK
