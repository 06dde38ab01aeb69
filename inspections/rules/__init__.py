"""Decisions of the inspection half: pure functions, no query."""

from inspections.rules.deadline import WorkingCalendar, deadline, next_working_day
from inspections.rules.digital import StepFact, classify, classify_all, derive, mark
from inspections.rules.once_a_year import Earlier, Ruling, once_a_year
from inspections.rules.transition import may_happen, problem_with_team

__all__ = [
    "Earlier",
    "Ruling",
    "StepFact",
    "WorkingCalendar",
    "classify",
    "classify_all",
    "deadline",
    "derive",
    "mark",
    "may_happen",
    "next_working_day",
    "once_a_year",
    "problem_with_team",
]
