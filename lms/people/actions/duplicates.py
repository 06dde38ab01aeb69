"""Two records of one person merged, and separated again; nothing of either is moved."""

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import Actor, record_event
from lms.people.models import DistinctPair, Merger, Person


class NotMerged(Exception):
    """Two records cannot be merged or separated; the sentence says why."""


@transaction.atomic
def merge_records(*, duplicate: Person, kept: Person, reason: str, by: Actor) -> Merger:
    """Let a record lead to the one that is kept; those that led to it are led on."""
    rows = {row.pk: row for row in _locked(duplicate, kept)}
    duplicate, kept = rows[duplicate.pk], rows[kept.pk]
    if duplicate.pk == kept.pk:
        raise NotMerged(_("A record is no duplicate of itself."))
    if duplicate.merged_into_id is not None or kept.merged_into_id is not None:
        raise NotMerged(_("One of the two records has been merged already."))
    followers = list(Person.objects.filter(merged_into=duplicate).order_by("pk").values_list("pk", flat=True))
    Person.objects.filter(pk__in=[duplicate.pk, *followers]).update(merged_into=kept)
    merger = Merger.objects.create(
        duplicate=duplicate,
        kept=kept,
        followers=followers,
        reason=reason,
        merged_by_id=str(by.pk),
        merged_by_name=by.audit_name,
    )
    new = {"merged_into": kept.pk, "followers": followers}
    record_event(
        by=by, action="people.merge", target=duplicate, old={"merged_into": None}, new=new, reason=reason
    )
    return merger


@transaction.atomic
def separate_records(*, duplicate: Person, reason: str, by: Actor) -> None:
    """Undo a merger: the record stands for itself again, and so do those that led to it."""
    (duplicate,) = _locked(duplicate)
    if duplicate.merged_into_id is None:
        raise NotMerged(_("This record has not been merged."))
    old = {"merged_into": duplicate.merged_into_id}
    merger = Merger.objects.filter(duplicate=duplicate, separated_at=None).first()
    # Records merged by an import have no row here: they led to nobody else.
    followers = merger.followers if merger else []
    Person.objects.filter(pk__in=followers, merged_into=duplicate.merged_into_id).update(
        merged_into=duplicate
    )
    Person.objects.filter(pk=duplicate.pk).update(merged_into=None)
    if merger is not None:
        merger.separated_at, merger.separation_reason = timezone.now(), reason
        merger.separated_by_id, merger.separated_by_name = str(by.pk), by.audit_name
        merger.save()
    record_event(
        by=by,
        action="people.separate",
        target=duplicate,
        old=old,
        new={"merged_into": None, "followers": followers},
        reason=reason,
    )


@transaction.atomic
def keep_apart(*, one: Person, other: Person, reason: str, by: Actor) -> DistinctPair:
    """Note that two alike records are two people: they are not shown as candidates any more."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, created = DistinctPair.objects.get_or_create(
        first=first,
        second=second,
        defaults={"reason": reason, "decided_by_id": str(by.pk), "decided_by_name": by.audit_name},
    )
    if created:
        record_event(by=by, action="people.keep_apart", target=first, new={"from": second.pk}, reason=reason)
    return pair


def _locked(*people: Model) -> list[Person]:
    """Read the rows for writing, so that two officers who merge at once do not cross."""
    pks = sorted({person.pk for person in people})
    return list(Person.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
