"""The record of a course: what certificates and figures refer to, whatever becomes of its pages."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.queries import CourseQuerySet
from lms.base.dates import covers


class Course(models.Model):
    """A row is a course of the catalogue. Records point here, never to pages, so it is never deleted."""

    class Form(models.TextChoices):
        """How a course is followed, in the words printed on a certificate."""

        REMOTE = "remote", _("Distance learning")
        CLASSROOM = "classroom", _("In class")
        BLENDED = "blended", _("Partly in class")

    class PassRule(models.TextChoices):
        """What must be done before the exam counts."""

        LESSONS_AND_EXAM = "lessons_and_exam", _("All lessons, then the exam")
        EXAM = "exam", _("The exam alone")
        LESSONS = "lessons", _("All lessons, as practice: no certificate unless an officer verifies it")

    class CertificateKind(models.TextChoices):
        """The paper a completion earns (a short course gives a giấy chứng nhận, a programme a chứng chỉ)."""

        ATTENDANCE = "giay_chung_nhan", _("Certificate of completion")
        TRAINING = "chung_chi", _("Training certificate")
        NONE = "none", _("No certificate")

    code = models.CharField(_("code"), max_length=40, unique=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    name = models.CharField(_("name"), max_length=255)
    hours = models.DecimalField(_("periods (45 minutes)"), max_digits=6, decimal_places=2)
    is_ds = models.BooleanField(_("digital skills (DS)"), default=True)
    is_da = models.BooleanField(_("data analysis (DA)"), default=False)
    agency = models.ForeignKey(
        "people.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issuing agency"),
    )
    form = models.CharField(_("form of study"), max_length=12, choices=Form.choices, default=Form.REMOTE)
    pass_rule = models.CharField(
        _("pass rule"), max_length=20, choices=PassRule.choices, default=PassRule.LESSONS_AND_EXAM
    )
    certificate_kind = models.CharField(
        _("certificate"), max_length=20, choices=CertificateKind.choices, default=CertificateKind.ATTENDANCE
    )
    pace_percent = models.PositiveSmallIntegerField(
        _("least time for a lesson (percent of its stated minutes)"),
        default=33,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Whoever is faster is asked to read on; a quick reader needs about a third. 0: not asked."
        ),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("How long a completion is valid. Empty: without end."),
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("may be renewed so many days before it ends"), default=90, validators=[MaxValueValidator(3650)]
    )
    valid_from = models.DateField(_("open from"), null=True, blank=True)
    valid_to = models.DateField(
        _("closed from"),
        null=True,
        blank=True,
        help_text=_("The first day on which nobody can enrol any more."),
    )

    objects = CourseQuerySet.as_manager()

    # What a completion freezes: a change of one of these makes a new version.
    VERSIONED = (
        "name",
        "hours",
        "is_ds",
        "is_da",
        "agency_id",
        "form",
        "pass_rule",
        "certificate_kind",
        "valid_months",
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                name="course_code_given",
                condition=~Q(code="") & ~Q(name=""),
                violation_error_message=_("A course needs a code and a name."),
            ),
            models.CheckConstraint(
                name="course_hours_positive",
                condition=Q(hours__gt=0),
                violation_error_message=_("A course has more than 0 periods."),
            ),
            models.CheckConstraint(
                name="course_pace_percent",
                condition=Q(pace_percent__gte=0, pace_percent__lte=100),
                violation_error_message=_(
                    "The least time lies between 0 and 100 percent of the stated minutes."
                ),
            ),
            models.CheckConstraint(
                name="course_valid_for_something",
                condition=Q(valid_months__isnull=True) | Q(valid_months__gt=0),
                violation_error_message=_("A completion is valid for a month at least, or without end."),
            ),
            models.CheckConstraint(
                name="course_end_after_start",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("A course cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def tags(self) -> list[str]:
        """The indicators this course counts for."""
        return [tag for tag, is_set in (("DS", self.is_ds), ("DA", self.is_da)) if is_set]

    def is_open_on(self, on: date) -> bool:
        """Say whether people may enrol on a day."""
        return covers(self.valid_from or date.min, self.valid_to, on)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise models.ProtectedError("A course is never deleted: close it instead.", {self})
