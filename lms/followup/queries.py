"""Which completions the national HR database does not know yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest, TruncDate

from courses.models import Completion
from lms.followup.states import Change

if TYPE_CHECKING:
    from lms.followup.models import Assignment  # noqa: F401 (named in a string)
    from lms.people.models import Person


def waiting(completions: QuerySet[Completion]) -> QuerySet[Any]:
    """Keep what waits to be synchronised, with `change`, the day it became known, and whether it is in a file.

    A completion waits once it is passed and verified; one withdrawn after it was reported waits again.
    """
    from lms.followup.models import NationalEntry

    entries = NationalEntry.objects.filter(completion=OuterRef("pk"))
    accepted = entries.filter(file__accepted_at__isnull=False)
    known = completions.annotate(
        is_reported=Exists(accepted.filter(change=Change.REPORTED)),
        is_withdrawn=Exists(accepted.filter(change=Change.WITHDRAWN)),
        in_file=Exists(entries.filter(file__accepted_at=None, file__returned_at=None)),
    )
    fresh = Q(passed=True, verified_on__isnull=False, revocation=None, is_reported=False)
    withdrawn = Q(revocation__isnull=False, is_reported=True, is_withdrawn=False)
    written = Cast(TruncDate("created_at"), DateField())
    return known.filter(fresh | withdrawn).annotate(
        change=Case(When(revocation=None, then=Value(Change.REPORTED)), default=Value(Change.WITHDRAWN)),
        known_on=Case(
            When(revocation=None, then=Greatest(F("verified_on"), written)),
            default=Cast(TruncDate("revocation__recorded_at"), DateField()),
            output_field=DateField(),
        ),
    )


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Who is asked to take which course after an inspection."""

    def of(self, person: Person) -> Self:
        """Return the person's, those under their duplicate records among them."""
        kept = person.merged_into_id or person.pk
        return self.filter(Q(person=kept) | Q(person__merged_into=kept))

    def unanswered(self) -> Self:
        """Keep those that no completion has answered."""
        return self.filter(completion=None)
