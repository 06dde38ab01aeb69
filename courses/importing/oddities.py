"""What cannot be in a row, and what looks odd in one that is taken all the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.importing.comparing import TrainingItem
from courses.importing.people_known import PeopleKnown
from lms.base.dates import local_date, today
from lms.base.importing import Row


def refuse_ended(item: TrainingItem) -> None:
    """Refuse a validity that is over before the completion."""
    until = item.new["valid_until"]
    if until is not None and until < local_date(item.row["completed_at"]):
        item.row.error("valid_until", _("lies before the completion"))


def warn_of_oddities(item: TrainingItem, people: PeopleKnown) -> None:
    """Say what an officer should look at."""
    row, on = item.row, local_date(item.row["completed_at"])
    if on > today():
        row.warning("completed_at", _("lies in the future"))
    if people.post_on(item.person, on) is None:
        row.warning("completed_at", _("lies outside every post of this person"))
    if not item.new["passed"] and item.new["certificate_no"]:
        row.warning("certificate_no", _("a failed course has a certificate number"))
    _warn_of_hours(item)
    _warn_of_verification(row, may_verify=people.may_verify(row))
    _warn_of_revocation(item)


def _warn_of_hours(item: TrainingItem) -> None:
    hours = item.new["hours"]
    if item.course is not None and hours != item.course.hours:
        item.row.warning(
            "hours", _("differs from the %(hours)s periods of the course") % {"hours": item.course.hours}
        )
    elif item.course is None and not hours:
        item.row.warning("hours", _("an outside course without periods counts as 0"))


def _warn_of_verification(row: Row, *, may_verify: bool) -> None:
    if row["verified"] is False and row["verified_on"]:
        row.warning("verified_on", _("has a day although the row is not verified; the day is not kept"))
    if row["verified"] and not may_verify:
        row.warning(
            "verified", _("your role does not verify training: the row waits for the provincial HR officer")
        )


def _warn_of_revocation(item: TrainingItem) -> None:
    row = item.row
    if row["revoked_mode"] and not row["revoked_on"] and item.new["revoked_on"] is None:
        row.warning("revoked_mode", _("has no day of withdrawal beside it and is not kept"))
    if row["revoked_on"] and not row["revoked_mode"] and "revoked_mode" in row.columns:
        row.warning("revoked_mode", _("is missing: the withdrawal counts from its date on"))
    if row["revoked_on"] and row["revoked_on"] < local_date(row["completed_at"]):
        row.warning("revoked_on", _("lies before the completion"))
