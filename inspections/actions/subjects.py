"""The register of inspected parties: one subject found once, its names over time, duplicates merged and separated."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.models import (
    DistinctSubjects,
    Premise,
    Subject,
    SubjectMerger,
    SubjectName,
    SubjectSuccession,
)
from lms.base.actions import record_event
from lms.base.dates import today
from lms.people.models import Person

FIELDS = ("kind", "identifier", "name", "address", "representative", "ended_on")
# As far back as any register goes.
EVER = date(1900, 1, 1)


@transaction.atomic
def keep_subject(
    *, by: Person, subject: Subject | None = None, since: date | None = None, **facts: Any
) -> Subject:
    """Enter a subject, or correct it; a name or address that changes `since` a day leaves the former one on record.

    Without `since` what changes is a correction of a mistake.
    """
    row = Subject.objects.select_for_update().get(pk=subject.pk) if subject else Subject()
    old = {name: getattr(row, name) for name in FIELDS} if subject else None
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    row.save()
    if old and since and (old["name"], old["address"]) != (row.name, row.address):
        note_former_name(subject=row, name=old["name"], address=old["address"], until=since)
    record_event(
        by=by,
        action="inspections.keep_subject",
        target=row,
        old=old,
        new={name: getattr(row, name) for name in FIELDS},
    )
    return row


def note_former_name(*, subject: Subject, name: str, address: str, until: date) -> SubjectName:
    """Set down how the subject was called until that day; the caller's transaction is open."""
    if why := why_not_renamed(subject, until):
        raise ValidationError({"since": why})
    start = subject.named_from or EVER
    former = SubjectName.objects.create(
        subject=subject, name=name, address=address, valid_from=start, valid_to=until
    )
    subject.named_from = until
    subject.save(update_fields=["named_from"])
    return former


def why_not_renamed(subject: Subject, on: date) -> str:
    """Say why the subject cannot bear another name from that day; nothing where it can."""
    if on > today():
        return _("This day has not come yet.")
    if (subject.named_from or EVER) >= on:
        return _("The subject was called otherwise only before that day.")
    return ""


@transaction.atomic
def add_premise(*, by: Person, subject: Subject, address: str, name: str = "", valid_from: date) -> Premise:
    """Add a place where the subject works."""
    row = Premise(subject=subject, address=address.strip(), name=name.strip(), valid_from=valid_from)
    row.full_clean()
    row.save()
    record_event(by=by, action="inspections.keep_subject", target=subject, new={"premise": row.address})
    return row


@transaction.atomic
def end_premise(*, by: Person, premise: Premise, on: date) -> Premise:
    """Note the first day on which the subject no longer works there."""
    premise.valid_to = on
    premise.full_clean()
    premise.save()
    old = {"premise": premise.address}
    record_event(by=by, action="inspections.keep_subject", target=premise.subject, old=old, new={"ended": on})
    return premise


@transaction.atomic
def succeed_subject(
    *, by: Person, predecessor: Subject, successor: Subject, kind: str, on: date
) -> SubjectSuccession:
    """Note that a subject went on as another; its own inspections stay with it."""
    row = SubjectSuccession(predecessor=predecessor, successor=successor, kind=kind, on=on)
    row.full_clean()
    row.save()
    record_event(
        by=by,
        action="inspections.succeed_subject",
        target=predecessor,
        new={"successor": successor.pk, "on": on},
    )
    return row


@transaction.atomic
def merge_subjects(*, by: Person, duplicate: Subject, kept: Subject, reason: str) -> SubjectMerger:
    """Let a row lead to the one that is kept; nothing of either is moved, once a year counts them as one."""
    rows = {row.pk: row for row in _locked(duplicate, kept)}
    duplicate, kept = rows[duplicate.pk], rows[kept.pk]
    if duplicate.pk == kept.pk:
        raise ValidationError(_("A subject is no duplicate of itself."))
    if duplicate.merged_into_id is not None or kept.merged_into_id is not None:
        raise ValidationError(_("One of the two was merged already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    followers = list(
        Subject.objects.filter(merged_into=duplicate).order_by("pk").values_list("pk", flat=True)
    )
    Subject.objects.filter(pk__in=[duplicate.pk, *followers]).update(merged_into=kept)
    merger = SubjectMerger.objects.create(
        duplicate=duplicate,
        kept=kept,
        followers=followers,
        reason=reason.strip(),
        merged_by_name=by.audit_name,
    )
    new = {"merged_into": kept.pk, "followers": followers}
    record_event(by=by, action="inspections.merge_subjects", target=duplicate, new=new, reason=reason)
    return merger


@transaction.atomic
def separate_subjects(*, by: Person, duplicate: Subject, reason: str) -> Subject:
    """Undo a merger: the row stands for itself again, and so do those that led to it."""
    (row,) = _locked(duplicate)
    merger = SubjectMerger.objects.filter(duplicate=row, separated_at=None).first()
    if row.merged_into_id is None or merger is None:
        raise ValidationError(_("This subject has not been merged."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    old = {"merged_into": row.merged_into_id}
    Subject.objects.filter(pk__in=merger.followers, merged_into=row.merged_into_id).update(merged_into=row)
    Subject.objects.filter(pk=row.pk).update(merged_into=None)
    merger.separated_at, merger.separation_reason = timezone.now(), reason.strip()
    merger.separated_by_name = by.audit_name
    merger.save()
    record_event(by=by, action="inspections.separate_subjects", target=row, old=old, reason=reason)
    row.refresh_from_db()
    return row


@transaction.atomic
def keep_subjects_apart(*, by: Person, one: Subject, other: Subject, reason: str) -> DistinctSubjects:
    """Note that two alike rows are two subjects: they are no candidates any more."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    first, second = sorted((one, other), key=lambda row: row.pk)
    pair, created = DistinctSubjects.objects.get_or_create(
        first=first, second=second, defaults={"reason": reason.strip(), "decided_by_name": by.audit_name}
    )
    if created:
        record_event(
            by=by,
            action="inspections.keep_subjects_apart",
            target=first,
            new={"from": second.pk},
            reason=reason,
        )
    return pair


def _locked(*subjects: Subject) -> list[Subject]:
    rows = Subject.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in subjects])
    return list(rows.order_by("pk"))


def alike_pairs(*, limit: int = 200) -> list[tuple[Subject, Subject]]:
    """Return pairs of kept rows with the same core of a name that nobody has told apart."""
    from django.db.models import Count

    kept = Subject.objects.kept()
    shared = kept.values("name_core").annotate(rows=Count("pk")).filter(rows__gt=1).order_by("name_core")
    names = list(shared.values_list("name_core", flat=True)[:limit])
    apart = set(DistinctSubjects.objects.values_list("first", "second"))
    by_name: dict[str, list[Subject]] = {}
    for row in kept.filter(name_core__in=names).order_by("pk"):
        by_name.setdefault(row.name_core, []).append(row)
    pairs = [
        (one, other)
        for rows in by_name.values()
        for number, one in enumerate(rows)
        for other in rows[number + 1 :]
        if (one.pk, other.pk) not in apart
    ]
    return pairs[:limit]
