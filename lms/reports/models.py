"""Reports as they were made: the question, the numbers, the files and their hashes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.queries import ScopedManager
from lms.reports.queries import ReportQuerySet, ReportRewritten
from lms.targets.states import OrgView, Variant


class FrozenReport(models.Model):
    """A report of an agency or of everything: asked for, then made once by a job and frozen with all it prints."""

    key = models.UUIDField(_("key of the request"), unique=True)
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    scope_name = models.CharField(_("scope"), max_length=250)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    made_at = models.DateTimeField(_("made"), null=True)
    data = models.JSONField(_("data"), default=dict)
    data_sha256 = models.CharField(_("data (SHA-256)"), max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()
    scoped = ScopedManager()

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and once what was made; a report that was made is never rewritten."""
        if self.pk and type(self).objects.filter(pk=self.pk, made_at__isnull=False).exists():
            raise ReportRewritten("A report that was made is never rewritten; ask for a new one.")
        super().save(*args, **kwargs)

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the report is of one of the agencies."""
        return Q(agency__in=agency_ids)

    @property
    def is_made(self) -> bool:
        """Whether the job has finished."""
        return self.made_at is not None


class PeriodReport(FrozenReport):
    """A row is one period report: training and inspections of an agency as of a day."""

    as_of = models.DateField(_("as of"))
    known_at = models.DateField(_("as known on"))
    period_start = models.DateField(_("inspections from"))
    period_end = models.DateField(_("inspections to before"))
    variant = models.CharField(_("variant"), max_length=10, choices=Variant)
    org_view = models.CharField(_("organisation"), max_length=10, choices=OrgView)
    rule_version = models.CharField(_("rule version"), max_length=10, blank=True)
    pdf_name = models.CharField(_("PDF file"), max_length=200, blank=True)
    pdf_sha256 = models.CharField(_("PDF file (SHA-256)"), max_length=64, blank=True)
    xlsx_name = models.CharField(_("XLSX file"), max_length=200, blank=True)
    xlsx_sha256 = models.CharField(_("XLSX file (SHA-256)"), max_length=64, blank=True)

    class Meta(FrozenReport.Meta):
        verbose_name = _("period report")
        verbose_name_plural = _("period reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, data_sha256="", pdf_sha256="", xlsx_sha256="")
                | (
                    Q(made_at__isnull=False)
                    & ~Q(data_sha256="")
                    & ~Q(pdf_sha256="")
                    & ~Q(xlsx_sha256="")
                    & ~Q(rule_version="")
                ),
                name="reports_periodreport_made_has_hashes",
                violation_error_message=_("A report that was made has its files and their hashes."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")),
                name="reports_periodreport_period_not_empty",
                violation_error_message=_("The period must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_name} {self.as_of:%d/%m/%Y}"


class InspectionReport(FrozenReport):
    """A row is one inspection report of a period."""

    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to before"))
    # {"pdf": {"name": …, "sha256": …}, "docx": …, "xlsx": …}
    files = models.JSONField(_("files"), default=dict)

    class Meta(FrozenReport.Meta):
        verbose_name = _("inspection report")
        verbose_name_plural = _("inspection reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, data_sha256="")
                | (Q(made_at__isnull=False) & ~Q(data_sha256="")),
                name="reports_inspectionreport_made_has_hash",
                violation_error_message=_("A report that was made has its files and their hashes."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")),
                name="reports_inspectionreport_period_not_empty",
                violation_error_message=_("The period must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_name} {self.period_start:%d/%m/%Y}–{self.period_end:%d/%m/%Y}"
