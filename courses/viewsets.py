"""What authors keep in the Wagtail admin: courses, question banks, questions, exams."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from courses.actions import save_course
from courses.forms import QuestionForm
from courses.h5p.viewsets import ContentViewSet
from courses.models import Course, Exam, Question, QuestionBank


class CourseCreateView(CreateView):
    """Writes a course through the action that keeps its version."""

    def save_instance(self) -> Course:
        """Write the course as its first version."""
        course = save_course(course=self.form.save(commit=False), by=self.request.user)
        log(instance=course, action="wagtail.create", content_changed=True)
        return course


class CourseEditView(EditView):
    """Writes a course through the action that keeps its version."""

    def save_instance(self) -> Course:
        """Write the course; what completions freeze makes a new version."""
        course = save_course(course=self.form.save(commit=False), by=self.request.user)
        self.has_content_changes = self.form.has_changed()
        log(instance=course, action="wagtail.edit", content_changed=self.has_content_changes)
        return course


class ProtectedDeleteView(DeleteView):
    """Says in a sentence why something records stand on is not deleted."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete, or go back to the form with the reason."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Records of learners stand on this: it cannot be deleted."))
            return redirect(self.get_usage_url() or self.get_success_url())
        return response


class CourseViewSet(SnippetViewSet):
    """Courses: the record certificates and figures refer to."""

    model = Course
    icon = "clipboard-list"
    add_view_class = CourseCreateView
    edit_view_class = CourseEditView
    delete_view_class = ProtectedDeleteView
    list_display = ["code", "name", "hours", "is_ds", "is_da", "version"]
    list_filter = ["is_ds", "is_da", "form"]
    search_fields = ["code", "name"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("hours")]),
                FieldPanel("name"),
                FieldPanel("agency"),
            ],
            heading=_("Course"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("is_ds"), FieldPanel("is_da")])], heading=_("Counts for")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("form"), FieldPanel("pass_rule"), FieldPanel("certificate_kind")])],
            heading=_("How it is followed and what it earns"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
            heading=_("Open for enrolment"),
        ),
    ]


class QuestionBankViewSet(SnippetViewSet):
    """Banks of questions."""

    model = QuestionBank
    delete_view_class = ProtectedDeleteView
    icon = "folder-open-inverse"
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    copy_view_enabled = False
    panels = [FieldPanel("code"), FieldPanel("name")]


class QuestionViewSet(SnippetViewSet):
    """Questions with their options."""

    model = Question
    icon = "help"
    list_display = ["text", "bank", "kind", "is_active"]
    list_filter = ["bank", "kind", "is_active"]
    search_fields = ["text"]
    edit_handler = ObjectList(
        [
            FieldPanel("bank"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("is_active")]),
            FieldPanel("text"),
            InlinePanel(
                "options",
                [FieldPanel("text"), FieldPanel("is_correct")],
                heading=_("Options"),
                label=_("Option"),
                min_num=2,
                max_num=10,
            ),
            FieldPanel("explanation"),
        ],
        base_form_class=QuestionForm,
    )


class ExamViewSet(SnippetViewSet):
    """Exams: how many questions, how long, how often, what passes."""

    model = Exam
    delete_view_class = ProtectedDeleteView
    icon = "tasks"
    list_display = ["course", "bank", "draw", "minutes", "pass_mark", "attempts_allowed"]
    copy_view_enabled = False
    panels = [
        FieldPanel("course"),
        FieldRowPanel([FieldPanel("bank"), FieldPanel("draw")]),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_mark")]),
        FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")]),
    ]


class CoursesGroup(SnippetViewSetGroup):
    """One place in the menu for all of it."""

    items = (CourseViewSet, QuestionBankViewSet, QuestionViewSet, ExamViewSet, ContentViewSet)
    menu_label = _("Courses and exams")
    menu_icon = "clipboard-list"
    menu_order = 200
