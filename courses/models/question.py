"""Question banks. What is right stays on the server."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import QuestionQuerySet
from courses.questions import Content, content_of
from courses.states import Difficulty, QuestionKind, QuestionState


class QuestionBank(models.Model):  # type: ignore[django-manager-missing]
    """A row is a stock of questions from which exams draw."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        ordering = ["code"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Question(models.Model):
    """A row is one version of a question. An exam draws reviewed ones; attempts hold their own copy of what they saw."""

    Kind = QuestionKind

    bank = models.ForeignKey(
        QuestionBank, models.PROTECT, related_name="questions", verbose_name=_("question bank")
    )
    kind = models.CharField(
        _("type"), max_length=12, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    code = models.CharField(
        _("code"),
        max_length=100,
        blank=True,
        help_text=_("By which a file names the question; versions share it."),
    )
    text = models.TextField(_("question"))
    content = models.JSONField(_("content"), default=dict)  # by type, key included: courses.questions
    explanation = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_("Shown after the last attempt or a pass, beside the right answer."),
    )
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty.choices, default=Difficulty.MEDIUM
    )
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="following",
        verbose_name=_("earlier version"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["bank", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                name="question_text_given",
                condition=~Q(text=""),
                violation_error_message=_("A question needs its words."),
            ),
            models.CheckConstraint(
                name="question_points_positive",
                condition=Q(points__gt=0),
                violation_error_message=_("A question earns at least one point."),
            ),
            models.CheckConstraint(
                name="question_difficulty_known", condition=Q(difficulty__in=Difficulty.values)
            ),
            models.CheckConstraint(
                name="question_reviewed_at_and_by",
                condition=Q(reviewed_by__isnull=True) | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_draft_is_not_reviewed",
                condition=~Q(state=QuestionState.DRAFT) | Q(reviewed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="question_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True) | Q(author__isnull=True) | ~Q(author=F("reviewed_by")),
                violation_error_message=_("Nobody reviews their own question."),
            ),
            models.CheckConstraint(
                name="question_version_follows",
                condition=Q(version=1, previous__isnull=True) | Q(version__gt=1, previous__isnull=False),
            ),
        ]
        indexes = [models.Index(name="question_pool", fields=["bank", "state", "topic", "difficulty"])]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def parsed(self) -> Content:
        """The content by its type. Raises Malformed for what is none."""
        return content_of(self.kind, self.content)
