"""Working lives: who served where from when to when, through transfers and mergers."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from lms.base.vietnamese import fold
from lms.demonstration.sheets.agencies import PROVINCES_MERGED, Unit, units
from lms.demonstration.sheets.chance import chance, day_between
from lms.demonstration.sheets.names import full_name, personal_number
from lms.demonstration.sheets.titles import Title, leaders, seats_after_merger, staff_title

HISTORY_TO = date(2026, 11, 1)
TRANSFERS_FROM = date(2021, 3, 1)
FIRST_JOB_AGE = 22
TRANSFER_RATE = 0.1
# Part-time commune staff were released with the reform (Kết luận 137-KL/TW).
PART_TIME_END = date(2025, 8, 1)
SIZES = {"district": (11, 17), "commune": (4, 6), "province": (9, 15)}
UNIT_SIZES = {"82": (24, 36), "87": (12, 18)}
SMALL_SIZES = {"district": (4, 7), "commune": (2, 2), "province": (4, 6)}


@dataclass(frozen=True)
class Stint:
    """Somebody at an agency, under one title, from a day up to a day."""

    agency_code: str
    title: Title
    start: date
    end: date | None = None
    primary: bool = True


@dataclass
class Career:
    """One invented person with all their posts."""

    number: str
    name: str
    birth: date
    female: bool
    email: str
    stints: list[Stint] = field(default_factory=list)

    @property
    def main(self) -> list[Stint]:
        """The primary posts, in order."""
        return [stint for stint in self.stints if stint.primary]

    @property
    def still_serves(self) -> bool:
        """Whether the last post is open."""
        return self.main[-1].end is None

    def at(self, day: date) -> Stint | None:
        """Return the primary post of the day."""
        return next((s for s in self.main if s.start <= day and (s.end is None or day < s.end)), None)


class Register:
    """Hires people into every agency and follows them until today."""

    def __init__(self) -> None:
        self.units = units()
        self.by_code: dict[str, list[Unit]] = {}
        for unit in self.units:
            self.by_code.setdefault(unit.code, []).append(unit)
        self.placed: Counter[str] = Counter()
        self.careers: list[Career] = []

    def fill(self) -> list[Career]:
        """Return everybody."""
        for unit in self.units:
            if unit.kind == "Tỉnh" or self._is_heir_before_merger(unit):
                continue
            source = chance("roster", unit.code, unit.valid_from)
            for place, title in enumerate(self._roster(unit, source)):
                self._hire(unit, title, place, source)
        return self.careers

    def unit_on(self, code: str, day: date) -> Unit:
        """Return the agency that bears the code on the day."""
        return next(
            u
            for u in reversed(self.by_code[code])
            if u.valid_from <= day and (u.valid_to is None or day < u.valid_to)
        )

    def _is_heir_before_merger(self, unit: Unit) -> bool:
        """Tell whether the agency arose from others before the great merger and so brings nobody new."""
        heirs = {
            code for other in self.units if other.valid_to == unit.valid_from for code in other.successors
        }
        return unit.valid_from < PROVINCES_MERGED and unit.code in heirs

    def _roster(self, unit: Unit, source: random.Random) -> list[Title]:
        if unit.valid_from >= PROVINCES_MERGED:
            count = source.choice((0, 1, 1, 2)) if unit.level == "commune" else source.choice((1, 2, 3))
            return [staff_title(unit, source) for _ in range(count)]
        size = source.randint(*_size(unit))
        heads = leaders(unit)[:size]
        return [*heads, *(staff_title(unit, source) for _ in range(size - len(heads)))]

    def _hire(self, unit: Unit, title: Title, place: int, source: random.Random) -> None:
        career = self._new_person(unit, title, source)
        start = self._first_day(unit, title, career.birth, source)
        end = self._last_day(career, title, start, source)
        self._serve(career, unit, title, start, end, source)
        self.careers.append(career)

    def _new_person(self, unit: Unit, title: Title, source: random.Random) -> Career:
        female = source.random() < (0.62 if title.category == "VC" else 0.3 if title.leads else 0.48)
        oldest, youngest = (1966, 1986) if title.leads else (1968, 2000)
        birth = day_between(source, date(oldest, 1, 1), date(youngest, 12, 31))
        name = full_name(source, female=female)
        order = len(self.careers) + 1
        *others, given = fold(name).split()
        email = f"{given}.{''.join(word[0] for word in others)}{order:04d}@songtien.example"
        return Career(personal_number(birth, order, female=female), name, birth, female, email)

    def _first_day(self, unit: Unit, title: Title, birth: date, source: random.Random) -> date:
        grown = date(birth.year + FIRST_JOB_AGE, 9, 1)
        if unit.valid_from >= PROVINCES_MERGED:
            return day_between(source, PROVINCES_MERGED, HISTORY_TO)
        earliest = max(unit.valid_from, grown)
        latest = unit.valid_to or HISTORY_TO
        if grown <= unit.valid_from and source.random() < 0.6:
            return unit.valid_from
        return min(
            day_between(source, earliest, max(latest, earliest + timedelta(2))), latest - timedelta(30)
        )

    def _last_day(self, career: Career, title: Title, start: date, source: random.Random) -> date | None:
        if title.category == "KCT" and start < PART_TIME_END and source.random() < 0.8:
            return PART_TIME_END
        pension = date(career.birth.year + (57 if career.female else 61), career.birth.month, 1)
        early = source.random()
        if early < 0.05:
            # Leaving early with the reform (NĐ 178/2024/NĐ-CP), mostly on the day of the merger.
            pension = min(pension, PROVINCES_MERGED)
        elif early < 0.09:
            pension = min(pension, day_between(source, date(2021, 6, 1), HISTORY_TO))
        return pension if start + timedelta(60) < pension < HISTORY_TO else None

    def _serve(
        self, career: Career, unit: Unit, title: Title, start: date, end: date | None, source: random.Random
    ) -> None:
        move_on = self._transfer_day(title, start, end, source)
        while True:
            until = min(filter(None, (end, unit.valid_to, move_on)), default=None)
            career.stints.append(Stint(unit.code, title, start, until))
            if until is None or until == end:
                break
            if until == move_on:
                unit, title = self._elsewhere(unit, until, source)
                move_on = None
            else:
                unit, title = self._succeed(unit, title, until, source)
            start = until
        career.stints = _joined(career.stints, self)

    def _transfer_day(
        self, title: Title, start: date, end: date | None, source: random.Random
    ) -> date | None:
        earliest = max(start + timedelta(200), TRANSFERS_FROM)
        if title.leads or earliest >= HISTORY_TO or source.random() > TRANSFER_RATE:
            return None
        day = day_between(source, earliest, HISTORY_TO)
        return day if end is None or day < end else None

    def _elsewhere(self, unit: Unit, on: date, source: random.Random) -> tuple[Unit, Title]:
        lasts_until = on + timedelta(40)
        near = [
            other
            for other in self.units
            if (other.level, other.former_province) == (unit.level, unit.former_province)
            and other.kind not in ("Tỉnh", "Đơn vị sự nghiệp")
            and other.code != unit.code
            and other.valid_from <= on
            and (other.valid_to is None or lasts_until < other.valid_to)
        ]
        chosen = source.choice(near) if near else unit
        return chosen, staff_title(chosen, source)

    def _succeed(self, unit: Unit, title: Title, on: date, source: random.Random) -> tuple[Unit, Title]:
        code = source.choice(unit.successors)
        if unit.level == "district" and unit.is_split and source.random() < 0.2:
            code = source.choice(("SNV", "STC", "SXD", "SNNMT", "SKHCN"))
        heir = self.unit_on(code, on)
        if title.leads:
            return heir, self._seat(heir, title)
        return heir, title if not unit.is_split else staff_title(heir, source)

    def _seat(self, heir: Unit, title: Title) -> Title:
        seats = seats_after_merger(heir)
        taken = self.placed[f"{heir.code}/{heir.valid_from}"]
        self.placed[f"{heir.code}/{heir.valid_from}"] += 1
        return seats[min(taken, len(seats) - 1)]


@cache
def all_careers() -> list[Career]:
    """Return everybody, invented once a process."""
    return Register().fill()


def _size(unit: Unit) -> tuple[int, int]:
    if unit.kind == "Đơn vị sự nghiệp":
        return UNIT_SIZES[unit.former_province]
    return (SMALL_SIZES if unit.former_province == "87" else SIZES)[unit.level]


def _joined(stints: list[Stint], register: Register) -> list[Stint]:
    """Leave to the succession what it says by itself: a post that only goes on in the one successor."""
    kept = stints[:1]
    for stint in stints[1:]:
        before = kept[-1]
        unit = register.unit_on(before.agency_code, stint.start - timedelta(1))
        goes_on = unit.successors == (stint.agency_code,) and before.end == unit.valid_to
        if goes_on and before.title == stint.title and stint.end is None:
            kept[-1] = replace(before, end=None)
        else:
            kept.append(stint)
    return kept
