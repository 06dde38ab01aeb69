"""What an agency plans to inspect in a year, version by version, and what became of its lines."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.kind import InspectionKind
from inspections.models.subject import Subject
from inspections.plan_states import IN_FORCE, PlanEvent, PlanScope, PlanState
from inspections.queries import PlannedSubjectQuerySet, PlanQuerySet, PlanScopedManager, with_forebears
from inspections.states import Act
from lms.people.models import Agency, Person

ACTS = [(Act.KT.value, Act.KT.label), (Act.TT.value, Act.TT.label)]
DECIDED = [*(str(state) for state in IN_FORCE), str(PlanState.REPLACED)]
NOT_ISSUED = Q(paper_number="", issued_on=None, published_at=None, published_by=None, pdf="", sha256="")
ISSUED = Q(issued_on__isnull=False, published_at__isnull=False, published_by__isnull=False) & ~(
    Q(paper_number="") | Q(pdf="") | Q(sha256="")
)


class InspectionPlan(models.Model):
    """A row is one plan of an agency for a year; what it says stands in its versions."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="inspection_plans", verbose_name=_("agency")
    )
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    scope = models.CharField(_("kind of plan"), max_length=8, choices=PlanScope, default=PlanScope.ANNUAL)
    # A plan of the inspectorate is kept to be seen in overlaps: no decision is opened from it here.
    act = models.CharField(_("kind of act"), max_length=4, choices=ACTS, default=Act.KT)

    scope_path = "agency_id"
    objects = PlanQuerySet.as_manager()
    scoped = PlanScopedManager()

    class Meta:
        verbose_name = _("inspection plan")
        verbose_name_plural = _("inspection plans")
        ordering = ["-year", "-pk"]
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "act"],
                condition=Q(scope=PlanScope.ANNUAL),
                name="inspections_plan_annual_once",
                violation_error_message=_(
                    "This agency already has an annual plan for the year: change that one by a new version."
                ),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="inspections_plan_year_plausible",
                violation_error_message=_("Give a year between 2000 and 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.scope}"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that it is the plan of one of the agencies, or of one they stand for today."""
        return Q(agency__in=with_forebears(agency_ids))


class PlanVersion(models.Model):
    """A row is what a plan said from its approval to the next one's; the first has no reason, every later one has."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=300)
    legal_ground = models.TextField(_("legal ground"))
    aims = models.TextField(_("aims and requirements"), blank=True)
    state = models.CharField(_("state"), max_length=9, choices=PlanState, default=PlanState.DRAFT)
    returned_because = models.TextField(_("why it was returned"), blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    drafted_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    # Of a later version: why the approved one is changed, and the document that orders it.
    reason = models.TextField(_("reason of the change"), blank=True)
    change_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    change_on = models.DateField(_("date of the document"), null=True, blank=True)
    change_file = models.FileField(
        _("the signed document (PDF)"),
        upload_to="plans/%Y/",
        storage=private_storage,
        max_length=200,
        blank=True,
    )
    change_sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)
    sent_to = models.CharField(_("sent to"), max_length=200, blank=True)
    signer = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    signer_name = models.CharField(_("signer's name"), max_length=200, blank=True)
    signer_title = models.CharField(_("signer's title"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    overlaps_settled = models.TextField(_("how the overlaps were settled"), blank=True)
    paper_number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("published by")
    )
    pdf = models.FileField(
        _("PDF"), upload_to="plans/%Y/", storage=private_storage, max_length=200, blank=True
    )
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="inspections_planversion_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["DRAFT", "SENT"]),
                name="inspections_planversion_one_open",
                violation_error_message=_("A new version of this plan is being drafted already."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=[str(state) for state in IN_FORCE]),
                name="inspections_planversion_one_in_force",
                violation_error_message=_("One version of a plan is in force at a time."),
            ),
            models.CheckConstraint(
                condition=(Q(number=1, reason="", change_number="", change_on=None))
                | (Q(number__gt=1, change_on__isnull=False) & ~Q(reason="") & ~Q(change_number="")),
                name="inspections_planversion_change_has_reason",
                violation_error_message=_("A new version says why, and which document orders it."),
            ),
            models.CheckConstraint(
                condition=(Q(state__in=DECIDED, approved_at__isnull=False, signer__isnull=False))
                | (~Q(state__in=DECIDED) & Q(approved_at=None, signer=None)),
                name="inspections_planversion_approved_whole",
                violation_error_message=_("An approved plan has its signer and the moment."),
            ),
            models.CheckConstraint(
                condition=Q(signer=None) | ~Q(signer=F("drafted_by")),
                name="inspections_planversion_other_signer",
                violation_error_message=_("Who drafted a plan does not approve it."),
            ),
            models.CheckConstraint(
                condition=(Q(state="PUBLISHED") & ISSUED)
                | (Q(state="REPLACED") & (ISSUED | NOT_ISSUED))
                | (~Q(state__in=["PUBLISHED", "REPLACED"]) & NOT_ISSUED),
                name="inspections_planversion_published_whole",
                violation_error_message=_("A published plan has its number, its day and its PDF."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(legal_ground=""),
                name="inspections_planversion_has_ground",
                violation_error_message=_("A plan has a title and its legal ground."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        """Whether decisions may rest on it."""
        return self.state in IN_FORCE

    @property
    def is_draft(self) -> bool:
        """Whether its lines may still change."""
        return self.state == PlanState.DRAFT


class PlanLine(models.Model):
    """A row is one planned inspection: with whom, in what, when, by whom. The key is the same in every version."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("line"))
    field = models.CharField(_("field"), max_length=200)
    content = models.TextField(_("content"))
    kind = models.ForeignKey(
        InspectionKind, models.PROTECT, related_name="+", verbose_name=_("kind of inspection")
    )
    month_from = models.PositiveSmallIntegerField(_("from month"))
    month_to = models.PositiveSmallIntegerField(_("to month"))
    leader = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("team leader")
    )
    leader_name = models.CharField(_("leader's name"), max_length=200, blank=True)
    team = models.CharField(_("team"), max_length=300, blank=True)
    subjects = models.ManyToManyField(
        Subject, through="PlannedSubject", related_name="planned", verbose_name=_("subjects")
    )

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="inspections_planline_number_once",
                violation_error_message=_("There is already a line with this number."),
            ),
            models.UniqueConstraint(fields=["version", "key"], name="inspections_planline_key_once"),
            models.CheckConstraint(
                condition=Q(month_from__gte=1, month_to__lte=12, month_to__gte=F("month_from")),
                name="inspections_planline_months",
                violation_error_message=_("Months run from 1 to 12, the first not after the last."),
            ),
            models.CheckConstraint(
                condition=~Q(field="") & ~Q(content="") & Q(number__gte=1),
                name="inspections_planline_whole",
                violation_error_message=_("A line names its field and its content."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.field}"


class PlannedSubject(models.Model):
    """A row is one subject of a line."""

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="parties")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")

    objects = PlannedSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned subject")
        verbose_name_plural = _("planned subjects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "subject"], name="inspections_plannedsubject_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.subject_id}"


class SkippedLine(models.Model):
    """A row says why what was planned is not done. Never changed: it holds for the line in every version."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="skipped")
    key = models.UUIDField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name then"), max_length=200)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("skipped line of a plan")
        verbose_name_plural = _("skipped lines of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="inspections_skippedline_once",
                violation_error_message=_("This line was skipped already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="inspections_skippedline_has_reason",
                violation_error_message=_("Give the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.key}"


class PlanEntry(models.Model):
    """A row is one event of a version. Never changed."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="entries")
    event = models.CharField(_("event"), max_length=8, choices=PlanEvent)
    source = models.CharField(_("from"), max_length=9, choices=PlanState, blank=True)
    target = models.CharField(_("to"), max_length=9, choices=PlanState)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    by_name = models.CharField(_("name then"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of a plan")
        verbose_name_plural = _("events of plans")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.event}: {self.source} → {self.target}"
