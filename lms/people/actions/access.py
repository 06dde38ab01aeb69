"""Who looked at whose record, kept for the person concerned."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.people.models import AccessEvent, Person

# A page opened again while somebody works on it is one look.
ONE_LOOK = timedelta(minutes=10)


def note_access(*, person: Person, page: str, by: Person) -> AccessEvent | None:
    """Write that somebody sees the record of another; their own record is nobody else's look."""
    events = note_accesses(persons=[person], page=page, by=by)
    return events[0] if events else None


@transaction.atomic
def note_accesses(*, persons: Iterable[Person], page: str, by: Person) -> list[AccessEvent]:
    """Write one access a person, for a file of many; the same reader and page within ten minutes count once."""
    now = timezone.now()
    sought = {person.canonical.pk for person in persons} - {by.canonical.pk}
    if not sought:
        return []
    recent = AccessEvent.objects.filter(reader_id=str(by.pk), page=page, at__gt=now - ONE_LOOK)
    if len(sought) == 1:
        recent = recent.filter(person__in=sought)
    fresh = sought - set(recent.values_list("person", flat=True))
    if not fresh:
        return []
    roles, _acting_for = by.audit_authority
    agency, _agency_id = by.audit_place
    copied = {
        "reader_id": str(by.pk),
        "reader_name": by.audit_name,
        "reader_roles": roles[:200],
        "reader_agency": agency[:200],
    }
    return AccessEvent.objects.bulk_create(
        [AccessEvent(person_id=pk, page=page, at=now, **copied) for pk in sorted(fresh)], batch_size=1000
    )
