"""Completions and withdrawals: frozen facts on which certificates and figures stand."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import CompletionQuerySet, FactRewritten
from courses.states import CompletionSource, RevocationMode
from lms.people.queries import ScopedManager


class Completion(models.Model):
    """A row is the fact that a person completed (or failed) a course.

    Everything a certificate or a figure needs is copied in at that moment: deleting a page, moving the
    person or merging the agency changes none of it.
    """

    Source = CompletionSource

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions", verbose_name=_("person")
    )
    person_name = models.CharField(_("full name"), max_length=200)
    course = models.ForeignKey(
        "courses.Course",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="completions",
        verbose_name=_("course"),
    )
    enrolment = models.OneToOneField(
        "courses.Enrolment", models.PROTECT, null=True, blank=True, related_name="completion"
    )
    course_code = models.CharField(_("course code"), max_length=40)
    course_version = models.PositiveIntegerField(_("course version"), null=True, blank=True)
    course_name = models.CharField(_("course name"), max_length=255)
    hours = models.DecimalField(_("periods (45 minutes)"), max_digits=6, decimal_places=2)
    is_ds = models.BooleanField(_("digital skills (DS)"))
    is_da = models.BooleanField(_("data analysis (DA)"))
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"))
    completed_on = models.DateField(_("completed on"))
    passed = models.BooleanField(_("passed"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day. Empty: without end.")
    )
    provider = models.CharField(_("provider"), max_length=255, blank=True)
    certificate_no = models.CharField(_("certificate number"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=CompletionSource.choices)
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    agency_code = models.CharField(_("agency code"), max_length=40, blank=True)
    agency_name = models.CharField(_("agency name"), max_length=250, blank=True)
    post_category = models.CharField(_("category"), max_length=3, blank=True)
    post_position = models.CharField(_("position"), max_length=200, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects = CompletionQuerySet.as_manager()
    scoped = ScopedManager()

    class Meta:
        ordering = ["-completed_at", "-pk"]
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(
                name="completion_once",
                fields=["person", "course_code", "completed_at"],
                violation_error_message=_("This completion is already recorded."),
            ),
            models.CheckConstraint(
                name="completion_course_named",
                condition=~Q(course_code="") & ~Q(course_name=""),
                violation_error_message=_("A completion names its course."),
            ),
            models.CheckConstraint(
                name="completion_valid_after_completed",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("completed_on")),
                violation_error_message=_("A completion is not valid until a day before it was earned."),
            ),
            models.CheckConstraint(
                name="completion_hours_not_negative",
                condition=Q(hours__gte=0),
                violation_error_message=_("Periods are not negative."),
            ),
            models.CheckConstraint(
                name="completion_exam_has_enrolment",
                condition=~Q(source=CompletionSource.EXAM)
                | Q(enrolment__isnull=False, course__isnull=False, course_version__isnull=False, passed=True),
                violation_error_message=_(
                    "A completion by exam names its enrolment and course, and was passed."
                ),
            ),
        ]
        indexes = [
            models.Index(name="completion_by_person_day", fields=["person", "completed_on"]),
            models.Index(name="completion_by_day", fields=["completed_on"]),
            models.Index(name="completion_newest", fields=["completed_at", "id"]),
            models.Index(
                name="completion_by_end", fields=["valid_until"], condition=Q(valid_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} · {self.course_code} · {self.completed_on:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the fact once."""
        if not self._state.adding:
            raise FactRewritten("A completion is never rewritten.")
        super().save(*args, **kwargs)

    @property
    def tags(self) -> list[str]:
        """The indicators this completion counts for."""
        return [tag for tag, is_set in (("DS", self.is_ds), ("DA", self.is_da)) if is_set]

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the person belonged to the agencies when completing."""
        return Q(agency__in=agency_ids)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FactRewritten("A completion is never deleted; withdraw it through courses.actions.")


class Revocation(models.Model):
    """A row withdraws one completion, from a day on or from the beginning; the day is also when it became known."""

    Mode = RevocationMode

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="revocation")
    on = models.DateField(_("withdrawn on"))
    mode = models.CharField(_("mode"), max_length=10, choices=RevocationMode.choices)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("by (name)"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.CheckConstraint(
                name="revocation_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A withdrawal needs a reason."),
            ),
            models.CheckConstraint(name="revocation_mode_known", condition=Q(mode__in=RevocationMode.values)),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} · {self.on:%d/%m/%Y}"
