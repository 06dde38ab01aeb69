"""What was handed to the national HR database, file by file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Completion, Course
from inspections.models import Remedy
from lms.base.models import Job
from lms.followup.queries import AssignmentQuerySet
from lms.followup.states import Change
from lms.people.models import Person


class NationalFile(models.Model):
    """A row is one file for the national HR database, until it was accepted there or came back.

    What is in a file goes on waiting until the officer records that the database has taken it.
    """

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("job"))
    count = models.PositiveIntegerField(_("rows"), default=0)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    receipt = models.CharField(_("receipt of the national database"), max_length=200, blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)

    class Meta:
        verbose_name = _("file for the national HR database")
        verbose_name_plural = _("files for the national HR database")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None) | (~Q(file_name="") & ~Q(sha256="")), name="followup_file_is_kept"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | (~Q(receipt="") & Q(made_at__isnull=False)),
                name="followup_accepted_has_receipt",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | (~Q(return_reason="") & Q(accepted_at=None)),
                name="followup_returned_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.count}"

    @property
    def is_open(self) -> bool:
        """Whether it was made, and neither accepted nor returned."""
        return self.made_at is not None and self.accepted_at is None and self.returned_at is None


class NationalEntry(models.Model):
    """A row is one completion in one file; a file that came back gives its rows free."""

    file = models.ForeignKey(NationalFile, models.CASCADE, related_name="entries")
    completion = models.ForeignKey(Completion, models.PROTECT, related_name="national_entries")
    change = models.CharField(_("change"), max_length=10, choices=Change)

    class Meta:
        verbose_name = _("entry of a file for the national HR database")
        verbose_name_plural = _("entries of files for the national HR database")
        constraints = [
            models.UniqueConstraint(fields=["completion", "change"], name="followup_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.change}"


class Assignment(models.Model):
    """A row asks one named person of an inspected body to take a course, as part of a remedy.

    The completion that answers it is later than the asking; it is evidence on the remedy.
    """

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="assignments", verbose_name=_("remedy"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    completion = models.ForeignKey(
        Completion, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("completion")
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assigned course")
        verbose_name_plural = _("assigned courses")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remedy", "course", "person"],
                name="followup_assignment_once",
                violation_error_message=_("This person was asked for this course in this remedy already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id}"
