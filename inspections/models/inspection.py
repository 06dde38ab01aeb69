"""The case."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.kind import InspectionKind, KindVersion
from inspections.queries import CaseManager, InspectionQuerySet, with_forebears
from inspections.states import CLOSED, Act, Method, Origin, Status
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.people.models import Agency

RUNNING = [Status.PLANNED, Status.IN_PROGRESS, Status.SUSPENDED]
BEFORE_ANNOUNCEMENT = [Status.PLANNED, Status.CANCELLED]
STOPPED = [Status.TERMINATED, Status.CANCELLED]


def not_before(later: str, earlier: str) -> Q:
    """Return the condition that a day, where both are known, does not lie before another."""
    return Q((later, None)) | Q((earlier, None)) | Q((f"{later}__gte", models.F(earlier)))


class Inspection(models.Model):
    """A row is one case (cuộc): what one decision ordered, with one or more subjects."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.ForeignKey(
        InspectionKind,
        models.PROTECT,
        related_name="inspections",
        null=True,
        blank=True,
        verbose_name=_("kind"),
    )
    # The kind as it was at the decision: what a later version says does not touch a running case.
    kind_version = models.ForeignKey(
        KindVersion,
        models.PROTECT,
        related_name="inspections",
        null=True,
        blank=True,
        verbose_name=_("version of the kind"),
    )
    act = models.CharField(_("act"), max_length=4, choices=Act, default=Act.KT)
    lead = models.ForeignKey(
        Agency, models.PROTECT, related_name="led_inspections", verbose_name=_("lead agency")
    )
    members = models.ManyToManyField(
        Agency, related_name="joint_inspections", blank=True, verbose_name=_("member agencies")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)
    status_reason = models.TextField(_("reason of the status"), blank=True)
    decision_no = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    stopped_on = models.DateField(_("terminated or cancelled on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=6, choices=Method, blank=True)
    field = models.CharField(_("field"), max_length=200, blank=True)
    is_secret = models.BooleanField(_("state secret"), default=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.SYSTEM)
    needs_announcement = models.BooleanField(_("must be announced"), default=True)
    needs_result = models.BooleanField(_("needs a result document"), default=True)
    result_waiver = models.TextField(_("why no result document is needed"), blank=True)
    search_text = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    # The status the gate found it in, until its event is logged; not stored.
    came_from: str = ""

    scope_path = "lead_id"
    objects = InspectionQuerySet.as_manager()
    scoped = CaseManager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-decided_on", "-pk"]
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["act", "status", "completed_on"]),
            models.Index(fields=["decision_no"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.COMPLETED) | Q(completed_on__isnull=False),
                name="inspections_completed_has_date",
                violation_error_message=_("A completed inspection needs the day it was completed."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=RUNNING) | Q(completed_on__isnull=True),
                name="inspections_running_has_no_end",
                violation_error_message=_("An inspection that still runs has no day of completion."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(completed_on__isnull=True)
                | Q(completed_on__gte=models.F("decided_on")),
                name="inspections_completed_after_decision",
                violation_error_message=_("An inspection cannot be completed before its decision."),
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | Q(field="", method="", decision_no="", decided_on__isnull=True),
                name="inspections_secret_has_no_content",
                violation_error_message=_(
                    "Of a state-secret case only code, agency, date and status are kept."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(origin=Origin.REGISTERED),
                name="inspections_secret_is_not_run_here",
                violation_error_message=_("A state-secret case must never be run in this system."),
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.SYSTEM)
                | Q(decided_on__isnull=False, kind__isnull=False, kind_version__isnull=False),
                name="inspections_run_here_has_decision",
                violation_error_message=_("An inspection run here has a kind and a dated decision."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REGISTERED)
                | Q(status__in=BEFORE_ANNOUNCEMENT, announced_on__isnull=True)
                | (~Q(status__in=BEFORE_ANNOUNCEMENT) & Q(announced_on__isnull=False)),
                name="inspections_announced_iff_begun",
                violation_error_message=_("An inspection has begun exactly when its decision was announced."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REGISTERED)
                | Q(status=Status.SUSPENDED, suspended_on__isnull=False)
                | (~Q(status=Status.SUSPENDED) & Q(suspended_on__isnull=True)),
                name="inspections_suspended_iff_dated",
                violation_error_message=_("A suspended inspection has the day it was suspended."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REGISTERED)
                | Q(status__in=STOPPED, stopped_on__isnull=False)
                | (~Q(status__in=STOPPED) & Q(stopped_on__isnull=True)),
                name="inspections_stopped_iff_dated",
                violation_error_message=_("A terminated or cancelled inspection has the day it was stopped."),
            ),
            models.CheckConstraint(
                condition=not_before("announced_on", "decided_on")
                & not_before("suspended_on", "announced_on")
                & not_before("stopped_on", "announced_on")
                & not_before("stopped_on", "decided_on")
                & not_before("completed_on", "announced_on"),
                name="inspections_dates_in_order",
                violation_error_message=_("Each date comes after the one before."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REGISTERED)
                | ~Q(status__in=[Status.SUSPENDED, Status.TERMINATED, Status.CANCELLED])
                | ~Q(status_reason=""),
                name="inspections_stop_has_reason",
                violation_error_message=_("Say why the inspection was stopped."),
            ),
            models.CheckConstraint(
                condition=Q(needs_result=True) | Q(origin=Origin.REGISTERED) | ~Q(result_waiver=""),
                name="inspections_waiver_has_reason",
                violation_error_message=_("Say why no result document is needed."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that one of the agencies leads the case, or stands today for the one that led it."""
        return Q(lead__in=with_forebears(agency_ids))

    @property
    def is_closed(self) -> bool:
        """Whether nothing changes any more."""
        return self.status in CLOSED

    @property
    def is_run_here(self) -> bool:
        """Whether its steps are derived from records here."""
        return self.origin == Origin.SYSTEM

    @property
    def year(self) -> int:
        """The year that the once-a-year rule counts it in."""
        return (self.decided_on or self.completed_on or today()).year

    @property
    def named_on(self) -> date:
        """The day whose names of agencies the case's papers bear."""
        return self.decided_on or self.completed_on or today()

    def words_to_search(self, lead_name: str, subjects: list[str]) -> str:
        """Return what the list's search looks through: nothing but the code for a secret case."""
        if self.is_secret:
            return fold(self.code)
        return fold(" ".join([self.code, self.decision_no, self.field, lead_name, *subjects]))
