"""What the nightly replay found stored otherwise than the facts say."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import DriftQuerySet
from courses.states import DriftKind
from lms.people.models import Person
from lms.people.queries import ScopedManager


class Replay(models.Model):
    """A row is one derivation of everything from the facts."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), default=timezone.now)
    enrolments = models.PositiveIntegerField(_("enrolments"))
    drifts = models.PositiveIntegerField(_("differences"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("replay")
        verbose_name_plural = _("replays")

    def __str__(self) -> str:
        return f"{self.finished_at:%d/%m/%Y}: {self.enrolments}, {self.drifts}"


class Drift(models.Model):
    """A row is one difference, from the night it was found to the night it was gone. Nothing is mended by itself."""

    Kind = DriftKind

    kind = models.CharField(_("what"), max_length=12, choices=DriftKind.choices)
    record = models.CharField(_("record"), max_length=60)
    record_id = models.CharField(_("record's key"), max_length=120)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    stored = models.CharField(_("stored"), max_length=300)
    derived = models.CharField(_("derived from the facts"), max_length=300)
    found_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(_("gone"), null=True, blank=True)
    answer = models.TextField(_("what a person says of it"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = DriftQuerySet.as_manager()
    scoped = ScopedManager.from_queryset(DriftQuerySet)()

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = _("difference from the facts")
        verbose_name_plural = _("differences from the facts")
        constraints = [
            models.UniqueConstraint(
                name="drift_open_once",
                fields=["kind", "record", "record_id", "stored", "derived"],
                condition=Q(gone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="drift_answered_by_and_at",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                violation_error_message=_("An answer says who gave it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.record} {self.record_id}"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the difference is about somebody of these agencies today."""
        staff = Person.objects.filter(Person.within(agency_ids)).values("pk")
        return Q(person__in=staff) | Q(person__merged_into__in=staff)
