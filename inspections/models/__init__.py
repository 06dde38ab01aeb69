"""The records of inspections. Facts are never rewritten; the state always equals what they say."""

from inspections.models.announcement import Announcement
from inspections.models.checklist import (
    ChecklistConflict,
    ChecklistRecord,
    ChecklistTemplate,
    ChecklistVersion,
)
from inspections.models.collection import DocumentRequest, ReceivedFile, RequestItem
from inspections.models.decision import Decision, ResultDocument
from inspections.models.document import CaseDocument
from inspections.models.drawn_signature import DrawnSignature
from inspections.models.evidence import Evidence
from inspections.models.finding import Finding
from inspections.models.holiday import Holiday
from inspections.models.inspection import Inspection
from inspections.models.kind import InspectionKind, KindDocument, KindPeriod, KindVersion
from inspections.models.legal_basis import LegalBasis
from inspections.models.minutes import Minutes
from inspections.models.override import YearOverride
from inspections.models.party import (
    PartyAccess,
    PartyAttempt,
    PartySession,
    PartyStatement,
    ShownMinutes,
)
from inspections.models.plan import (
    InspectionPlan,
    PlanEntry,
    PlanLine,
    PlannedSubject,
    PlanVersion,
    SkippedLine,
)
from inspections.models.reconciliation import Reconciliation, RegisterEntry
from inspections.models.remedy import Remedy, RemedyEntry, RemedyEvidence, RemedyReminder
from inspections.models.signature import PaperSignature
from inspections.models.signing_image import SigningImage
from inspections.models.subject import InspectedSubject, Subject
from inspections.models.subject_history import (
    DistinctSubjects,
    Premise,
    SubjectMerger,
    SubjectName,
    SubjectSuccession,
)
from inspections.models.suspension import Suspension
from inspections.models.team import FormerMember, TeamMember
from inspections.models.transition import TransitionEntry
from inspections.models.word_template import WordTemplate
from inspections.models.work_plan import WorkPlan

__all__ = [
    "Announcement",
    "CaseDocument",
    "ChecklistConflict",
    "ChecklistRecord",
    "ChecklistTemplate",
    "ChecklistVersion",
    "Decision",
    "DistinctSubjects",
    "DocumentRequest",
    "DrawnSignature",
    "Evidence",
    "Finding",
    "FormerMember",
    "Holiday",
    "InspectedSubject",
    "Inspection",
    "InspectionKind",
    "InspectionPlan",
    "KindDocument",
    "KindPeriod",
    "KindVersion",
    "LegalBasis",
    "Minutes",
    "PaperSignature",
    "PartyAccess",
    "PartyAttempt",
    "PartySession",
    "PartyStatement",
    "PlanEntry",
    "PlanLine",
    "PlanVersion",
    "PlannedSubject",
    "Premise",
    "ReceivedFile",
    "Reconciliation",
    "RegisterEntry",
    "Remedy",
    "RemedyEntry",
    "RemedyEvidence",
    "RemedyReminder",
    "RequestItem",
    "ResultDocument",
    "ShownMinutes",
    "SigningImage",
    "SkippedLine",
    "Subject",
    "SubjectMerger",
    "SubjectName",
    "SubjectSuccession",
    "Suspension",
    "TeamMember",
    "TransitionEntry",
    "WordTemplate",
    "WorkPlan",
    "YearOverride",
]
