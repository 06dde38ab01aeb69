"""My learning: what next, what I follow, what I have done; and the steps that write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.actions import enrol, finish_lesson
from courses.models import Completion, Course, Enrolment, LessonPage
from courses.ports import Wanted, wanted_of
from courses.rules import NextKind, Refused, Standing, page_of, standings_of
from courses.views.access import learner_of, own_enrolment, post_or_back
from courses.views.addresses import course_url, lesson_url
from courses.views.next_step import next_step
from courses.views.own_results import results_of

# What waits for an answer comes first.
URGENCY = (NextKind.CONTINUE_EXAM, NextKind.EXAM, NextKind.LESSON, NextKind.NOTHING)


@require_safe
@login_required
def learn(request: HttpRequest) -> HttpResponse:
    """Show the one thing to do next, then one's courses and completions."""
    person = learner_of(request)
    running = list(Enrolment.objects.open().of(person).select_related("course"))
    standings = sorted(standings_of(running), key=_urgency)
    rows = [_row(standing) for standing in standings]
    context = {
        "first": next((row for row in rows if row["next"]), None),
        "rows": rows,
        "completions": Completion.objects.of(person)
        .select_related("revocation")
        .order_by("-completed_at", "-pk"),
        "renewable": [line for line in results_of(person) if line["renew_pk"]],
        "certificates_url": _certificates_url(),
        "wanted": [_wanted(one) for one in wanted_of(person)],
    }
    return TemplateResponse(request, "courses/learn.html", context)


def _urgency(standing: Standing) -> tuple[int, bool]:
    no_attempt = standing.next_kind == NextKind.EXAM and not standing.attempts_left
    return (len(URGENCY) if no_attempt else URGENCY.index(standing.next_kind), not standing.done)


def _row(standing: Standing) -> dict[str, Any]:
    return {
        "standing": standing,
        "next": next_step(standing),
        "url": course_url(standing.page) if standing.page else "",
    }


def _wanted(one: Wanted) -> dict[str, Any]:
    page = page_of(Course(pk=one.course_id))
    return {"asked": one, "url": course_url(page) if page else ""}


def _certificates_url() -> str:
    # The room above gives this address; courses only links to it.
    try:
        return reverse("my-certificates")
    except NoReverseMatch:
        return ""


def _back_to_course(pk: int) -> str:
    page = page_of(get_object_or_404(Course, pk=pk))
    return course_url(page) if page else reverse("learn")


@login_required
@post_or_back(_back_to_course)
def course_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Enrol, then go to the course."""
    course = get_object_or_404(Course, pk=pk)
    person = learner_of(request)
    page = page_of(course)
    try:
        enrol(person=person, course=course, by=person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You are enrolled. Begin with the first lesson."))
    return redirect(course_url(page) if page else "learn")


@login_required
@post_or_back(lambda pk, **_rest: _back_to_course(pk))
def lesson_finish(request: HttpRequest, pk: int, lesson_pk: int) -> HttpResponse:
    """Mark a lesson as done, then go on to what comes next."""
    enrolment = own_enrolment(request, pk)
    page = page_of(enrolment.course)
    lesson = LessonPage.objects.of_course_page(page).filter(pk=lesson_pk).first() if page else None
    if page is None or lesson is None:
        raise Http404
    try:
        finish_lesson(enrolment=enrolment, lesson=lesson, by=learner_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(lesson_url(page, lesson))
    [standing] = standings_of([enrolment])
    step = next_step(standing)
    return redirect(step.url if step and not step.posts else course_url(page))
