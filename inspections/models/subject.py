"""Who is inspected."""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.queries import InspectedSubjectQuerySet, SubjectQuerySet
from inspections.states import SubjectKind
from lms.base.masking import masked
from lms.base.vietnamese import fold, nfc

# Whose number is the personal number of a human being (household businesses use their owner's).
PERSONS = frozenset({SubjectKind.CNKD, SubjectKind.HKD})
FIVE_STEPS = RegexValidator(r"^[DPN]{5}$", _("Five letters of D, P or N, one for each step S1 to S5."))


class Subject(models.Model):
    """A row is a business, household, trader or body that was or may be inspected, as it is called today.

    Earlier names and premises are rows of their own; a duplicate leads to the row that is kept.
    """

    kind = models.CharField(_("kind"), max_length=5, choices=SubjectKind)
    # Tax code or identification number: the once-a-year rule is checked across agencies by it.
    identifier = models.CharField(_("tax code or identification number"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False, db_index=True)
    # The name without the words for the legal form: alike rows are candidates for duplicates.
    name_core = models.CharField(max_length=300, editable=False, db_index=True, default="")
    # Earlier names are rows of SubjectName; not known: it was always called so, as far as we know.
    named_from = models.DateField(_("called so from"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    representative = models.CharField(_("representative of the subject"), max_length=200, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="duplicates",
        null=True,
        blank=True,
        verbose_name=_("duplicate of"),
    )
    search_text = models.TextField(editable=False, default="")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspected party")
        verbose_name_plural = _("inspected parties")
        constraints = [
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~Q(identifier=""),
                name="inspections_subject_once",
                violation_error_message=_("There is already a subject with this number."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="inspections_subject_no_duplicate_of_itself",
                violation_error_message=_("A subject is no duplicate of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.shown_identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name in one Unicode form, with its search form."""
        self.name = nfc(" ".join(self.name.split()))
        self.name_folded = fold(self.name)
        self.name_core = core_of(self.name)
        self.search_text = fold(f"{self.identifier} {self.name} {self.address}")
        super().save(*args, **kwargs)

    @property
    def shown_identifier(self) -> str:
        """The number as pages show it: a person's own twelve digits are masked."""
        return shown_identifier(self.kind, self.identifier)


FORM_WORDS = re.compile(
    r"\b(cong ty|cty|trach nhiem huu han|tnhh|co phan|cp|mot thanh vien|mtv|hai thanh vien|doanh nghiep tu nhan"
    r"|dntn|doanh nghiep|ho kinh doanh|hkd|co so|chi nhanh)\b"
)


def core_of(name: str) -> str:
    """Return the folded name without the words for the legal form; the whole where nothing else is left.

    >>> core_of("Công ty TNHH MTV Cửu Long"), core_of("CTY TNHH Cửu  Long")
    ('cuu long', 'cuu long')
    """
    folded = fold(name)
    core = " ".join(re.sub(r"[^\w ]", " ", FORM_WORDS.sub(" ", folded)).split())
    return core or folded


def shown_identifier(kind: str, identifier: str) -> str:
    """Return the number, masked where it is a person's: 082******234."""
    return masked(identifier) if kind in PERSONS else identifier


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

    @property
    def shown_identifier(self) -> str:
        """The number as pages show it: a person's own twelve digits are masked."""
        return shown_identifier(self.kind, self.identifier)
