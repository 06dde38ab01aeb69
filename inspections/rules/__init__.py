"""Decisions of the inspection half; only `authority` asks who holds which role."""

from inspections.rules.authority import hands, may_do
from inspections.rules.citations import Text, cited_in, problems_of
from inspections.rules.deadline import (
    Nearness,
    Pause,
    WorkingCalendar,
    deadline,
    nearness,
    next_working_day,
)
from inspections.rules.digital import (
    WORKING_DAYS,
    StepFact,
    classify,
    classify_all,
    derive,
    last_day_to_record,
    mark,
)
from inspections.rules.facts import StepLine, explain, facts_of, law_of, sheet_that_counts, steps_of
from inspections.rules.next_step import NextStep, next_step
from inspections.rules.once_a_year import Earlier, Ruling, once_a_year, stands_in_the_way
from inspections.rules.overlap import clash_of
from inspections.rules.paper import may_draft, may_paper
from inspections.rules.plan import has_drafted, may_plan, stand_of
from inspections.rules.transition import may_happen, problem_with_team

__all__ = [
    "WORKING_DAYS",
    "Earlier",
    "Nearness",
    "NextStep",
    "Pause",
    "Ruling",
    "StepFact",
    "StepLine",
    "Text",
    "WorkingCalendar",
    "cited_in",
    "clash_of",
    "classify",
    "classify_all",
    "deadline",
    "derive",
    "explain",
    "facts_of",
    "hands",
    "has_drafted",
    "last_day_to_record",
    "law_of",
    "mark",
    "may_do",
    "may_draft",
    "may_happen",
    "may_paper",
    "may_plan",
    "nearness",
    "next_step",
    "next_working_day",
    "once_a_year",
    "problem_with_team",
    "problems_of",
    "sheet_that_counts",
    "stand_of",
    "stands_in_the_way",
    "steps_of",
]
