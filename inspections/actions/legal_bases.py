"""The register of legal texts: kept by an administrator, asked whenever something cites."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from inspections.models import LegalBasis
from inspections.rules import Text, cited_in, problems_of
from lms.base.actions import record_event
from lms.people.models import Person

FIELDS = ("number", "title", "issued_on", "valid_from", "valid_to", "replaced_by", "certainty", "note")


@transaction.atomic
def keep_basis(*, by: Person, basis: LegalBasis | None = None, **facts: Any) -> LegalBasis:
    """Add a legal text, or correct one; raise ValidationError for what cannot be."""
    row = basis or LegalBasis()
    old = {name: getattr(row, name) for name in FIELDS} if basis else None
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    new = {name: getattr(row, name) for name in FIELDS}
    record_event(by=by, action="inspections.keep_basis", target=row, old=old, new=new)
    return row


def expired(*, bases: Iterable[LegalBasis] = (), text: str = "", on: date) -> list[str]:
    """Return what is wrong with citing these texts, and those named in the words, on that day.

    A number the register does not hold is not judged.
    """
    known = {row.pk: row for row in bases}
    if numbers := cited_in(text):
        cited = LegalBasis.objects.filter(number__in=numbers).select_related("replaced_by")
        known.update({row.pk: row for row in cited})
    return problems_of([_as_text(row) for row in known.values()], on)


def _as_text(row: LegalBasis) -> Text:
    successor = row.replaced_by
    return Text(row.number, row.valid_from, row.valid_to, successor.number if successor else "")


def refuse_expired(*, bases: Iterable[LegalBasis] = (), text: str = "", on: date, at: str = "") -> None:
    """Refuse to draft on a text that is not in force; the sentence offers the one that replaced it."""
    problems = expired(bases=bases, text=text, on=on)
    if problems:
        raise ValidationError({at: problems} if at else problems)
