"""Keeping the stored steps equal to what the records say."""

from inspections.models import Holiday, Inspection
from inspections.rules import WorkingCalendar, steps_of


def working_calendar() -> WorkingCalendar:
    """Return the calendar of days off and days worked, as the administrator keeps it."""
    return WorkingCalendar.of(Holiday.objects.values_list("day", "is_worked"))


def derive_steps(inspection: Inspection) -> list[str]:
    """Store the steps of each subject of a case run here as its records give them; return them."""
    fresh = Inspection.objects.with_step_records().get(pk=inspection.pk)
    subjects = list(fresh.subjects.all())
    if not fresh.is_run_here:
        return [subject.steps for subject in subjects]
    calendar = working_calendar()
    for subject in subjects:
        subject.inspection = fresh
        steps = steps_of(subject, calendar)
        if steps != subject.steps:
            subject.steps = steps
            subject.save(update_fields=["steps"])
    return [subject.steps for subject in subjects]


def drifted() -> list[str]:
    """List the codes of cases whose stored steps differ from their records: a nightly check wants none."""
    calendar, found = working_calendar(), []
    for case in Inspection.objects.run_here().with_step_records().iterator(chunk_size=500):
        for subject in case.subjects.all():
            subject.inspection = case
            if subject.steps != steps_of(subject, calendar):
                found.append(case.code)
                break
    return found
