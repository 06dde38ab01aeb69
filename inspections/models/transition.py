"""The log of a case: what happened to it, why, on which paper."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.inspection import Inspection
from inspections.states import BY_EVENT, UNLOGGED, Event, Status, passages
from inspections.words import PaperType
from lms.people.models import Person

LOGGED = [(event.value, event.label) for event in Event if event not in UNLOGGED]
WITH_REASON = sorted(row.event.value for row in BY_EVENT.values() if row.reason)
WITH_PAPER = sorted(row.event.value for row in BY_EVENT.values() if row.paper)


def in_the_table() -> Q:
    """Return the condition that a passage stands in the table of states."""
    rows = [
        Q(("event", event.value), ("source", str(source)), ("target", str(target)))
        for event, source, target in passages()
    ]
    return reduce(or_, rows)


class TransitionEntry(models.Model):
    """A row is one event of a case: from and to which status, by whom, why and on which paper. Never changed."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="entries")
    event = models.CharField(_("event"), max_length=14, choices=LOGGED)
    source = models.CharField(_("from"), max_length=12, choices=Status, blank=True)
    target = models.CharField(_("to"), max_length=12, choices=Status)
    reason = models.TextField(_("reason"), blank=True)
    paper_type = models.CharField(_("document"), max_length=40, choices=PaperType, blank=True)
    paper_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    paper_on = models.DateField(_("date of the document"), null=True, blank=True)
    paper_file = models.FileField(
        _("the document"), upload_to="papers/%Y/%m/", storage=private_storage, max_length=200, blank=True
    )
    paper_sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)
    detail = models.JSONField(_("what else it says"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    by_name = models.CharField(_("name then"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of an inspection")
        verbose_name_plural = _("events of inspections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=in_the_table(),
                name="inspections_entry_in_the_table",
                violation_error_message=_("The table of states knows no such passage."),
            ),
            models.CheckConstraint(
                condition=~Q(event__in=WITH_REASON) | ~Q(reason=""),
                name="inspections_entry_has_reason",
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                condition=~Q(event__in=WITH_PAPER) | ~Q(paper_number=""),
                name="inspections_entry_has_paper",
                violation_error_message=_("Give the document it rests on."),
            ),
            models.CheckConstraint(
                condition=Q(paper_type="", paper_number="", paper_on__isnull=True, paper_file="")
                | (~Q(paper_type="") & ~Q(paper_number="") & Q(paper_on__isnull=False)),
                name="inspections_entry_paper_whole",
                violation_error_message=_("A document has its type, its number and its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.event}: {self.source} → {self.target}"
