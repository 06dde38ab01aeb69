"""Decisions of the inspection half; only `authority` asks who holds which role."""

from inspections.rules.authority import hands, may_do
from inspections.rules.deadline import WorkingCalendar, deadline, next_working_day
from inspections.rules.digital import StepFact, classify, classify_all, derive, mark
from inspections.rules.facts import StepLine, explain, facts_of, sheet_that_counts, steps_of
from inspections.rules.next_step import NextStep, next_step
from inspections.rules.once_a_year import Earlier, Ruling, once_a_year
from inspections.rules.transition import may_happen, problem_with_team

__all__ = [
    "Earlier",
    "NextStep",
    "Ruling",
    "StepFact",
    "StepLine",
    "WorkingCalendar",
    "classify",
    "classify_all",
    "deadline",
    "derive",
    "explain",
    "facts_of",
    "hands",
    "mark",
    "may_do",
    "may_happen",
    "next_step",
    "next_working_day",
    "once_a_year",
    "problem_with_team",
    "sheet_that_counts",
    "steps_of",
]
