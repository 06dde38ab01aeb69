"""Nudges from below, and what the rooms below ask. A lost nudge loses nothing: a job each night takes what is due."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from courses.models import Completion
from courses.ports import answer_wanted
from courses.signals import completed
from inspections.ports import answer_training_for, answer_training_with
from lms.base.actions import enqueue
from lms.base.importing import Entry, depends_on
from lms.followup.actions import TAKE
from lms.followup.models import Assignment, NationalEntry
from lms.followup.rules import trained_to_lead
from lms.followup.training import assigned_sections, training_for, wanted_of
from lms.people.importing.lookups import in_chunks
from lms.people.ports import contribute_sections


@receiver(completed)
def promise_taking(sender: object, completion: Completion, **kwargs: Any) -> None:
    """Promise to take the completion as evidence, in the transaction that writes it."""
    if Assignment.objects.of(completion.person).unanswered().filter(course=completion.course_id).exists():
        enqueue(kind=TAKE, key=f"completion/{completion.pk}", payload={"person": completion.person_id})


@depends_on("courses.Completion")
def handed_over_since(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the completions that a file corrected and that went to the national database since."""
    for chunk in in_chunks(entry.pk for entry in entries if entry.kind == "changed"):
        handed = NationalEntry.objects.filter(completion__in=chunk, file__asked_at__gte=since)
        for pk in handed.values_list("completion", flat=True):
            yield pk, _("it went into a file for the national HR database since")


answer_training_with(trained_to_lead)
answer_training_for(training_for)
answer_wanted(wanted_of)
contribute_sections(45, assigned_sections)
