"""Who is asking, and for what of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from courses.models import Attempt, Enrolment
from courses.queries import EnrolmentQuerySet
from lms.people.models import Person

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person | None:
    """Return who is signed in."""
    return request.user if isinstance(request.user, Person) else None


def learner_of(request: HttpRequest) -> Person:
    """Return who is signed in, on a page that lets nobody else in."""
    return cast(Person, request.user)


def enrolment_in(person: Person | None, course_id: int) -> Enrolment | None:
    """Return the person's last enrolment in a course."""
    if person is None:
        return None
    return Enrolment.objects.of(person).filter(course=course_id).order_by("-enrolled_at", "-pk").first()


def own_enrolment(request: HttpRequest, course_id: int) -> Enrolment:
    """Return one's own enrolment in a course, or 404."""
    enrolment = enrolment_in(learner_of(request), course_id)
    if enrolment is None:
        raise Http404
    return enrolment


def own_attempt(request: HttpRequest, key: UUID) -> Attempt:
    """Return one's own attempt, or 404: somebody else's does not even exist for the one who asks."""
    rows = Attempt.objects.select_related("exam", "enrolment", "enrolment__course")
    return get_object_or_404(rows, key=key, enrolment__in=_mine(request))


def bare_attempt(request: HttpRequest, key: UUID) -> Attempt:
    """Return one's own attempt, or 404, reading nothing but its row: a hall of learners asks this all the time."""
    rows = Attempt.objects.order_by()
    return get_object_or_404(rows, key=key, enrolment__in=_mine(request))


def _mine(request: HttpRequest) -> EnrolmentQuerySet:
    return Enrolment.objects.of(learner_of(request)).order_by()


def unless_kept_back(
    request: HttpRequest, page: Page, show: Callable[..., HttpResponse], *given: Any
) -> HttpResponse:
    """Show a page unless its editors keep it to some visitors; then answer as Wagtail does."""

    def serve(*_served: Any) -> HttpResponse:
        return show(request, *given)

    answer: HttpResponse = check_view_restrictions(serve)(page, request, (), {})
    return answer


def post_or_back(back: Callable[..., str]) -> Callable[[View], View]:
    """Let only a POST write; who comes by GET (as after signing in again) is led back to where the button is."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return redirect(back(*args, **kwargs))
            return HttpResponseNotAllowed(["POST"])

        return guarded

    return guard
