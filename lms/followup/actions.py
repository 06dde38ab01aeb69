"""Files for the national HR database; courses asked for after inspections, and the completions that answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Completion, Course
from inspections.actions.findings import case_in_hand
from inspections.actions.remedies import hand_in_stated, state_evidence
from inspections.models import Remedy
from inspections.remedy_states import BY_REMEDY_EVENT, JUDGE, RemedyEvent
from inspections.states import SubjectKind
from lms.base.actions import enqueue, record_event
from lms.base.dates import today
from lms.base.models import Job
from lms.followup.models import Assignment, NationalEntry, NationalFile
from lms.followup.training import courses_open, staff_for
from lms.people.actions.access import note_accesses
from lms.people.models import AccessEvent, Person

JOB = "followup.national_file"
TAKE = "followup.take_completions"
WAITING = BY_REMEDY_EVENT[RemedyEvent.HAND_IN].sources


class NotOpen(Exception):
    """The file has been accepted or returned already, or is not made yet."""


@transaction.atomic
def ask_file(*, by: Person) -> NationalFile:
    """Promise a file of everything that waits within the officer's reach."""
    asked = NationalFile.objects.create(asked_by=by)
    asked.job = enqueue(kind=JOB, key=str(asked.pk), payload={"file": asked.pk}, by=by)
    asked.save(update_fields=["job"])
    record_event(by=by, action="followup.ask_national_file", target=asked)
    return asked


def keep_file(*, file: NationalFile, content: bytes, entries: list[tuple[int, str]]) -> None:
    """Store the file and note what is in it; the caller's transaction must be open."""
    file.file_name = storages["private"].save(f"national/{file.pk}.xlsx", ContentFile(content))
    file.sha256 = hashlib.sha256(content).hexdigest()
    file.count, file.made_at = len(entries), timezone.now()
    file.save()
    NationalEntry.objects.bulk_create(
        (NationalEntry(file=file, completion_id=pk, change=change) for pk, change in entries), batch_size=1000
    )
    note_taken(file.entries.values("completion__person"), by=file.asked_by)
    new = {"rows": file.count, "sha256": file.sha256}
    record_event(by=file.asked_by, action="followup.national_file", target=file, new=new)


def note_taken(whose: QuerySet[Any], *, by: Person) -> None:
    """Write to the access log of these persons (keys) that somebody took their training records away."""
    persons = Person.objects.filter(pk__in=whose).select_related("merged_into")
    note_accesses(persons=persons, page=AccessEvent.Page.NATIONAL_FILE, by=by)


@transaction.atomic
def accept_file(*, file: NationalFile, receipt: str, by: Person) -> None:
    """Record that the national database has taken the file: its rows no longer wait."""
    _close(file, accepted_at=timezone.now(), receipt=receipt)
    record_event(by=by, action="followup.accept_national_file", target=file, new={"receipt": receipt})


@transaction.atomic
def return_file(*, file: NationalFile, reason: str, by: Person) -> None:
    """Record that the file was not taken: its rows are free for the next."""
    _close(file, returned_at=timezone.now(), return_reason=reason)
    file.entries.all().delete()
    record_event(by=by, action="followup.return_national_file", target=file, reason=reason)


def _close(file: NationalFile, **values: object) -> None:
    """End an open file in one statement: of two that click at once, one finds it closed."""
    still = NationalFile.objects.filter(pk=file.pk, made_at__isnull=False, accepted_at=None, returned_at=None)
    if not still.update(**values):
        raise NotOpen(_("This file has been accepted or returned already."))
    file.refresh_from_db()


def job_of(file: NationalFile) -> Job | None:
    """Return the job that makes the file while it is not made."""
    return None if file.made_at else file.job


@transaction.atomic
def propose_course(
    *, by: Person, remedy: Remedy, course: Course, persons: Iterable[Person], due_on: date
) -> list[Assignment]:
    """Ask named staff of the inspected body to take a course by a day; asked already, they are not asked again."""
    subject = remedy.finding.subject
    case_in_hand(subject.inspection, by, JUDGE)
    _refuse_proposal(remedy, course, due_on)
    chosen = list(persons)
    if not chosen:
        raise ValidationError({"persons": _("Choose somebody.")})
    staff = set(staff_for(subject).values_list("pk", flat=True))
    for person in chosen:
        if person.pk not in staff:
            words = {"name": person.full_name}
            raise ValidationError({"persons": _("%(name)s holds no post in the inspected body.") % words})
    asked = [_ask(by, remedy, course, person, due_on) for person in chosen]
    return [row for row in asked if row is not None]


def _refuse_proposal(remedy: Remedy, course: Course, due_on: date) -> None:
    fresh, day = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk), today()
    if not remedy.finding.about_skills:
        raise ValidationError(_("Skills are not what this finding is about: say so in the finding first."))
    if remedy.finding.subject.kind != SubjectKind.CQNN:
        raise ValidationError(_("Courses are proposed to staff of an inspected state body only."))
    if fresh.is_accepted:
        raise ValidationError(_("The remedy is accepted: nothing more is asked for."))
    if not courses_open().filter(pk=course.pk).exists():
        raise ValidationError({"course": _("This course is closed.")})
    if not day <= due_on <= max(day, fresh.deadline):
        raise ValidationError({"due_on": _("The day lies between today and the deadline of the remedy.")})


def _ask(by: Person, remedy: Remedy, course: Course, person: Person, due_on: date) -> Assignment | None:
    facts = {"due_on": due_on, "asked_at": timezone.now(), "asked_by": by}
    row, created = Assignment.objects.get_or_create(
        remedy=remedy, course=course, person=person.canonical, defaults=facts
    )
    if not created:
        return None
    new = {"person": person.canonical, "course": course.code, "due_on": due_on}
    record_event(by=by, action="followup.propose_course", target=row, new=new)
    return row


def take_completions(*, person: Person | None = None) -> int:
    """Take what assigned persons have completed since as evidence; the same again changes nothing. Return how many."""
    waiting = Assignment.objects.unanswered()
    if person is not None:
        waiting = waiting.of(person)
    return sum(_take(pk) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _take(pk: int) -> bool:
    row = Assignment.objects.select_for_update(of=("self",)).get(pk=pk)
    done = (
        Completion.objects.of(row.person).standing().filter(course=row.course, completed_at__gte=row.asked_at)
    )
    completion = done.order_by("completed_at", "pk").first()
    if row.completion_id is not None or completion is None:
        return False
    row.completion = completion
    row.save(update_fields=["completion"])
    record_event(by=None, action="followup.take_completion", target=row, new={"completion": completion.pk})
    if not row.remedy.is_accepted:
        state_evidence(
            remedy=row.remedy, reference=f"completion/{completion.pk}", statement=_statement(completion)
        )
        _hand_in_when_all_have(row.remedy)
    return True


def _statement(completion: Completion) -> str:
    return _("%(name)s completed “%(course)s” (%(code)s, %(hours)s periods) on %(day)s.") % {
        "name": completion.person_name,
        "course": completion.course_name,
        "code": completion.course_code,
        "hours": completion.hours.normalize(),
        "day": f"{completion.completed_on:%d/%m/%Y}",
    }


def _hand_in_when_all_have(remedy: Remedy) -> None:
    """Hand the remedy in once the last of those asked has completed; who judges it is a person."""
    asked = Assignment.objects.filter(remedy=remedy)
    if remedy.state in WAITING and not asked.unanswered().exists():
        words = _("All %(number)d persons have completed the course.") % {"number": asked.count()}
        hand_in_stated(remedy=remedy, reason=words)
