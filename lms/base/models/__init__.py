"""The floor's rows: what happened, what must happen, what was imported."""

from lms.base.models.audit_chain import AuditCheck, AuditHead, AuditLink
from lms.base.models.audit_event import AuditEvent
from lms.base.models.dated import Dated
from lms.base.models.import_run import ImportLine, ImportLock, ImportRun
from lms.base.models.job import Job

__all__ = [
    "AuditCheck",
    "AuditEvent",
    "AuditHead",
    "AuditLink",
    "Dated",
    "ImportLine",
    "ImportLock",
    "ImportRun",
    "Job",
]
