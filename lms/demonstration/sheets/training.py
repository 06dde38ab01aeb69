"""The training sheet: who completed which course when, so that units and years differ clearly."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import chain

from lms.demonstration.sheets.agencies import DATA
from lms.demonstration.sheets.careers import Career, Stint
from lms.demonstration.sheets.chance import chance, weighted, working_day
from lms.demonstration.sheets.learners import hall, learners
from lms.demonstration.sheets.staff import old_number, twice_recorded

COLUMNS = (
    "person_id",
    "course_code",
    "course_name",
    "tags",
    "hours",
    "completed_at",
    "passed",
    "verified",
    "verified_on",
    "revoked_on",
    "revoked_mode",
    "provider",
    "certificate_no",
)
LAST_DAY = date(2026, 11, 14)
VIETNAM = timezone(timedelta(hours=7))
OWN_PROVIDERS = {
    "82": "Trường Chính trị Tiền Giang",
    "87": "Trường Chính trị tỉnh Đồng Tháp",
    "": "Trường Chính trị tỉnh Đồng Tháp",
}
# Share of staff reached in a year: the push of 2025 ("Bình dân học vụ số") shows.
REACH = {2021: 0.12, 2022: 0.2, 2023: 0.27, 2024: 0.33, 2025: 0.52, 2026: 0.42}
KEEN = ("STTTT", "SKHCN", "SNV", "TTCNTT", "TCT", "VPUBND")
SLOW = ("MTTQ", "BQL", "THPT", "BVDK")
FAILED, UNVERIFIED, REVOKED, AS_INSTANT = 0.04, 0.14, 0.008, 0.25


@dataclass(frozen=True)
class Course:
    """A course as the sheet names it."""

    code: str
    name: str
    hours: str
    tags: str
    provider: str
    valid_months: str

    @property
    def is_own(self) -> bool:
        """Whether the province's own school holds it."""
        return self.provider == "own"


def catalogue() -> list[Course]:
    """Return the courses of the province and the outside ones."""
    with (DATA / "catalogue.csv").open(encoding="utf-8", newline="") as sheet:
        return [Course(**row) for row in csv.DictReader(sheet)]


def training_rows(careers: list[Career], players: list[Career]) -> Iterator[dict[str, str]]:
    """Yield the completions of everybody, some of them under a duplicate's number."""
    courses = catalogue()
    yield from _of_players(players, courses[0])
    noticed = chain.from_iterable(hall(careers).values())
    sitting = {learner.number: learner.course_code for learner in (*learners(careers), *noticed)}
    twice = {career.number for career in twice_recorded(careers)}
    for career in careers:
        source = chance("training", career.number)
        rows = list(_of_one(career, courses, source, sitting.get(career.number)))
        if career.number in twice and rows:
            rows[0]["person_id"] = old_number(career)
        yield from rows


def _of_players(players: list[Career], course: Course) -> Iterator[dict[str, str]]:
    """Yield 4 of the 8 hours of I1 for each player, so that one exam is seen to move the figure."""
    day = date(2026, 3, 12)
    for career in players:
        source = chance("training", career.number)
        yield _row(career, career.stints[0], course, day, source) | {
            "completed_at": day.isoformat(),
            "passed": "yes",
            "verified": "yes",
            "revoked_on": "",
            "revoked_mode": "",
        }


def zeal(stint: Stint) -> float:
    """Return how eagerly an agency trains its staff."""
    code = stint.agency_code
    if any(word in code for word in KEEN):
        return 1.7
    if any(word in code for word in SLOW):
        return 0.55
    return chance("zeal", code).uniform(0.25, 1.5)


def _of_one(
    career: Career, courses: list[Course], source: random.Random, still_to_sit: str | None
) -> Iterator[dict[str, str]]:
    taken: set[str | None] = {still_to_sit}
    for year, reach in REACH.items():
        for _try in range(2):
            day = working_day(source, date(year, 2, 1), min(date(year, 12, 20), LAST_DAY))
            stint = career.at(day)
            if stint is None or source.random() > min(0.96, reach * zeal(stint)):
                continue
            course = _choose(courses, stint, source)
            if course.code not in taken:
                taken.add(course.code)
                yield _row(career, stint, course, day, source)


def _choose(courses: list[Course], stint: Stint, source: random.Random) -> Course:
    return weighted(source, [(course, _weight(course, stint)) for course in courses])


def _weight(course: Course, stint: Stint) -> float:
    office = not stint.agency_code.isdigit()
    if course.tags != "DS":
        return 1.1 if office else 0.55
    if course.code in ("DS10", "HV-CDS"):
        return 3.0 if stint.title.leads else 0.05
    if course.code == "DS12":
        return 4.0 if stint.title.category == "VC" else 0.05
    if course.code == "DS11":
        return 0.8 if office else 0.2
    return 1.0


def _row(career: Career, stint: Stint, course: Course, day: date, source: random.Random) -> dict[str, str]:
    passed = source.random() > FAILED
    verified = passed and (course.is_own or source.random() > UNVERIFIED)
    row = dict.fromkeys(COLUMNS, "") | {
        "person_id": career.number,
        "course_code": course.code,
        "course_name": course.name,
        "tags": course.tags,
        "hours": course.hours,
        "completed_at": _moment(day, source),
        "passed": "yes" if passed else "no",
        "verified": "yes" if verified else "no",
        "provider": _provider(course, stint),
    }
    if verified and not course.is_own:
        row["verified_on"] = (day + timedelta(source.randint(3, 40))).isoformat()
    if passed:
        row["certificate_no"] = f"{course.code}/{day.year}/{int(career.number[-6:]):05d}"
    if verified and source.random() < REVOKED:
        row["revoked_on"] = min(day + timedelta(source.randint(60, 400)), LAST_DAY).isoformat()
        row["revoked_mode"] = source.choice(("from_date", "ab_initio"))
    return row


def _provider(course: Course, stint: Stint) -> str:
    if not course.is_own:
        return course.provider
    code = stint.agency_code
    former = "82" if code.startswith(("TG-", "81", "82", "28")) else "87"
    return OWN_PROVIDERS[former]


def _moment(day: date, source: random.Random) -> str:
    if source.random() > AS_INSTANT:
        return day.isoformat()
    clock = time(source.randint(8, 16), source.randrange(60))
    return datetime.combine(day, clock, VIETNAM).isoformat()
