"""The blueprint of an exam: so many questions of a topic and a difficulty."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from courses.states import Difficulty


class ExamPart(models.Model):
    """A row draws so many questions of one topic and one difficulty; an empty one means any."""

    exam = ParentalKey("courses.Exam", on_delete=models.CASCADE, related_name="parts")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    topic = models.CharField(
        _("topic"), max_length=120, blank=True, help_text=_("As written at the questions. Empty: any topic.")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"),
        choices=Difficulty.choices,
        null=True,
        blank=True,
        help_text=_("Empty: any difficulty."),
    )
    count = models.PositiveSmallIntegerField(_("questions drawn"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("row of the blueprint")
        verbose_name_plural = _("rows of the blueprint")
        constraints = [
            models.CheckConstraint(
                name="exam_part_draws_something",
                condition=Q(count__gt=0),
                violation_error_message=_("A row of the blueprint draws at least one question."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.difficulty} · {self.count}"
