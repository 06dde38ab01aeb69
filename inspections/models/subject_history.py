"""How a subject was called and where it stood on a day, who went on for whom, and duplicates."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.subject import Subject
from inspections.words import SuccessionKind
from lms.base.models import Dated
from lms.base.vietnamese import fold, nfc


class SubjectName(Dated):
    """A row is how a subject was called, and its address, on the days of [valid_from, valid_to)."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False, db_index=True)
    address = models.CharField(_("address"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("name of a subject")
        verbose_name_plural = _("names of subjects")
        ordering = ["valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(valid_to=None),
                name="inspections_subjectname_one_now",
                violation_error_message=_("A subject has one name at a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name in one Unicode form, with its search form."""
        self.name = nfc(" ".join(self.name.split()))
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)


class Premise(Dated):
    """A row is a place where a subject works on the days of [valid_from, valid_to)."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="premises")
    name = models.CharField(_("name of the place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300)

    class Meta(Dated.Meta):
        verbose_name = _("premises")
        verbose_name_plural = _("premises")
        ordering = ["valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(address=""),
                name="inspections_premise_has_address",
                violation_error_message=_("Premises have an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address


class SubjectSuccession(models.Model):
    """A row says that a subject went on as another from a day."""

    predecessor = models.ForeignKey(Subject, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Subject, models.PROTECT, related_name="origins")
    kind = models.CharField(_("how it went on"), max_length=10, choices=SuccessionKind)
    on = models.DateField(_("from"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("succession of subjects")
        verbose_name_plural = _("successions of subjects")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="inspections_subjectsuccession_once",
                violation_error_message=_("This succession is known already."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="inspections_subjectsuccession_of_two",
                violation_error_message=_("A subject does not succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class SubjectMerger(models.Model):
    """A row says that a row of the register duplicates another, by whom and why, until it was separated again.

    Nothing moves: cases stay with the row they named and are read through the one that is kept.
    """

    duplicate = models.ForeignKey(Subject, models.PROTECT, related_name="mergers")
    kept = models.ForeignKey(Subject, models.PROTECT, related_name="mergers_into")
    followers = models.JSONField(_("records led on"), default=list)
    reason = models.TextField(_("reason"))
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    merged_by_name = models.CharField(_("merged by (name)"), max_length=200)
    separated_at = models.DateTimeField(_("separated"), null=True, blank=True)
    separated_by_name = models.CharField(_("separated by (name)"), max_length=200, blank=True)
    separation_reason = models.TextField(_("reason of the separation"), blank=True)

    class Meta:
        verbose_name = _("merger of subjects")
        verbose_name_plural = _("mergers of subjects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(separated_at=None),
                name="inspections_subjectmerger_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("kept")) & ~Q(reason=""), name="inspections_subjectmerger_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(separated_at=None, separation_reason="")
                | (Q(separated_at__isnull=False) & ~Q(separation_reason="")),
                name="inspections_subjectmerger_separation_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.kept_id}"


class DistinctSubjects(models.Model):
    """A row says that two alike rows are two subjects; the first has the smaller key."""

    first = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    second = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    decided_by_name = models.CharField(_("decided by (name)"), max_length=200)

    class Meta:
        verbose_name = _("pair of distinct subjects")
        verbose_name_plural = _("pairs of distinct subjects")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="inspections_distinctsubjects_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="inspections_distinctsubjects_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
