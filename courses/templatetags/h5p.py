"""The player on a page: one frame for each activity, loaded when it comes into view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django import template
from django.conf import settings
from django.urls import reverse

from courses.h5p import tokens
from courses.h5p.actions import open_play
from lms.people.rules import may

if TYPE_CHECKING:
    from courses.h5p.models import Content
    from courses.models import Enrolment, LessonPage

register = template.Library()


@register.inclusion_tag("courses/h5p/player.html", takes_context=True)
def h5p_player(
    context: dict[str, Any],
    content: Content,
    lesson: LessonPage | None = None,
    enrolment: Enrolment | Literal[""] | None = None,
) -> dict[str, Any]:
    """Show an activity: a learner's own when enrolled, a preview to authors, a sentence to everybody else."""
    request = context.get("request")
    person = getattr(request, "user", None)
    shown: dict[str, Any] = {"content": content, "request": request, "address": None, "is_preview": False}
    if person is None or not person.is_authenticated:
        return shown
    enrolment = enrolment or None  # a variable the template does not have arrives as ""
    if enrolment is None and not may(person, "courses.author"):
        return shown
    play = open_play(
        content=content,
        enrolment=enrolment,
        lesson_key=lesson.key if lesson and enrolment else None,
        by=person,
    )
    shown["address"] = settings.CONTENT_ORIGIN.rstrip("/") + reverse("h5p_embed", args=[tokens.issue(play)])
    shown["is_preview"] = play.is_preview
    return shown
