"""Whether a planned inspection meets another one: the once-a-year rule, asked beforehand."""

from inspections.plan_states import Clash
from inspections.rules.once_a_year import Earlier, Ruling, once_a_year
from inspections.states import Act
from lms.base.vietnamese import fold


def clash_of(*, subject_kind: str, act: str, field: str, year: int, other: Earlier) -> Clash | None:
    """Tell how a planned inspection of a subject meets another one of the same subject; None where it does not.

    A business may be inspected once a year, whatever the field, and not in a field of a thanh tra
    (NQ 198/2025/QH15, Điều 4). Of the others the same field twice is what NĐ 217/2025 Điều 7.2.a wants avoided.
    """
    if other.year != year:
        return None
    ruling = once_a_year(
        subject_kind=subject_kind, act=act, field=field, year=year, clear_signs=False, history=[other]
    )
    if ruling == Ruling.BLOCK or (act == Act.TT and _gives_way(subject_kind, field, year, other)):
        return Clash.YEAR
    return Clash.FIELD if fold(field) == fold(other.field) else None


def _gives_way(subject_kind: str, field: str, year: int, other: Earlier) -> bool:
    """Tell whether the other one, a kiểm tra, could not be decided beside this thanh tra."""
    ruling = once_a_year(
        subject_kind=subject_kind,
        act=other.act,
        field=other.field,
        year=year,
        clear_signs=False,
        history=[Earlier(Act.TT, field, year)],
    )
    return ruling == Ruling.BLOCK
