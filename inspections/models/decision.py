"""The paper that opens a case and the one that closes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.models.plan import PlanLine
from inspections.states import Ground
from lms.people.models import Person


class Decision(models.Model):
    """A row is a decision with the contents of Điều 11.3 NĐ 217/2025.

    Grounds, scope and content, time limit stand here; subjects and team are rows of the case.
    """

    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="decision")
    ground = models.CharField(_("ground"), max_length=5, choices=Ground)
    ground_detail = models.TextField(_("documents it rests on"))
    plan_line = models.ForeignKey(
        PlanLine,
        models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
        verbose_name=_("line of the plan"),
    )
    content = models.TextField(_("scope and content"))
    period_inspected = models.CharField(_("period inspected"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("time limit (days)"))
    signed_on = models.DateField(_("signed on"))
    signer = models.ForeignKey(
        Person, models.PROTECT, related_name="signed_decisions", verbose_name=_("signer")
    )
    signer_name = models.CharField(_("signer's name"), max_length=200)
    signer_title = models.CharField(_("signer's title"), max_length=200, blank=True)
    # NĐ 217/2025 Điều 4.5 prefers online work on electronic data: a visit says why.
    visit_reason = models.TextField(_("why a visit is needed"), blank=True)
    clear_signs = models.TextField(_("clear signs of violation"), blank=True)
    override_reason = models.TextField(_("reason of the second inspection in a year"), blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground_detail="") & ~Q(content="") & Q(days__gte=1),
                name="inspections_decision_has_its_contents",
                violation_error_message=_(
                    "A decision names its grounds, its scope and content and its time limit."
                ),
            ),
            models.CheckConstraint(
                condition=Q(plan_line=None) | Q(ground=Ground.PLAN),
                name="inspections_decision_of_a_plan_says_so",
                violation_error_message=_("A decision opened from a plan has the plan as its ground."),
            ),
            models.CheckConstraint(
                condition=(Q(clear_signs="") & Q(override_reason=""))
                | (~Q(clear_signs="") & ~Q(override_reason="")),
                name="inspections_decision_override_whole",
                violation_error_message=_("Name the clear signs of violation and the reason together."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.signed_on}"


class ResultDocument(models.Model):
    """A row is the document that closes a case: its name is the kind's, its number the registry's."""

    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="result")
    name = models.CharField(_("name of the document"), max_length=200)
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    summary = models.TextField(_("summary"), blank=True)
    signer_name = models.CharField(_("signer's name"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("result document")
        verbose_name_plural = _("result documents")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="inspections_result_has_number",
                violation_error_message=_("Give the number the registry gave."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
