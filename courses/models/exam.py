"""Exams: how many questions, how long, how often, when, and what is shown afterwards."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from courses.states import ReviewPolicy


class Exam(ClusterableModel):
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
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Empty: as soon as the lessons are done.")
    )
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("The instant at which running attempts end too; extra time goes on after it."),
    )
    # Kept readable: the supervisor reads it out in the room. Compared in constant time, tries are limited.
    access_code = models.CharField(
        _("access code"),
        max_length=40,
        blank=True,
        help_text=_("Asked before an attempt starts. Empty: none is asked."),
    )
    review = models.CharField(
        _("right answers are shown"),
        max_length=12,
        choices=ReviewPolicy.choices,
        default=ReviewPolicy.AFTER_LAST,
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
            models.CheckConstraint(
                name="exam_waits_no_negative_time",
                condition=Q(wait_minutes__gte=0),
                violation_error_message=_("A waiting time is never negative."),
            ),
            models.CheckConstraint(
                name="exam_window_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The exam would never open: it closes before it opens."),
            ),
            models.CheckConstraint(
                name="exam_review_after_an_end",
                condition=~Q(review=ReviewPolicy.AFTER_WINDOW) | Q(closes_at__isnull=False),
                violation_error_message=_(
                    "Answers can be shown after the exam has closed only if it says when it closes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Exam of %(course)s")) % {"course": self.course}
