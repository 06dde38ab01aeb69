"""What needs a second person: proposed by one, approved by another."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.agency import Agency
from lms.people.models.person import Person
from lms.people.queries import ScopedManager

STAYS_OPEN = timedelta(days=14)


class Approval(models.Model):
    """A row is one proposal: what is to be done to which record, by whom proposed, and what the second said."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for the second person")
        APPROVED = "approved", _("approved and done")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("taken back")
        EXPIRED = "expired", _("lapsed")

    kind = models.CharField(_("what"), max_length=60)
    target_id = models.CharField(_("record"), max_length=64)
    target_label = models.CharField(_("record's name"), max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    payload = models.JSONField(_("details"), default=dict)
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    expires_at = models.DateTimeField(_("lapses"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = models.Manager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("proposal for the second person")
        verbose_name_plural = _("proposals for the second person")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id"], condition=Q(state="pending"), name="people_approval_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at=None)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="people_approval_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "refused")) | Q(decided_by__isnull=False),
                name="people_approval_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=models.F("proposed_by")),
                name="people_approval_needs_two",
                violation_error_message=_("The second person must be somebody else."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_reason=""),
                name="people_approval_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.target_label

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the proposal is about something of these agencies."""
        return Q(agency__in=agency_ids)
