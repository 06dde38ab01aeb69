"""Addresses of pages, without asking the page tree."""

from __future__ import annotations

from django.urls import reverse

from courses.models import CoursePage, LessonPage


def course_url(page: CoursePage) -> str:
    """Return the address of a course."""
    return reverse("course", args=[page.slug])


def lesson_url(page: CoursePage, lesson: LessonPage) -> str:
    """Return the address of a lesson."""
    return reverse("lesson", args=[page.slug, lesson.slug])
