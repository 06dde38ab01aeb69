"""Changes of the organisation that were prepared, carried out and perhaps undone in the system."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.base.vietnamese import fold
from lms.people.models.agency import Agency


class OrganisationChange(models.Model):
    """A row is one decree carried out on the tree of agencies: prepared, applied, perhaps undone.

    `request` is what was asked for; `record` holds every row that was made or changed with its values
    before and after, so that undoing restores exactly what was there.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")
        RENAME = "rename", _("Rename")
        MOVE = "move", _("Move under another agency")
        ABOLISH = "abolish", _("Abolish")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        APPLIED = "applied", _("Carried out")
        REVERSED = "reversed", _("Undone")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on = models.DateField(_("from"))
    decree = models.CharField(_("decree"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    title = models.CharField(_("what happens"), max_length=500, blank=True)
    title_folded = models.CharField(max_length=500, editable=False, blank=True)
    agencies = models.ManyToManyField(Agency, related_name="changes", blank=True, verbose_name=_("agencies"))
    request = models.JSONField(_("what was asked for"), default=dict)
    record = models.JSONField(_("rows made and changed"), default=dict)
    prepared_at = models.DateTimeField(_("prepared at"), auto_now_add=True)
    prepared_by_id = models.CharField(_("prepared by (id)"), max_length=40, blank=True)
    prepared_by_name = models.CharField(_("prepared by"), max_length=200, blank=True)
    applied_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    applied_by_id = models.CharField(_("carried out by (id)"), max_length=40, blank=True)
    applied_by_name = models.CharField(_("carried out by"), max_length=200, blank=True)
    reversed_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    reversed_by_name = models.CharField(_("undone by"), max_length=200, blank=True)
    reversal_reason = models.CharField(_("why it was undone"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of the organisation")
        verbose_name_plural = _("changes of the organisation")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="people_change_state_and_instants",
                condition=Q(state="prepared", applied_at=None, reversed_at=None)
                | Q(state="applied", applied_at__isnull=False, reversed_at=None)
                | Q(state="reversed", applied_at__isnull=False, reversed_at__isnull=False),
                violation_error_message=_("A change is carried out before it is undone."),
            ),
            models.CheckConstraint(
                name="people_change_undone_with_reason",
                condition=~Q(state="reversed") | ~Q(reversal_reason=""),
                violation_error_message=_("Undoing a change needs a reason."),
            ),
            models.CheckConstraint(
                name="people_change_has_decree",
                condition=~Q(decree=""),
                violation_error_message=_("A change of the organisation names its decree."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} ({self.on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the title's search form beside it."""
        self.title_folded = fold(f"{self.title} {self.decree}")[:500]
        super().save(*args, **kwargs)
