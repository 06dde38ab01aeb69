"""Records found to be one person's, and pairs found not to be."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.person import Person


class Merger(models.Model):
    """A row says that a record duplicates another, by whom and why, until it was separated again.

    Nothing moves: posts, completions and certificates stay with the record they were reported for and are
    read through the one that is kept.
    """

    duplicate = models.ForeignKey(Person, models.PROTECT, related_name="mergers", verbose_name=_("duplicate"))
    kept = models.ForeignKey(
        Person, models.PROTECT, related_name="mergers_into", verbose_name=_("kept record")
    )
    # Records that led to the duplicate and were led on to the kept one; a separation gives them back.
    followers = models.JSONField(_("records led on"), default=list)
    reason = models.TextField(_("reason"))
    merged_by_id = models.CharField(_("merged by"), max_length=40)
    merged_by_name = models.CharField(_("merged by (name)"), max_length=200)
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    separated_at = models.DateTimeField(_("separated"), null=True)
    separated_by_id = models.CharField(_("separated by"), max_length=40, blank=True)
    separated_by_name = models.CharField(_("separated by (name)"), max_length=200, blank=True)
    separation_reason = models.TextField(_("reason of the separation"), blank=True)

    class Meta:
        verbose_name = _("merger of records")
        verbose_name_plural = _("mergers of records")
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(separated_at=None), name="people_merger_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("kept")) & ~Q(reason=""), name="people_merger_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(separated_at=None, separation_reason="")
                | (Q(separated_at__isnull=False) & ~Q(separation_reason="")),
                name="people_merger_separation_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.kept_id}"


class DistinctPair(models.Model):
    """A row says that two alike records are two people; the first has the smaller key."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    decided_by_id = models.CharField(_("decided by"), max_length=40)
    decided_by_name = models.CharField(_("decided by (name)"), max_length=200)
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("pair of different people")
        verbose_name_plural = _("pairs of different people")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="people_distinctpair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")) & ~Q(reason=""), name="people_distinctpair_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
