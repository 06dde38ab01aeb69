"""What training says about an inspection, and when the national HR database must know of it."""

from datetime import date, timedelta

from courses.models import Completion
from inspections.rules import WorkingCalendar, deadline
from inspections.states import DayMode
from lms.followup.states import Age
from lms.people.models import Person

# Kiểm tra trên môi trường số: the course a team leader needs (Điều 12.2 NĐ 217/2025).
LEADERS_COURSE = "DS11"
# NĐ 27/2026/NĐ-CP, in force 01/07/2026: an employer's data are in the national database within 03 working days.
DECREE_IN_FORCE = date(2026, 7, 1)
DAYS_TO_SYNCHRONISE = 3
ONE_DAY = timedelta(days=1)


def trained_to_lead(person: Person, on: date) -> bool | None:
    """Tell whether the person had passed the leaders' course by that day."""
    done = Completion.objects.of(person).counting_on(on).filter(course_code=LEADERS_COURSE)
    return done.exists()


def synchronised_by(known_on: date, calendar: WorkingCalendar) -> date | None:
    """Return the last day to hand a completion over; None for what was known before the decree."""
    if known_on < DECREE_IN_FORCE:
        return None
    return deadline(known_on, DAYS_TO_SYNCHRONISE, DayMode.WORKING, calendar)


def age_on(day: date, known_on: date, calendar: WorkingCalendar) -> Age:
    """Return how a waiting completion stands against its deadline on a day."""
    last = synchronised_by(known_on, calendar)
    if last is None:
        return Age.BEFORE
    if last < day:
        return Age.OVERDUE
    return Age.DUE if last == day else Age.IN_TIME


def first_known(day: date, age: Age, calendar: WorkingCalendar) -> date:
    """Return the first day of becoming known that, on `day`, is still of this age or younger.

    A list is narrowed by these days: older days are older in age, without asking row by row.
    """
    younger = {Age.DUE: (Age.DUE, Age.IN_TIME), Age.IN_TIME: (Age.IN_TIME,)}[age]
    known = day + ONE_DAY
    while known > DECREE_IN_FORCE and age_on(day, known - ONE_DAY, calendar) in younger:
        known -= ONE_DAY
    return known
