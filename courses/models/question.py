"""Question banks. What is right stays on the server."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from courses.queries import QuestionQuerySet
from courses.states import QuestionKind


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


class Question(ClusterableModel):
    """A row is one question; attempts hold their own copy of it, so it may be mended at any time."""

    Kind = QuestionKind

    bank = models.ForeignKey(
        QuestionBank, models.PROTECT, related_name="questions", verbose_name=_("question bank")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    text = models.TextField(_("question"))
    explanation = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_("Shown after the last attempt or a pass, beside the right answer."),
    )
    is_active = models.BooleanField(_("may be drawn"), default=True)

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
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class QuestionOption(models.Model):
    """A row is one option of a question. Its key stays the same when words or order change."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("option"), max_length=500)
    is_correct = models.BooleanField(_("right"), default=False)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            models.CheckConstraint(
                name="question_option_text_given",
                condition=~Q(text=""),
                violation_error_message=_("An option needs its words."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
