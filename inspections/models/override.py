"""Leave to inspect a business a second time in a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.inspection import Inspection
from inspections.models.subject import Subject
from inspections.queries import OverrideQuerySet, OverrideScopedManager, with_forebears
from lms.people.models import Agency, Person


class YearOverride(models.Model):
    """A row is the signer's asking, with signs of violation and evidence, and the second person's yes.

    NQ 198/2025/QH15 Điều 4 knows one exception to once a year: clear signs of violation.
    """

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="overrides", verbose_name=_("inspected party")
    )
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("lead agency"))
    field = models.CharField(_("field"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    signs = models.TextField(_("clear signs of violation"))
    reason = models.TextField(_("reason of the second inspection in a year"))
    evidence = models.FileField(
        _("evidence"), upload_to="overrides/%Y/", storage=private_storage, max_length=200
    )
    evidence_name = models.CharField(_("file name"), max_length=200)
    evidence_sha256 = models.CharField(_("SHA-256"), max_length=64)
    # The codes of the cases that use up the year, as they were known then.
    despite = models.JSONField(_("cases in the way"), default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        related_name="overrides",
        null=True,
        blank=True,
        verbose_name=_("used for"),
    )

    scope_path = "lead_id"
    objects = OverrideQuerySet.as_manager()
    scoped = OverrideScopedManager()

    class Meta:
        verbose_name = _("leave for a second inspection in a year")
        verbose_name_plural = _("leaves for a second inspection in a year")
        ordering = ["-pk"]
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=~Q(signs="") & ~Q(reason="") & ~Q(evidence="") & ~Q(evidence_sha256=""),
                name="inspections_override_is_evidenced",
                violation_error_message=_("Name the clear signs of violation, the reason and the evidence."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("asked_by")),
                name="inspections_override_two_persons",
                violation_error_message=_("The second person must be somebody else."),
            ),
            models.CheckConstraint(
                condition=Q(inspection=None) | Q(approved_at__isnull=False),
                name="inspections_override_used_when_approved",
                violation_error_message=_("A second inspection waits for the second person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.year}"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that one of the agencies asked, or stands today for the one that did."""
        return Q(lead__in=with_forebears(agency_ids))
