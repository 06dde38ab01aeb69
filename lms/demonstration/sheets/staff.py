"""The staff sheet and the leave sheet."""

from collections.abc import Iterator
from datetime import timedelta

from lms.demonstration.sheets.careers import HISTORY_TO, TRANSFERS_FROM, Career
from lms.demonstration.sheets.chance import chance, day_between

STAFF_COLUMNS = (
    "person_id",
    "same_as",
    "full_name",
    "birth_date",
    "gender",
    "email",
    "category",
    "agency_code",
    "position",
    "rank",
    "post_from",
    "post_to",
    "primary",
)
LEAVE_COLUMNS = ("person_id", "leave_from", "leave_to", "kind")
DUPLICATES = 8
LEAVES = 48
LEAVE_KINDS = (
    ("Nghỉ thai sản", 184),
    ("Đi học tập trung", 300),
    ("Nghỉ ốm dài ngày", 120),
    ("Nghỉ không lương", 60),
)


def staff_rows(careers: list[Career], players: list[Career]) -> Iterator[dict[str, str]]:
    """Yield one row a post, then the records found to be duplicates."""
    for career in [*players, *careers]:
        for stint in career.stints:
            yield _person(career) | {
                "category": stint.title.category,
                "agency_code": stint.agency_code,
                "position": stint.title.position,
                "rank": stint.title.rank,
                "post_from": stint.start.isoformat(),
                "post_to": stint.end.isoformat() if stint.end else "",
                "primary": "yes" if stint.primary else "no",
            }
    for career in twice_recorded(careers):
        category = career.main[-1].title.category
        blank = dict.fromkeys(STAFF_COLUMNS, "")
        yield (
            blank
            | _person(career)
            | {
                "person_id": old_number(career),
                "same_as": career.number,
                "email": "",
                "category": category,
                "primary": "yes",
            }
        )


def twice_recorded(careers: list[Career]) -> list[Career]:
    """Return those who also stand in the books under their old 9-digit number."""
    serving = [career for career in careers if career.still_serves and career.birth.year < 1985]
    return chance("duplicates").sample(serving, DUPLICATES)


def old_number(career: Career) -> str:
    """Return the invented 9-digit number of the old identity card."""
    return f"099{career.number[-6:]}"


def leave_rows(careers: list[Career]) -> Iterator[dict[str, str]]:
    """Yield the approved leaves."""
    source = chance("leave")
    for career in source.sample([c for c in careers if c.still_serves], LEAVES):
        kind, days = source.choice(LEAVE_KINDS if career.female else LEAVE_KINDS[1:])
        start = day_between(source, max(career.main[-1].start, TRANSFERS_FROM), HISTORY_TO)
        yield {
            "person_id": career.number,
            "leave_from": start.isoformat(),
            "leave_to": (start + timedelta(days)).isoformat(),
            "kind": kind,
        }


def _person(career: Career) -> dict[str, str]:
    return {
        "person_id": career.number,
        "same_as": "",
        "full_name": career.name,
        "birth_date": career.birth.isoformat(),
        "gender": "female" if career.female else "male",
        "email": career.email,
    }
