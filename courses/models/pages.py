"""What authors write in Wagtail: the catalogue, a course's page and its lessons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from courses.blocks import LessonBody, lesson_activity_keys, lesson_videos, lesson_words
from courses.queries import CoursePageQuerySet, LessonPageQuerySet

CoursePageManager = PageManager.from_queryset(CoursePageQuerySet)
LessonPageManager = PageManager.from_queryset(LessonPageQuerySet)
PLAIN_TEXT = ["bold", "italic", "ol", "ul", "link"]


class CatalogPage(Page):
    """A row is the list of courses, at /courses/."""

    intro = RichTextField(_("introduction"), blank=True, features=PLAIN_TEXT)

    content_panels = [*Page.content_panels, "intro"]
    max_count = 1
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Show a preview the courses as a visitor sees them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["cards"] = [{"page": page} for page in CoursePage.objects.child_of(self).shown()]
        return context


class CoursePage(Page):
    """A row presents one course: what it is for, and its lessons as children."""

    course = models.OneToOneField(
        "courses.Course", models.PROTECT, related_name="page", verbose_name=_("course")
    )
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    audience = models.CharField(_("who it is for"), max_length=255, blank=True)
    outcomes = RichTextField(_("what you will be able to do"), blank=True, features=PLAIN_TEXT)
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )

    content_panels = [*Page.content_panels, "course", "summary", "audience", "outcomes", "image"]
    parent_page_types = ["courses.CatalogPage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/course.html"
    objects = CoursePageManager()
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("audience")]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give a preview the course as somebody sees it who has not enrolled."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["course"] = self.course
        context["steps"] = [{"lesson": lesson} for lesson in LessonPage.objects.of_course_page(self)]
        context["is_preview"] = True
        return context


class LessonPage(Page):
    """A row is one lesson; records know it by its key, which outlives the page."""

    minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=15)
    body = StreamField(LessonBody(), verbose_name=_("content"), blank=True)

    content_panels = [*Page.content_panels, "minutes", "body"]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/lesson.html"
    objects = LessonPageManager()
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give a preview the lesson as a learner reads it, with activities that count for nothing."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "is_preview": True, "enrolment": None}

    @property
    def key(self) -> UUID:
        """The name by which progress remembers this lesson (kept through moves and revisions)."""
        key: UUID = self.translation_key
        return key

    @property
    def activity_keys(self) -> set[str]:
        """The H5P activities that must be finished before the lesson is."""
        return lesson_activity_keys(self.body)

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return lesson_words(self.body)

    @property
    def videos(self) -> list[int]:
        """The length in minutes of each video, 0 where it is not known."""
        return lesson_videos(self.body)
