"""Writing the log of a person's way through a course."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courses.models import LearningFact


def write_fact(*, enrolment_id: int, kind: str, at: datetime, subject: str = "", **detail: Any) -> None:
    """Add one fact, in the transaction of the action that makes it."""
    LearningFact.objects.create(enrolment_id=enrolment_id, kind=kind, subject=subject, at=at, detail=detail)
