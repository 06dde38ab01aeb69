"""Making a person nameless: what they were called goes, what they did stays and is counted as before."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.people.actions.corrections import Refused
from lms.people.actions.names import forget_names
from lms.people.models import AccessEvent, CorrectionRequest, ErasureProposal, Person
from lms.people.ports import erase_in_rooms
from lms.people.records import same_person
from lms.people.retention import ERASED_CODE, ERASED_NAME, obstacles, past_retention, retained_until

MAY_ERASE = "people.erase"
# What other libraries keep of an account.
ACCOUNT_APPS = ("account", "mfa", "socialaccount", "usersessions", "wagtailusers")
PROPOSED_AT_ONCE = 5_000


@transaction.atomic
def propose_erasures(*, on: date, by: Actor | None) -> int:
    """Propose everybody whose years of retention are over on the day; return how many are new."""
    found = list(past_retention(on).order_by("pk")[:PROPOSED_AT_ONCE])
    ErasureProposal.objects.bulk_create(
        [ErasureProposal(person=person, due_on=retained_until(person) or on) for person in found],
        batch_size=500,
    )
    return len(found)


@transaction.atomic
def erase_person(*, person: Person, reason: str, by: Person) -> None:
    """Make all records of a person nameless. Raises Refused with the first thing that stands against it."""
    kept = Person.objects.select_for_update().get(pk=person.canonical.pk)
    if not reason.strip():
        raise Refused(_("Say why."))
    if kept == by.canonical:
        raise Refused(_("Nobody makes themselves nameless."))
    if standing := next(obstacles(kept), None):
        raise Refused(standing)
    records = [kept, *Person.objects.filter(merged_into=kept)]
    # The order of duplicates' codes decides whose post counts: the new codes keep it, so that no figure moves.
    prefix = f"{ERASED_CODE}{secrets.token_hex(6).upper()}"
    for place, record in enumerate(sorted(records, key=lambda record: record.code)):
        _erase_record(record, f"{prefix}-{place:03d}")
    AccessEvent.objects.filter(same_person(kept)).delete()
    _erase_corrections(kept)
    erase_in_rooms(kept, ERASED_NAME)
    ErasureProposal.objects.filter(person=kept).delete()
    kept.refresh_from_db()
    record_event(
        by=by, action="people.erase", target=kept, new={"records": len(records), "on": today()}, reason=reason
    )


def _erase_record(record: Person, code: str) -> None:
    name = {"full_name": record.full_name, "name_key": record.name_key}
    record.code, record.full_name = code, ERASED_NAME
    record.birth_date, record.gender, record.email, record.last_login = None, "", "", None
    record.is_active = False
    record.set_unusable_password()
    record.save()
    for relation in Person._meta.related_objects:
        model: type[Model] = relation.related_model
        if model._meta.app_label in ACCOUNT_APPS:
            model._default_manager.filter(**{relation.field.name: record}).delete()
    forget_names(**name)


def _erase_corrections(person: Person) -> None:
    asked = CorrectionRequest.objects.filter(same_person(person))
    for row in asked:
        if row.evidence:
            transaction.on_commit(_deleting(str(row.evidence.name)))
    asked.delete()


def _deleting(name: str) -> Callable[[], None]:
    return lambda: storages["private"].delete(name)
