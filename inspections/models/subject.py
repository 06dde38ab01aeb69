"""Who is inspected."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.queries import InspectedSubjectQuerySet
from inspections.states import SubjectKind
from lms.base.vietnamese import fold, nfc

FIVE_STEPS = RegexValidator(r"^[DPN]{5}$", _("Five letters of D, P or N, one for each step S1 to S5."))


class Subject(models.Model):
    """A row is a company, household, trader or body that was or may be inspected."""

    kind = models.CharField(_("kind"), max_length=5, choices=SubjectKind)
    # Tax code or identification number: the once-a-year rule is checked across agencies by it.
    identifier = models.CharField(_("tax code or identification number"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False, db_index=True)
    address = models.CharField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("inspected party")
        verbose_name_plural = _("inspected parties")
        constraints = [
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~Q(identifier=""),
                name="inspections_subject_once",
                violation_error_message=_("There is already a subject with this number."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name in one Unicode form, with its search form."""
        self.name = nfc(" ".join(self.name.split()))
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)


class InspectedSubject(models.Model):
    """A row is one subject in one case (lượt đối tượng), as it was called then, with its five steps."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="subjects")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="inspected", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=SubjectKind, default=SubjectKind.OTHER)
    identifier = models.CharField(
        _("tax code or identification number"), max_length=40, blank=True, db_index=True
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    # Derived from the records of a case run here, declared where it was registered.
    steps = models.CharField(_("steps S1 to S5"), max_length=5, default="NNNNN", validators=[FIVE_STEPS])

    objects = InspectedSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspected subject")
        verbose_name_plural = _("inspected subjects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "identifier"],
                condition=~Q(identifier=""),
                name="inspections_inspectedsubject_once",
                violation_error_message=_("A subject stands once in an inspection."),
            ),
            models.CheckConstraint(
                condition=Q(steps__regex=r"^[DPN]{5}$"),
                name="inspections_inspectedsubject_five_steps",
                violation_error_message=_("Five letters of D, P or N, one for each step S1 to S5."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.identifier or f"{self.inspection_id}/{self.pk}"
