"""Who may follow a course."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courses.models import Course
from courses.rules.refusal import Refusal
from courses.rules.validity import renewal_opens


def refuse_enrolment(course: Course, on: date, valid_until: date | None = None) -> Refusal | None:
    """Say why somebody may not enrol in a course on a day, or None where they may.

    `valid_until` is the last day of the completion they hold, None where they hold none that ends.
    """
    if not course.is_open_on(on):
        return Refusal("course_closed", _("This course is not open for enrolment today."))
    if valid_until is not None and on < (opens := renewal_opens(valid_until, course.renewal_days)):
        sentence = _("What you earned is valid until %(until)s. You can renew it from %(opens)s.")
        return Refusal(
            "not_yet", sentence % {"until": f"{valid_until:%d/%m/%Y}", "opens": f"{opens:%d/%m/%Y}"}
        )
    return None
