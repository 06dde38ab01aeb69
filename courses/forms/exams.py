"""The author's form of an exam: refused when it never opens or is larger than its bank."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from courses.actions.starting import pool_of, refuse_draw
from courses.models import Exam
from courses.rules import window_problem
from courses.rules.blueprint import Row


class ExamForm(WagtailAdminModelForm):
    """An exam with its blueprint."""

    def clean(self) -> dict[str, Any]:
        """Check the window, and the blueprint against the bank; a blueprint's rows say how many are drawn."""
        cleaned: dict[str, Any] = super().clean()
        self._check_window(cleaned)
        rows = self._rows()
        if rows:
            cleaned["draw"] = sum(row.count for row in rows)
        if cleaned.get("bank") and cleaned.get("draw") and rows is not None:
            self._check_bank(cleaned, rows)
        return cleaned

    def _check_window(self, cleaned: dict[str, Any]) -> None:
        closes_at = cleaned.get("closes_at")
        # An exam that has closed may still be mended otherwise: only a new end is asked about.
        now = timezone.now() if "closes_at" in self.changed_data else None
        if problem := window_problem(cleaned.get("opens_at"), closes_at, now):
            self.add_error("closes_at", problem)

    def _rows(self) -> list[Row] | None:
        """Return the rows of the blueprint as they will be, or None where one cannot be read."""
        parts = self.formsets.get("parts")
        if parts is None:
            return []
        if not parts.is_valid():
            return None
        kept = [
            form.cleaned_data
            for form in parts.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        return [
            Row(row["count"], row.get("topic") or "", row.get("difficulty"))
            for row in kept
            if row.get("count")
        ]

    def _check_bank(self, cleaned: dict[str, Any], rows: list[Row]) -> None:
        planned = Exam(bank=cleaned["bank"], draw=cleaned["draw"])
        if refusal := refuse_draw(planned, rows, pool_of(planned)):
            self.add_error(None if rows else "draw", refusal.sentence)
