"""What the minutes found wanting."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import ChecklistRecord
from inspections.models.evidence import Evidence
from inspections.models.legal_basis import LegalBasis
from inspections.models.subject import InspectedSubject
from inspections.queries import FindingQuerySet
from inspections.remedy_states import Severity
from lms.base.vietnamese import fold


class Finding(models.Model):
    """A row is one item of the checklist that was not met or not shown, as the locked minutes say.

    The team words it until the result document; from then on it is frozen, and the database refuses a change.
    """

    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="findings")
    record = models.ForeignKey(ChecklistRecord, models.PROTECT, related_name="findings")
    # The question of the sheet: the same item in another year is recognised by checklist and name.
    item = models.CharField(_("item of the checklist"), max_length=120)
    checklist = models.SlugField(_("checklist"), max_length=60)
    label = models.CharField(_("what was examined"), max_length=500)
    result = models.CharField(_("result"), max_length=60)
    basis = models.ForeignKey(
        LegalBasis,
        models.PROTECT,
        related_name="findings",
        null=True,
        blank=True,
        verbose_name=_("legal text"),
    )
    article = models.CharField(_("article"), max_length=300, blank=True)
    severity = models.CharField(_("severity"), max_length=7, choices=Severity, default=Severity.MINOR)
    words = models.TextField(_("what was found"), blank=True)
    about_skills = models.BooleanField(_("skills are missing"), default=False)
    evidence = models.ManyToManyField(
        Evidence, related_name="findings", blank=True, verbose_name=_("evidence")
    )
    search_text = models.TextField(editable=False, default="")
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "item"],
                name="inspections_finding_once",
                violation_error_message=_("This item of the checklist is a finding already."),
            ),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(label="") & ~Q(result=""),
                name="inspections_finding_whole",
                violation_error_message=_("A finding names the item, what was examined and the result."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what is frozen in the database."""
        if self.pk and Finding.objects.filter(pk=self.pk, frozen_at__isnull=False).exists():
            raise TypeError("a frozen finding never changes")
        self.search_text = fold(f"{self.label} {self.words} {self.article}")
        super().save(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        """Whether the result document rests on it."""
        return self.frozen_at is not None

    @property
    def law(self) -> str:
        """The article with its text, as papers cite it."""
        number = self.basis.number if self.basis else ""
        return ", ".join(part for part in (self.article, "" if number in self.article else number) if part)
