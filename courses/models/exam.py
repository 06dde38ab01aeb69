"""Exams, attempts and answers. The server's clock decides; the browser is never believed."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import AnswerQuerySet, AttemptQuerySet
from courses.states import AttemptState, Closing, QuestionKind


class Exam(models.Model):
    """A row is the exam of a course: how many questions, how long, how often, and what passes."""

    course = models.OneToOneField(
        "courses.Course", models.PROTECT, related_name="exam", verbose_name=_("course")
    )
    bank = models.ForeignKey(
        "courses.QuestionBank", models.PROTECT, related_name="exams", verbose_name=_("question bank")
    )
    draw = models.PositiveSmallIntegerField(
        _("questions drawn"), default=10, validators=[MinValueValidator(1)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"), default=20, validators=[MinValueValidator(1)]
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in %"), default=70, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=3, validators=[MinValueValidator(1)]
    )
    wait_minutes = models.PositiveIntegerField(
        _("waiting time between attempts in minutes"), default=0, help_text=_("0: no waiting.")
    )

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        constraints = [
            models.CheckConstraint(
                name="exam_pass_mark_percent",
                condition=Q(pass_mark__gte=0, pass_mark__lte=100),
                violation_error_message=_("The pass mark lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="exam_draws_something",
                condition=Q(draw__gt=0),
                violation_error_message=_("An exam draws at least one question."),
            ),
            models.CheckConstraint(
                name="exam_lasts",
                condition=Q(minutes__gt=0),
                violation_error_message=_("An exam lasts at least one minute."),
            ),
            models.CheckConstraint(
                name="exam_allows_attempts",
                condition=Q(attempts_allowed__gt=0),
                violation_error_message=_("An exam allows at least one attempt."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Exam of %(course)s")) % {"course": self.course}


class Attempt(models.Model):
    """A row is one sitting of an exam, with the rules that held when it began."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", models.PROTECT, related_name="attempts")
    exam = models.ForeignKey(Exam, models.PROTECT, related_name="attempts")
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
    """A row is one question as it was put in one attempt: words, order of options and key are frozen."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("number"))
    question = models.ForeignKey(
        "courses.Question", models.SET_NULL, null=True, related_name="+", verbose_name=_("question")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices)
    text = models.TextField(_("question"))
    explanation = models.TextField(_("explanation"), blank=True)
    options = models.JSONField(_("options"))  # [{"id": …, "text": …}, …] in the order shown
    right_ids = models.JSONField(_("key"))  # ids of the right options; leaves the server only with the result

    class Meta:
        ordering = ["attempt", "position"]
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")
        constraints = [
            models.UniqueConstraint(name="attempt_question_position_once", fields=["attempt", "position"])
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Answer(models.Model):
    """A row is one answer exactly as it arrived; a later one is another row."""

    attempt_question = models.ForeignKey(AttemptQuestion, models.CASCADE, related_name="answers")
    client_id = models.UUIDField(_("the device's own id"), unique=True)
    sequence = models.PositiveIntegerField(_("order on the device"))
    chosen = models.JSONField(_("chosen options"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["attempt_question", "sequence", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.attempt_question_id} · {self.chosen}"


class AnswerConflict(models.Model):
    """A row keeps what arrived under an id that already stood for something else. It is never graded."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="conflicts")
    attempt_question = models.ForeignKey(AttemptQuestion, models.CASCADE, related_name="+")
    chosen = models.JSONField(_("chosen options"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("conflicting answer")
        verbose_name_plural = _("conflicting answers")

    def __str__(self) -> str:
        return f"{self.answer_id} · {self.chosen}"
