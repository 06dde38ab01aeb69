"""What a person has learnt, on their page; and how, for their own eyes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.models import Play
from courses.models import Attempt, Completion, Enrolment, IntegrityFlag, Sitting
from lms.base.dates import local_date
from lms.people.models import Person
from lms.people.personal_data import EXAM_TRACE, LEARNING, TRAINING
from lms.people.ports import Section
from lms.people.records import same_person


def learning_sections(person: Person) -> list[Section]:
    """Return the completions, and for the person alone what led to them."""
    return [
        _training(person),
        _enrolments(person),
        _attempts(person),
        _sittings(person),
        _noticed(person),
        _practice(person),
    ]


def _training(person: Person) -> Section:
    rows = [
        (
            row.completed_on, row.course_name, row.course_code, row.hours, ", ".join(row.tags) or "–", _result(row),
            row.agency_name, row.provider, row.certificate_no,
        )
        for row in Completion.objects.of(person).select_related("revocation").order_by("-completed_at", "-pk")
    ]  # fmt: skip
    headers = [
        _("Completed on"), _("Course"), _("Code"), _("Periods"), _("Counts for"), _("Result"),
        _("Agency at that time"), _("Provider"), _("Certificate number"),
    ]  # fmt: skip
    return Section(
        "training", _("Training"), headers, rows, empty=_("No training is recorded."), kind=TRAINING
    )


def _result(row: Completion) -> str:
    revocation = getattr(row, "revocation", None)
    if revocation is not None:
        return _("withdrawn on %(day)s") % {"day": f"{revocation.on:%d/%m/%Y}"}
    if not row.passed:
        return _("not passed")
    return _("passed, verified") if row.verified_on else _("passed, not verified")


def _enrolments(person: Person) -> Section:
    rows: list[tuple[Any, ...]] = [
        (row.course.code, row.course.name, row.enrolled_at, row.finished_at)
        for row in Enrolment.objects.of(person).select_related("course")
    ]
    headers = [_("Code"), _("Course"), _("Begun"), _("Finished")]
    return Section(
        "enrolments", _("Courses followed"), headers, rows, empty=_("None."), own=True, kind=LEARNING
    )


def _attempts(person: Person) -> Section:
    attempts = Attempt.objects.filter(enrolment__in=Enrolment.objects.of(person).values("pk"))
    rows = [
        (row.enrolment.course.name, local_date(row.started_at), row.score, row.passed)
        for row in attempts.select_related("enrolment__course").order_by("-started_at")
    ]
    headers = [_("Course"), _("Date"), _("Marks"), _("Passed")]
    return Section("attempts", _("Exams taken"), headers, rows, empty=_("None."), own=True, kind=LEARNING)


def _sittings(person: Person) -> Section:
    own = Enrolment.objects.of(person).values("pk")
    rows = [
        (
            row.attempt.enrolment.course.name,
            row.first_at,
            row.address or "–",
            str(row.device or "–"),
            row.away,
        )
        for row in Sitting.objects.filter(attempt__enrolment__in=own)
        .select_related("attempt__enrolment__course")
        .order_by("-first_at")
    ]
    headers = [_("Course"), _("First seen"), _("Address"), _("Browser's mark"), _("Times the page was left")]
    return Section(
        "sittings", _("Devices in exams"), headers, rows, empty=_("None."), own=True, kind=EXAM_TRACE
    )


def _noticed(person: Person) -> Section:
    own = Enrolment.objects.of(person).values("pk")
    rows = [
        (row.attempt.enrolment.course.name, row.raised_at, row.get_signal_display(), row.looked_at, row.note)
        for row in IntegrityFlag.objects.filter(attempt__enrolment__in=own)
        .select_related("attempt__enrolment__course")
        .order_by("-raised_at")
    ]
    headers = [_("Course"), _("Noticed"), _("What was noticed"), _("Looked at"), _("Note")]
    return Section(
        "noticed", _("Noticed in exams"), headers, rows, empty=_("None."), own=True, kind=EXAM_TRACE
    )


def _practice(person: Person) -> Section:
    plays = Play.objects.filter(same_person(person)).select_related("content").order_by("-opened_at")
    rows = [(row.content.title, row.opened_at, row.finished_at, row.score, row.max_score) for row in plays]
    headers = [_("Activity"), _("Opened"), _("Finished"), _("Score"), _("Highest possible score")]
    return Section("practice", _("Practice"), headers, rows, empty=_("None."), own=True, kind=LEARNING)
