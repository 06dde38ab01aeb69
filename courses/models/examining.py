"""What examiners decide about one person: more time, more attempts, an attempt opened again, a supervised re-sit.

Each is a fact with its reason and who decided; none is ever rewritten.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.states import Closing

MOST_PERCENT, MOST_MINUTES = 300, 600
# Read aloud in a room: no letter that sounds or looks like another.
CODE_LETTERS = "ABCDEGHKLMNPRSTUVXY346789"


def new_code() -> str:
    """Return a code that a supervisor reads out."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(8))


class ExaminersDecision(models.Model):
    """What all of them carry: a reason, who decided, who was the second, when."""

    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        abstract = True


def _given(name: str) -> list[models.CheckConstraint]:
    """Refuse a decision without a reason, and a second person who is the first."""
    return [
        models.CheckConstraint(
            name=f"{name}_reason_given",
            condition=~Q(reason=""),
            violation_error_message=_("Give the reason."),
        ),
        models.CheckConstraint(
            name=f"{name}_two_persons",
            condition=Q(second__isnull=True) | ~Q(second=models.F("by")),
            violation_error_message=_("The second person must be somebody else."),
        ),
    ]


class ExtraTime(ExaminersDecision):
    """A row gives a person more time: in every attempt of an enrolment to come, or in one that runs.

    For attempts to come the last row counts; zero takes it back.
    """

    enrolment = models.ForeignKey("courses.Enrolment", models.PROTECT, related_name="extra_times")
    attempt = models.ForeignKey(
        "courses.Attempt",
        models.PROTECT,
        null=True,
        related_name="extra_times",
        verbose_name=_("running attempt"),
    )
    percent = models.PositiveSmallIntegerField(_("extra time in percent"), default=0)
    minutes = models.PositiveSmallIntegerField(_("extra time in minutes"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("extra time")
        verbose_name_plural = _("extra times")
        constraints = [
            *_given("extra_time"),
            models.CheckConstraint(
                name="extra_time_within_reason",
                condition=Q(
                    percent__gte=0, percent__lte=MOST_PERCENT, minutes__gte=0, minutes__lte=MOST_MINUTES
                ),
                violation_error_message=_(
                    "Extra time lies between 0 and 300 percent and between 0 and 600 minutes."
                ),
            ),
            models.CheckConstraint(
                name="extra_time_of_one_kind",
                condition=Q(percent=0) | Q(minutes=0),
                violation_error_message=_("Give extra time in percent or in minutes, not both."),
            ),
            models.CheckConstraint(
                name="extra_time_running_needs_two",
                condition=Q(attempt__isnull=True) | Q(second__isnull=False),
                violation_error_message=_("More time for a running attempt needs a second person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.percent}% · {self.minutes}'"


class ExtraAttempts(ExaminersDecision):
    """A row allows more attempts in one enrolment than the exam does."""

    enrolment = models.ForeignKey("courses.Enrolment", models.PROTECT, related_name="extra_attempt_rows")
    count = models.PositiveSmallIntegerField(_("extra attempts"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("extra attempts")
        verbose_name_plural = _("extra attempts")
        constraints = [
            *_given("extra_attempts"),
            models.CheckConstraint(
                name="extra_attempts_some",
                condition=Q(count__gte=1, count__lte=10),
                violation_error_message=_("Between 1 and 10 extra attempts may be allowed at once."),
            ),
            models.CheckConstraint(name="extra_attempts_need_two", condition=Q(second__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · +{self.count}"


class Reopening(ExaminersDecision):
    """A row says that a closed attempt was opened again, and how it had ended before."""

    attempt = models.ForeignKey("courses.Attempt", models.PROTECT, related_name="reopenings")
    minutes = models.PositiveSmallIntegerField(_("minutes given"))
    closed_at = models.DateTimeField(_("was closed"))
    closing = models.CharField(_("was closed by"), max_length=10, choices=Closing.choices)
    deadline_at = models.DateTimeField(_("time had been over"))
    score = models.DecimalField(_("score in %"), max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reopened attempt")
        verbose_name_plural = _("reopened attempts")
        constraints = [
            *_given("reopening"),
            models.CheckConstraint(
                name="reopening_gives_time",
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                violation_error_message=_("A reopened attempt gets between 1 and 600 minutes."),
            ),
            models.CheckConstraint(name="reopening_needs_two", condition=Q(second__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.minutes}'"


class Resit(ExaminersDecision):
    """A row orders one supervised sitting beside an attempt; what follows from it is for persons to decide."""

    attempt = models.OneToOneField(
        "courses.Attempt", models.PROTECT, related_name="resit_ordered", verbose_name=_("attempt checked")
    )
    code = models.CharField(_("code of the supervisor"), max_length=12, default=new_code, editable=False)
    sample = models.CharField(
        _("drawn by"), max_length=32, blank=True, editable=False
    )  # the seed of the draw

    class Meta:
        ordering = ["pk"]
        verbose_name = _("supervised re-sit")
        verbose_name_plural = _("supervised re-sits")
        constraints = [*_given("resit")]

    def __str__(self) -> str:
        return f"{self.attempt_id}"
