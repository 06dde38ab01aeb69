"""Sets of kept reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.db import models

if TYPE_CHECKING:
    from lms.reports.models import FrozenReport  # noqa: F401 (named in a string below)


class ReportRewritten(TypeError):
    """Somebody tried to change or delete a report that was made."""


class ReportQuerySet(models.QuerySet["FrozenReport"]):
    """Reports: made once, never rewritten."""

    def delete(self) -> NoReturn:
        """Refuse: a report that went out stays."""
        raise ReportRewritten("A report is never deleted.")
