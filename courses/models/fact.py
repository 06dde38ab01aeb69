"""The log of a person's way through a course: what happened, in rows that nobody changes."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import FactQuerySet, FactRewritten
from courses.states import FactKind


class LearningFact(models.Model):
    """A row is one thing that happened; what is stored elsewhere of progress and results is its replay.

    `subject` names what it happened to: a lesson's key, "lesson/activity", an attempt's key.
    """

    Kind = FactKind

    enrolment = models.ForeignKey("courses.Enrolment", models.PROTECT, related_name="facts")
    kind = models.CharField(_("what happened"), max_length=10, choices=FactKind.choices)
    subject = models.CharField(_("to what"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"))
    detail = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    recorded_at = models.DateTimeField(_("written at"), default=timezone.now)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("fact of learning")
        verbose_name_plural = _("facts of learning")
        constraints = [
            models.CheckConstraint(name="learning_fact_kind_known", condition=Q(kind__in=FactKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.kind} · {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the fact once."""
        if not self._state.adding:
            raise FactRewritten("A fact is never rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a fact stays."""
        raise FactRewritten("A fact is never deleted.")
