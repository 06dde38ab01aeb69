"""The records of inspections. Facts are never rewritten; the state always equals what they say."""

from inspections.models.announcement import Announcement
from inspections.models.checklist import (
    ChecklistConflict,
    ChecklistRecord,
    ChecklistTemplate,
    ChecklistVersion,
)
from inspections.models.decision import Decision, ResultDocument
from inspections.models.evidence import Evidence
from inspections.models.holiday import Holiday
from inspections.models.inspection import Inspection
from inspections.models.kind import InspectionKind, KindPeriod
from inspections.models.minutes import Minutes
from inspections.models.subject import InspectedSubject, Subject
from inspections.models.team import TeamMember

__all__ = [
    "Announcement",
    "ChecklistConflict",
    "ChecklistRecord",
    "ChecklistTemplate",
    "ChecklistVersion",
    "Decision",
    "Evidence",
    "Holiday",
    "InspectedSubject",
    "Inspection",
    "InspectionKind",
    "KindPeriod",
    "Minutes",
    "ResultDocument",
    "Subject",
    "TeamMember",
]
