"""Who may follow a course."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courses.models import Course
from courses.rules.refusal import Refusal


def refuse_enrolment(course: Course, on: date) -> Refusal | None:
    """Say why nobody may enrol in a course on a day, or None where people may."""
    if course.is_open_on(on):
        return None
    return Refusal("course_closed", _("This course is not open for enrolment today."))
