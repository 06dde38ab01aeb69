"""The catalogue, a course, a lesson."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.actions import open_lesson
from courses.models import CatalogPage, CoursePage, Enrolment, LessonPage
from courses.rules import Refused, Standing, Step, find_step, standing_at
from courses.views.access import enrolment_in, person_of, unless_kept_back
from courses.views.addresses import course_url, lesson_url
from courses.views.next_step import next_step, sign_in_step
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.people.models import Person
from lms.people.organisation import name_of

TAGS = ("DS", "DA")


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every course one may take, found by words without accents."""
    page = CatalogPage.objects.live().first()
    if page is None:
        raise Http404
    return unless_kept_back(request, page, _show_catalogue, page)


def _show_catalogue(request: HttpRequest, page: CatalogPage) -> HttpResponse:
    words, tag = request.GET.get("q", "").strip(), request.GET.get("tag", "")
    shown = [course for course in CoursePage.objects.child_of(page).shown() if _matches(course, words, tag)]
    enrolled = _enrolments_by_course(person_of(request))
    context = {
        "page": page,
        "cards": [{"page": course, "enrolment": enrolled.get(course.course_id)} for course in shown],
        "words": words,
        "tag": tag,
        "tags": TAGS,
    }
    return TemplateResponse(request, "courses/catalogue.html", context)


def _matches(page: CoursePage, words: str, tag: str) -> bool:
    text = fold(f"{page.course.code} {page.title} {page.course.name} {page.summary} {page.audience}")
    return fold(words) in text and (tag not in TAGS or tag in page.course.tags)


def _enrolments_by_course(person: Person | None) -> dict[int, Enrolment]:
    if person is None:
        return {}
    rows: Iterable[Enrolment] = Enrolment.objects.of(person).order_by("enrolled_at", "pk")
    return {row.course_id: row for row in rows}


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one course: what it is, its lessons, and the one thing to do next."""
    page = _live_course_page(slug)
    return unless_kept_back(request, page, _show_course, page)


def _live_course_page(slug: str) -> CoursePage:
    page: CoursePage | None = CoursePage.objects.shown().filter(slug=slug).first()
    if page is None:
        raise Http404
    return page


def _show_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    enrolment = enrolment_in(person_of(request), page.course_id)
    standing = standing_at(page, enrolment)
    context = {
        "page": page,
        "course": page.course,
        "issuer": name_of(page.course.agency_id, today()) if page.course.agency_id else "",
        "standing": standing,
        "next": next_step(standing) if request.user.is_authenticated else sign_in_step(page),
        "steps": [_shown_step(page, step, enrolment) for step in standing.way],
        "is_open": page.course.is_open_on(today()),
    }
    return TemplateResponse(request, "courses/course.html", context)


def _shown_step(page: CoursePage, step: Step, enrolment: Enrolment | None) -> dict[str, Any]:
    may_read = enrolment is not None and step.is_open
    return {
        "lesson": step.lesson,
        "step": step,
        "url": lesson_url(page, step.lesson) if may_read else "",
        "is_locked": enrolment is not None and not step.is_open,
    }


@require_safe
def lesson(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson to somebody enrolled whose turn it is."""
    page = _live_course_page(slug)
    row: LessonPage | None = LessonPage.objects.of_course_page(page).filter(slug=lesson_slug).first()
    if row is None:
        raise Http404
    return unless_kept_back(request, row, _show_lesson, page, row)


def _show_lesson(request: HttpRequest, page: CoursePage, row: LessonPage) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    enrolment = enrolment_in(person, page.course_id)
    if enrolment is None:
        return redirect(course_url(page))
    try:
        progress = open_lesson(enrolment=enrolment, lesson=row, by=person)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(course_url(page))
    standing = standing_at(page, enrolment)
    context = {
        "page": row,
        "course_page": page,
        "course": page.course,
        "enrolment": enrolment,
        "progress": progress,
        **_around(standing, row),
    }
    return TemplateResponse(request, "courses/lesson.html", context)


def _around(standing: Standing, row: LessonPage) -> dict[str, Any]:
    step = find_step(standing.way, row.key)
    number = step.number if step else 0
    following = standing.way[number] if 0 < number < len(standing.way) else None
    before = standing.way[number - 2] if number > 1 else None
    page = standing.page
    return {
        "standing": standing,
        "number": number,
        "next": next_step(standing),
        "following_url": lesson_url(page, following.lesson)
        if page and following and following.is_open
        else "",
        "following": following,
        "before_url": lesson_url(page, before.lesson) if page and before else "",
    }


def serve_elsewhere(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show a page of ours that Wagtail found at another address than /courses/…."""
    match page:
        case CatalogPage():
            return _show_catalogue(request, page)
        case CoursePage():
            return _show_course(request, page)
        case LessonPage():
            parent = page.get_parent().specific
            return _show_lesson(request, parent, page)
        case _:
            return None
