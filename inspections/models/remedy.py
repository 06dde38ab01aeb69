"""What is to be put right, by when, and what was handed in."""

import uuid
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.finding import Finding
from inspections.queries import RemedyQuerySet
from inspections.remedy_states import (
    REMEDY_TRANSITIONS,
    Due,
    RemedyEvent,
    RemedyState,
    remedy_passages,
)
from lms.people.models import Person

SOON = timedelta(days=7)
WITH_REASON = [row.event.value for row in REMEDY_TRANSITIONS if row.reason]


def _in_the_table() -> Q:
    rows = [
        Q(("event", str(event)), ("source", str(source)), ("target", str(target)))
        for event, source, target in remedy_passages()
    ]
    return reduce(or_, rows)


class Remedy(models.Model):
    """A row is what one finding asks of somebody by a day (Điều 16 NĐ 217/2025)."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="remedies")
    what = models.TextField(_("what is to be done"))
    responsible = models.CharField(_("who is responsible"), max_length=200)
    deadline = models.DateField(_("deadline"), db_index=True)
    state = models.CharField(_("state"), max_length=9, choices=RemedyState, default=RemedyState.OPEN)
    state_reason = models.TextField(_("why it was sent back"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["deadline", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(responsible=""),
                name="inspections_remedy_whole",
                violation_error_message=_("A remedy says what is to be done, and who is responsible."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RemedyState.SENT_BACK) | ~Q(state_reason=""),
                name="inspections_remedy_sent_back_with_reason",
                violation_error_message=_("Sending back needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def is_accepted(self) -> bool:
        """Whether nothing is asked any more."""
        return self.state == RemedyState.ACCEPTED

    def due_on(self, day: date) -> Due | None:
        """Tell how it stands to its deadline on a day; None once it is accepted."""
        if self.is_accepted:
            return None
        if self.deadline < day:
            return Due.OVERDUE
        return Due.SOON if self.deadline <= day + SOON else Due.LATER


class RemedyEntry(models.Model):
    """A row is one event of a remedy. Never changed."""

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="entries")
    event = models.CharField(_("event"), max_length=9, choices=RemedyEvent)
    source = models.CharField(_("from"), max_length=9, choices=RemedyState, blank=True)
    target = models.CharField(_("to"), max_length=9, choices=RemedyState)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    by_name = models.CharField(_("name then"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a remedy")
        verbose_name_plural = _("events of remedies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=_in_the_table(),
                name="inspections_remedyentry_in_the_table",
                violation_error_message=_("The table of states knows no such passage."),
            ),
            models.CheckConstraint(
                condition=~Q(event__in=WITH_REASON) | ~Q(reason=""),
                name="inspections_remedyentry_has_reason",
                violation_error_message=_("Give the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remedy_id} {self.event}: {self.source} → {self.target}"


class RemedyEvidence(models.Model):
    """A row proves that something was put right: a file with its hash, or a statement another room vouches for."""

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="evidence")
    caption = models.CharField(_("what it shows"), max_length=300, blank=True)
    file = models.FileField(
        _("file"), upload_to="remedies/%Y/%m/", storage=private_storage, max_length=200, blank=True
    )
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=100)
    statement = models.TextField(_("statement"), blank=True)
    # What the statement is about, in the words of the room that vouches: the same is stated only once.
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    added_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("added by")
    )
    # Of the party itself, through its portal.
    sent_by = models.ForeignKey(
        "inspections.PartyAccess",
        models.PROTECT,
        related_name="remedy_evidence",
        null=True,
        blank=True,
        verbose_name=_("sent by"),
    )

    class Meta:
        verbose_name = _("evidence of a remedy")
        verbose_name_plural = _("evidence of remedies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gte=1),
                name="inspections_remedyevidence_has_hash",
                violation_error_message=_("Evidence has a size and a SHA-256."),
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(file="")
                    & Q(statement="", reference="")
                    & (Q(added_by__isnull=False) | Q(sent_by__isnull=False))
                )
                | (Q(file="") & ~Q(statement="") & ~Q(reference="")),
                name="inspections_remedyevidence_file_or_statement",
                violation_error_message=_("Evidence is a file, or a statement with what it refers to."),
            ),
            models.UniqueConstraint(
                fields=["remedy", "reference"],
                condition=~Q(reference=""),
                name="inspections_remedyevidence_stated_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference


class RemedyReminder(models.Model):
    """A row is what one night wrote of a deadline: near, or over and so a matter of the agency's head."""

    class Kind(models.TextChoices):
        SOON = "soon", _("Due soon")
        OVERDUE = "overdue", _("Overdue: escalated to the head")

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="reminders")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    deadline = models.DateField(_("deadline"))
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("reminder of a remedy")
        verbose_name_plural = _("reminders of remedies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remedy", "kind", "deadline"], name="inspections_remedyreminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remedy_id} {self.kind} {self.noted_on}"
