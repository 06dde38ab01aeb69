"""What examiners see: their exams, who sits one, and one person's attempts with what was noticed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.examiners import EXAMINE, enrolments_of, exams_of
from courses.forms import ExtraAttemptsForm, ExtraTimeForm, MinutesForm, NoteForm, SampleForm
from courses.integrity_words import explained
from courses.models import Attempt, Enrolment, Exam, IntegrityFlag
from courses.rules import refuse_more_time
from courses.views.access import learner_of
from lms.base.forms import ReasonForm
from lms.base.tables import Filter, Listing
from lms.people.access import requires

OPEN = Q(looked_at__isnull=True)


@requires(EXAMINE)
@require_safe
def exams(request: HttpRequest) -> HttpResponse:
    """List the exams one examines, with how much waits to be looked at."""
    rows = exams_of(learner_of(request)).annotate(
        sat=Count("attempts", distinct=True),
        running=Count("attempts", filter=Q(attempts__closed_at__isnull=True), distinct=True),
        to_look_at=Count("attempts__flags", filter=Q(attempts__flags__looked_at__isnull=True), distinct=True),
    )
    listing = Listing(request, rows, sorts={"course": ("course__code",)}, default_sort="course")
    return TemplateResponse(request, "courses/examining/exams.html", {"listing": listing})


@requires(EXAMINE)
@require_safe
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    """List who follows the course of one exam, and offer to draw a sample for a supervised re-sit."""
    return show_exam(request, pk)


def show_exam(request: HttpRequest, pk: int, form: SampleForm | None = None) -> HttpResponse:
    """Answer with the page of an exam; `form` is one that was refused."""
    found = get_object_or_404(exams_of(learner_of(request)), pk=pk)
    listing = Listing(
        request,
        _people(found),
        search=("person__name_folded__contains",),
        filters=(_noticed(), _resits()),
        sorts={"name": ("person__name_key",), "begun": ("enrolled_at",)},
        default_sort="name",
    )
    context = {
        "exam": found,
        "listing": listing,
        "form": form or SampleForm(),
        "passed": found.attempts.filter(passed=True, resit=None, resit_ordered=None).count(),
        "problems": bool(form and form.errors),
    }
    return TemplateResponse(
        request, "courses/examining/exam.html", context, status=422 if context["problems"] else 200
    )


def _people(found: Exam) -> QuerySet[Enrolment]:
    flags = IntegrityFlag.objects.filter(OPEN, attempt__enrolment=OuterRef("pk"))
    return (
        Enrolment.objects.filter(course=found.course_id)
        .select_related("person")
        .annotate(
            sat=Count("attempts"),
            has_passed=Exists(Attempt.objects.filter(enrolment=OuterRef("pk"), passed=True)),
            is_sitting=Exists(Attempt.objects.filter(enrolment=OuterRef("pk"), closed_at=None)),
            is_noticed=Exists(flags),
        )
    )


def _noticed() -> Filter:
    def only_noticed(rows: QuerySet, _value: str) -> QuerySet:
        return rows.filter(is_noticed=True)

    return Filter("noticed", _("Noticed"), [("open", _("To look at"))], apply=only_noticed)


def _resits() -> Filter:
    def waiting(rows: QuerySet, _value: str) -> QuerySet:
        return rows.filter(
            attempts__resit_ordered__isnull=False, attempts__resit_ordered__sat=None
        ).distinct()

    return Filter("resit", _("Supervised re-sit"), [("waiting", _("Ordered, not sat yet"))], apply=waiting)


@requires(EXAMINE)
@require_safe
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's attempts at one exam, what was noticed, and what an examiner may decide."""
    return show_person(request, pk)


def show_person(request: HttpRequest, pk: int, sent: tuple[str, Any] | None = None) -> HttpResponse:
    """Answer with a person's page; `sent` is a form that was refused and the place it belongs to."""
    enrolment = get_object_or_404(enrolments_of(learner_of(request)), pk=pk)
    place, form = sent or ("", None)
    context = {
        "enrolment": enrolment,
        "exam": enrolment.course.exam,
        "attempts": _attempts(enrolment, place, form),
        "extra_time": enrolment.extra_times.filter(attempt=None).last(),
        "hastes": enrolment.hastes.order_by("at", "pk"),
        "extra_time_form": form if place == "time" else ExtraTimeForm(auto_id="time-%s"),
        "extra_attempts_form": form if place == "attempts" else ExtraAttemptsForm(auto_id="attempts-%s"),
        "refused_place": place,
    }
    return TemplateResponse(
        request, "courses/examining/person.html", context, status=422 if form is not None else 200
    )


def _attempts(enrolment: Enrolment, place: str, form: Any) -> list[dict[str, Any]]:
    rows = enrolment.attempts.select_related("resit_ordered", "resit", "resit_ordered__sat").prefetch_related(
        "flags__looked_by", "sittings", "reopenings__by", "reopenings__second"
    )
    others = _others(rows)
    return [_attempt(row, others, place, form) for row in rows]


def _others(rows: QuerySet[Attempt]) -> dict[str, Attempt]:
    """Return the attempts that flags name beside those of the person, by key."""
    keys = {flag.facts["other"] for row in rows for flag in row.flags.all() if "other" in flag.facts}
    found = Attempt.objects.filter(key__in=keys).select_related("enrolment__person") if keys else ()
    return {str(row.key): row for row in found}


def _attempt(row: Attempt, others: dict[str, Attempt], place: str, form: Any) -> dict[str, Any]:
    def at(name: str, fresh: type) -> Any:
        return form if place == f"{name}-{row.pk}" else fresh(auto_id=f"{name}-{row.pk}-%s")

    now = timezone.now()
    return {
        "row": row,
        "is_open": row.closed_at is None,
        "time_form": at("time", MinutesForm) if not refuse_more_time(row, 1, now) else None,
        "reopen_form": at("reopen", MinutesForm) if row.closed_at and not row.passed else None,
        "resit_form": at("resit", ReasonForm) if _may_resit(row) else None,
        "resit": getattr(row, "resit_ordered", None),
        "flags": [_flag(flag, others, place, form) for flag in row.flags.all()],
    }


def _may_resit(row: Attempt) -> bool:
    return bool(row.passed) and row.resit_id is None and not hasattr(row, "resit_ordered")


def _flag(flag: IntegrityFlag, others: dict[str, Attempt], place: str, form: Any) -> dict[str, Any]:
    here = place == f"flag-{flag.pk}"
    return {
        "row": flag,
        "explained": explained(flag),
        "other": others.get(flag.facts.get("other", "")),
        "form": form if here else NoteForm(auto_id=f"flag-{flag.pk}-%s"),
    }
