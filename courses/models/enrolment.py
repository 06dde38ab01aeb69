"""Who learns what, and how far they are."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.queries import EnrolmentQuerySet


class Enrolment(models.Model):
    """A row is one person following one course once; it ends with its completion."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", verbose_name=_("person")
    )
    course = models.ForeignKey(
        "courses.Course", models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    enrolled_at = models.DateTimeField(_("enrolled"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # State kept for speed: the sum of the rows of ExtraAttempts, which are the facts.
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                name="enrolment_one_open_per_course",
                fields=["person", "course"],
                condition=Q(finished_at__isnull=True),
                violation_error_message=_("This person already follows the course."),
            ),
            models.CheckConstraint(
                name="enrolment_finished_after_enrolled",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("enrolled_at")),
                violation_error_message=_("A course cannot be finished before it was begun."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.course_id}"

    @property
    def is_finished(self) -> bool:
        """Whether the completion has been written."""
        return self.finished_at is not None


class LessonProgress(models.Model):
    """A row says when an enrolled person opened a lesson and when they were done with it."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="lessons")
    lesson_key = models.UUIDField(_("lesson"))
    lesson_title = models.CharField(_("title at that moment"), max_length=255)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [
            models.UniqueConstraint(name="lesson_progress_once", fields=["enrolment", "lesson_key"]),
            models.CheckConstraint(
                name="lesson_finished_after_opened",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("opened_at")),
                violation_error_message=_("A lesson cannot be finished before it was opened."),
            ),
        ]

    def __str__(self) -> str:
        return self.lesson_title


class ActivityProgress(models.Model):
    """A row says when an enrolled person finished an H5P activity. It opens the next lesson and proves nothing."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="activities")
    lesson_key = models.UUIDField(_("lesson"))
    activity_key = models.CharField(_("activity"), max_length=64)
    finished_at = models.DateTimeField(_("finished"), default=timezone.now)

    class Meta:
        verbose_name = _("progress in an activity")
        verbose_name_plural = _("progress in activities")
        constraints = [
            models.UniqueConstraint(
                name="activity_progress_once", fields=["enrolment", "lesson_key", "activity_key"]
            ),
            models.CheckConstraint(name="activity_key_given", condition=~Q(activity_key="")),
        ]

    def __str__(self) -> str:
        return self.activity_key


class Haste(models.Model):
    """A row says that somebody wanted to finish a lesson sooner than it can be read. It is a flag, no punishment."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="hastes")
    lesson_key = models.UUIDField(_("lesson"))
    lesson_title = models.CharField(_("title at that moment"), max_length=255)
    at = models.DateTimeField(_("when"), default=timezone.now)
    seconds = models.PositiveIntegerField(_("seconds since it was opened"))
    least_seconds = models.PositiveIntegerField(_("seconds it takes at least"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("haste in a lesson")
        verbose_name_plural = _("haste in lessons")
        constraints = [models.UniqueConstraint(name="haste_once", fields=["enrolment", "lesson_key"])]

    def __str__(self) -> str:
        return f"{self.lesson_title} · {self.seconds} s"
