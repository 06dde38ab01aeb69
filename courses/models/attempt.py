"""Attempts, what they put, and answers. The server's clock decides; the browser is never believed."""

from __future__ import annotations

import uuid
from datetime import datetime
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import AnswerQuerySet, AttemptQuerySet
from courses.questions import Content, content_of
from courses.states import AttemptState, Closing, QuestionKind


class Attempt(models.Model):
    """A row is one sitting of an exam, with the rules that held when it began."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", models.PROTECT, related_name="attempts")
    exam = models.ForeignKey("courses.Exam", models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("attempt"))
    seed = models.CharField(max_length=32, editable=False)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in %"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    deadline_at = models.DateTimeField(_("time is over"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closing = models.CharField(_("closed by"), max_length=10, choices=Closing.choices, blank=True)
    right = models.PositiveSmallIntegerField(_("right answers"), null=True, blank=True)
    score = models.DecimalField(_("score in %"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    resit = models.OneToOneField(
        "courses.Resit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sat",
        verbose_name=_("supervised re-sit"),
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "number"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(name="attempt_number_once", fields=["enrolment", "number"]),
            models.UniqueConstraint(
                name="attempt_one_live_per_enrolment",
                fields=["enrolment"],
                condition=Q(closed_at__isnull=True),
                violation_error_message=_("One attempt is still running."),
            ),
            models.CheckConstraint(
                name="attempt_deadline_after_start",
                condition=Q(deadline_at__gt=F("started_at")),
                violation_error_message=_("An attempt ends after it starts."),
            ),
            models.CheckConstraint(
                name="attempt_closed_with_score",
                condition=Q(
                    closed_at__isnull=True,
                    score__isnull=True,
                    right__isnull=True,
                    passed__isnull=True,
                    closing="",
                )
                | Q(
                    closed_at__isnull=False,
                    score__isnull=False,
                    right__isnull=False,
                    passed__isnull=False,
                    closing__in=Closing.values,
                ),
                violation_error_message=_("An attempt is closed exactly when it has a score."),
            ),
            models.CheckConstraint(
                name="attempt_closed_after_start",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("started_at")),
                violation_error_message=_("An attempt is closed after it starts."),
            ),
            models.CheckConstraint(
                name="attempt_score_percent",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                violation_error_message=_("A score lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="attempt_pass_mark_percent", condition=Q(pass_mark__gte=0, pass_mark__lte=100)
            ),
            models.CheckConstraint(name="attempt_number_positive", condition=Q(number__gt=0)),
        ]
        indexes = [
            models.Index(
                name="attempt_open_by_deadline", fields=["deadline_at"], condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.number}"

    @property
    def state(self) -> AttemptState:
        """Whether answers are still taken."""
        return AttemptState.OPEN if self.closed_at is None else AttemptState.CLOSED

    def is_past_time(self, now: datetime) -> bool:
        """Say whether the time of this attempt is over at an instant of the server's clock."""
        return now >= self.deadline_at


class AttemptQuestion(models.Model):
    """A row is one question as it was put in one attempt: version, points, what was shown and the key are frozen."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("number"))
    question = models.ForeignKey(
        "courses.Question", models.SET_NULL, null=True, related_name="+", verbose_name=_("question")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices)
    text = models.TextField(_("question"))
    explanation = models.TextField(_("explanation"), blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    points = models.PositiveSmallIntegerField(_("points"), default=1)
    shown = models.JSONField(_("shown"))  # all a learner may see of the content, in the order of this attempt
    key = models.JSONField(_("key"))  # the whole content; leaves the server only with the result
    # Exact, such as "2/3"; empty until the attempt is closed.
    credit = models.CharField(_("credit"), max_length=80, blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")
        constraints = [
            models.UniqueConstraint(name="attempt_question_position_once", fields=["attempt", "position"]),
            models.CheckConstraint(name="attempt_question_points_positive", condition=Q(points__gt=0)),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def parsed(self) -> Content:
        """The content as it was when the question was put."""
        return content_of(self.kind, self.key)

    @property
    def earned(self) -> Fraction:
        """The exact points of a closed attempt's question."""
        return Fraction(self.credit or 0) * self.points


class Answer(models.Model):
    """A row is one answer exactly as it arrived; a later one is another row."""

    attempt_question = models.ForeignKey(AttemptQuestion, models.CASCADE, related_name="answers")
    client_id = models.UUIDField(_("the device's own id"), unique=True)
    sequence = models.PositiveIntegerField(_("order on the device"))
    response = models.JSONField(_("response"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    sitting = models.ForeignKey("courses.Sitting", models.SET_NULL, null=True, related_name="answers")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["attempt_question", "sequence", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.attempt_question_id} · {self.response}"


class AnswerConflict(models.Model):
    """A row keeps what arrived under an id that already stood for something else. It is never graded."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="conflicts")
    attempt_question = models.ForeignKey(AttemptQuestion, models.CASCADE, related_name="+")
    response = models.JSONField(_("response"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("conflicting answer")
        verbose_name_plural = _("conflicting answers")

    def __str__(self) -> str:
        return f"{self.answer_id} · {self.response}"
