"""The register of legal texts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.queries import LegalBasisQuerySet
from inspections.words import Certainty
from lms.base.models import Dated
from lms.base.vietnamese import fold, nfc


class LegalBasis(Dated):
    """A row is one legal text with the days it is in force; cited by its number, never quoted."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replaces",
        null=True,
        blank=True,
        verbose_name=_("replaced by"),
    )
    certainty = models.CharField(
        _("how sure we are"), max_length=1, choices=Certainty, default=Certainty.KNOWN
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = LegalBasisQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["number"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(title=""),
                name="inspections_legalbasis_named",
                violation_error_message=_("A legal text has its number and its title."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(valid_to__isnull=False),
                name="inspections_legalbasis_replaced_has_end",
                violation_error_message=_("A replaced text has the day from which it is no longer valid."),
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(valid_from__gte=models.F("issued_on")),
                name="inspections_legalbasis_valid_after_issue",
                violation_error_message=_("A text is in force from its issue at the earliest."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store number and title in one Unicode form, with what the search looks through."""
        self.number, self.title = nfc(" ".join(self.number.split())), nfc(" ".join(self.title.split()))
        self.search_text = fold(f"{self.number} {self.title} {self.note}")
        super().save(*args, **kwargs)
