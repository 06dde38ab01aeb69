"""Decisions of two persons about a completion: facts beside those the server saw itself."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import DecisionQuerySet, FactRewritten
from courses.states import DecisionKind


class Decision(models.Model):
    """A row is what one person proposed and another approved about a completion, with why and on what evidence."""

    Kind = DecisionKind

    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind.choices)
    completion = models.ForeignKey("courses.Completion", models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    hours = models.DecimalField(
        _("periods (45 minutes)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    reason = models.TextField(_("reason"))
    reference = models.CharField(_("document it rests on"), max_length=200, blank=True)
    file_name = models.CharField(_("evidence"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("evidence (SHA-256)"), max_length=64, blank=True)
    approval = models.OneToOneField("people.Approval", models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("decision about a completion")
        verbose_name_plural = _("decisions about completions")
        constraints = [
            models.CheckConstraint(name="decision_kind_known", condition=Q(kind__in=DecisionKind.values)),
            models.CheckConstraint(
                name="decision_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A decision needs a reason."),
            ),
            models.CheckConstraint(
                name="decision_has_evidence",
                condition=~Q(reference="") | ~Q(file_sha256=""),
                violation_error_message=_("A decision names a document or keeps a file as its evidence."),
            ),
            models.CheckConstraint(
                name="decision_hours_when_corrected",
                condition=(Q(kind="hours") & Q(hours__isnull=False, hours__gt=0))
                | (~Q(kind="hours") & Q(hours__isnull=True)),
                violation_error_message=_("Only a correction of periods names periods, and more than 0."),
            ),
            models.CheckConstraint(
                name="decision_needs_two",
                condition=~Q(proposed_by=F("approved_by")),
                violation_error_message=_("The second person must be somebody else."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.decided_on:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the decision once."""
        if not self._state.adding:
            raise FactRewritten("A decision is never rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a decision stays."""
        raise FactRewritten("A decision is never deleted; decide anew.")
