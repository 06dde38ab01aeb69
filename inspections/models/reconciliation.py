"""What the outgoing-document register of an agency said, held against the inspections known here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.queries import with_forebears
from inspections.states import SubjectKind
from lms.people.models import Agency, Person
from lms.people.queries import ScopedManager


class Reconciliation(models.Model):
    """A row is one comparison: whose register, of which days, which file, what it found. Never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    period_start = models.DateField(_("decisions from"))
    period_end = models.DateField(_("decisions to before"))
    file_name = models.CharField(_("file name"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.PositiveIntegerField(_("rows of the register"))
    matched = models.PositiveIntegerField(_("known here"))
    missing = models.PositiveIntegerField(_("not known here"))
    # Known here and decided in the period, but not in the register.
    unlisted = models.ManyToManyField(
        Inspection, related_name="+", blank=True, verbose_name=_("not in the register")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_by_name = models.CharField(_("name then"), max_length=200)

    scope_path = "agency_id"
    objects = models.Manager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("reconciliation with a register")
        verbose_name_plural = _("reconciliations with registers")
        ordering = ["-made_at", "-pk"]
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="inspections_reconciliation_period_not_empty",
                violation_error_message=_("The period must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(rows__gte=F("matched") + F("missing")),
                name="inspections_reconciliation_counts_agree",
                violation_error_message=_("More rows were compared than the register has."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.period_start:%d/%m/%Y}–{self.period_end:%d/%m/%Y}"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the register is of one of the agencies, or of one it stands for today."""
        return Q(agency__in=with_forebears(agency_ids))


class RegisterEntry(models.Model):
    """A row is one decision to inspect of the register, and what became of it."""

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="entries")
    row = models.PositiveIntegerField(_("row of the file"))
    number = models.CharField(_("number of the decision"), max_length=60)
    signed_on = models.DateField(_("signed on"))
    summary = models.CharField(_("summary"), max_length=500)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    subject_kind = models.CharField(_("kind"), max_length=5, choices=SubjectKind, default=SubjectKind.OTHER)
    subject_id = models.CharField(_("tax code or identification number"), max_length=40, blank=True)
    subject_name = models.CharField(_("name"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=200, blank=True)
    was_known = models.BooleanField(_("was known here"))
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("inspection")
    )
    # Why a decision that speaks of kiểm tra opens no inspection (it extends one, orders a rule, …).
    set_aside = models.CharField(_("why it is no inspection"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision in a register")
        verbose_name_plural = _("decisions in registers")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["reconciliation", "row"], name="inspections_registerentry_once"),
            models.CheckConstraint(
                condition=Q(inspection=None) | Q(set_aside=""),
                name="inspections_registerentry_one_answer",
                violation_error_message=_("A decision is an inspection or it is none."),
            ),
            models.CheckConstraint(
                condition=Q(was_known=False) | Q(inspection__isnull=False),
                name="inspections_registerentry_known_is_named",
                violation_error_message=_("What was known here names its inspection."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether nobody has yet said what it is."""
        return self.inspection_id is None and not self.set_aside
