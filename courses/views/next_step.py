"""The one thing to do next, as a button."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import CoursePage
from courses.rules import NextKind, Standing
from courses.views.addresses import course_url, lesson_url


@dataclass(frozen=True)
class NextStep:
    """What a learner does next: a sentence, and a link or (where something is written) a form."""

    label: str
    url: str
    sentence: str = ""
    posts: bool = False


def next_step(standing: Standing) -> NextStep | None:
    """Return the next step in a course, None where there is nothing left to do."""
    match standing.next_kind:
        case NextKind.ENROL:
            url = reverse("course_enrol", args=[standing.course.pk])
            return NextStep(_("Enrol in this course"), url, posts=True)
        case NextKind.LESSON:
            return _to_lesson(standing)
        case NextKind.CONTINUE_EXAM:
            assert standing.running is not None  # noqa: S101 (that is what the kind says)
            url = reverse("attempt", args=[standing.running.key])
            return NextStep(_("Continue the exam"), url, _("Your exam is running."))
        case NextKind.EXAM:
            url = reverse("exam", args=[standing.course.pk])
            return NextStep(_("Go to the exam"), url, _exam_sentence(standing))
        case _:
            return None


def sign_in_step(page: CoursePage) -> NextStep:
    """Return what a visitor does first: sign in, and come back to the course."""
    return NextStep(
        _("Sign in to enrol"), f"{reverse('account_login')}?{urlencode({'next': course_url(page)})}"
    )


def _to_lesson(standing: Standing) -> NextStep | None:
    step = standing.next_lesson
    if step is None or standing.page is None:
        return None
    label = _("Continue with lesson %(number)s") if standing.done else _("Start lesson %(number)s")
    return NextStep(
        label % {"number": step.number}, lesson_url(standing.page, step.lesson), step.lesson.title
    )


def _exam_sentence(standing: Standing) -> str:
    if not standing.attempts_left:
        return _("You have used all attempts.")
    return _("All lessons are done; the exam is open.")
