"""What a row says of a completion, beside what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from courses.models import Completion, Course, Revocation
from courses.rules import valid_until
from courses.states import RevocationMode
from lms.base.dates import local_date
from lms.base.importing import Row
from lms.people.importing.described import in_words
from lms.people.models import Person

Facts = dict[str, Any]
DEFAULT_TAGS = ["DS"]


@dataclass
class TrainingItem:
    """One completion to add or correct."""

    row: Row
    person: Person
    course: Course | None
    completion: Completion | None
    old: Facts | None
    new: Facts

    def __str__(self) -> str:
        return f"{self.row['person_id']} {self.row['course_code']} {local_date(self.row['completed_at'])}"

    @property
    def differences(self) -> Facts:
        """The facts that are to change."""
        return {
            name: value for name, value in self.new.items() if self.old is None or self.old[name] != value
        }


def facts_of(completion: Completion) -> Facts:
    """Return what is known, in the terms of the file."""
    revocation = getattr(completion, "revocation", None)
    return {
        "course_name": completion.course_name,
        "hours": completion.hours,
        "is_ds": completion.is_ds,
        "is_da": completion.is_da,
        "passed": completion.passed,
        "verified_on": completion.verified_on,
        "provider": completion.provider,
        "certificate_no": completion.certificate_no,
        "valid_until": completion.valid_until,
        "revoked_on": revocation.on if revocation else None,
        "revoked_mode": revocation.mode if revocation else None,
    }


def facts_in_words(facts: Facts) -> dict[str, Any]:
    """Return facts under the names people know them by, empty ones left out."""
    withdrawal = {name.removeprefix("revoked_"): facts[name] for name in facts if name.startswith("revoked_")}
    own = {name: value for name, value in facts.items() if not name.startswith("revoked_")}
    return in_words(Completion(), own) | in_words(Revocation(), withdrawal)


def facts_said(row: Row, course: Course | None, old: Facts | None, *, may_verify: bool) -> Facts:
    """Return what the row says; a column the file does not have leaves a known completion as it is."""
    kept = old or {}
    tags = _tags(row, kept)
    facts = {
        "course_name": _name(row, course, kept),
        "hours": _hours(row, course, kept),
        "is_ds": "DS" in tags,
        "is_da": "DA" in tags,
        "passed": _passed(row, kept),
        "verified_on": _verified_on(row, kept) if may_verify else kept.get("verified_on"),
        "provider": row.said("provider", kept.get("provider")) or "",
        "certificate_no": row.said("certificate_no", kept.get("certificate_no")) or "",
        "valid_until": _valid_until(row, course, kept),
        "revoked_on": row.said("revoked_on", kept.get("revoked_on")),
    }
    return {**facts, "revoked_mode": _revoked_mode(row, facts, kept)}


def _name(row: Row, course: Course | None, kept: Facts) -> str:
    otherwise = kept.get("course_name") or (course.name if course else row["course_code"])
    return str(row["course_name"] or otherwise)


def _hours(row: Row, course: Course | None, kept: Facts) -> Decimal:
    if row["hours"] is not None:
        return Decimal(row["hours"])
    if "hours" in kept:
        return Decimal(kept["hours"])
    return course.hours if course else Decimal(0)


def _tags(row: Row, kept: Facts) -> list[str]:
    known = [tag for tag, name in (("DS", "is_ds"), ("DA", "is_da")) if kept.get(name)]
    return row.said("tags", known) or DEFAULT_TAGS


def _passed(row: Row, kept: Facts) -> bool:
    said = row.said("passed", kept.get("passed"))
    return True if said is None else bool(said)


def _verified_on(row: Row, kept: Facts) -> Any:
    if not row.columns & {"verified", "verified_on"} and kept:
        return kept["verified_on"]
    if row["verified"] is False:
        return None
    return row["verified_on"] or local_date(row["completed_at"])


def _valid_until(row: Row, course: Course | None, kept: Facts) -> date | None:
    """Return the last day it is valid: as the row says, or as the course says of one that is new."""
    on = local_date(row["completed_at"])
    by_course = valid_until(on, course.valid_months) if course and not kept else None
    return row.said("valid_until", kept.get("valid_until", by_course))


def _revoked_mode(row: Row, facts: Facts, kept: Facts) -> str | None:
    if facts["revoked_on"] is None:
        return None
    mode = row.said("revoked_mode", kept.get("revoked_mode"))
    return str(mode or RevocationMode.FROM_DATE)
