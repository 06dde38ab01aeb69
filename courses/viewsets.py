"""What authors keep in the Wagtail admin: courses, question banks, questions, exams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from courses.actions import save_course, save_question
from courses.forms import ExamForm, QuestionForm, question_form
from courses.h5p.viewsets import ContentViewSet
from courses.models import Course, Exam, Question, QuestionBank
from courses.panels import PrintedWithPanel
from courses.rules import Refused
from courses.states import QuestionKind


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
            [
                FieldRowPanel([FieldPanel("form"), FieldPanel("pass_rule"), FieldPanel("certificate_kind")]),
                PrintedWithPanel(),
            ],
            heading=_("How it is followed and what it earns"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_months"), FieldPanel("renewal_days")]),
                FieldPanel("pace_percent"),
            ],
            heading=_("Validity and pace"),
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


def bank_buttons(bank: QuestionBank) -> Iterator[ListingButton]:
    """Yield the buttons of the list that open what can be done with a bank."""
    imports = f"{reverse('import-send', args=['questions'])}?{urlencode({'into': bank.code})}"
    yield ListingButton(
        _("Overview and export"), reverse("bank_page", args=[bank.pk]), icon_name="view", priority=5
    )
    yield ListingButton(_("Import questions"), imports, icon_name="upload", priority=6)
    yield ListingButton(
        _("Item statistics"), reverse("bank_statistics", args=[bank.pk]), icon_name="table", priority=7
    )


def question_panel(kind: str) -> Panel:
    """Return the panels of a type of question."""
    form = question_form(kind)
    shared = [
        FieldPanel("bank"),
        FieldPanel("topic"),
        FieldRowPanel([FieldPanel("difficulty"), FieldPanel("points")]),
        FieldPanel("text"),
    ]
    own = [FieldPanel(name) for name in form.own]
    return ObjectList([*shared, *own, FieldPanel("explanation")], base_form_class=form).bind_to_model(
        Question
    )


class TypedForm:
    """A view whose form and panels are those of the question's type, not the viewset's."""

    panel: Panel

    def get_form_class(self) -> type[QuestionForm]:
        """Return the form the panels make."""
        form: type[QuestionForm] = self.panel.get_form_class()
        return form

    def form_valid(self: Any, form: QuestionForm) -> HttpResponse:
        """Write the question, or go back to the form with the sentence of a refusal."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Refused as refused:
            form.add_error(None, str(refused))
            self.produced_error_message = None
            response = self.form_invalid(form)
        return response


class QuestionCreateView(TypedForm, CreateView):
    """Writes a question of one type through the action that keeps its versions."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the type first."""
        if request.GET.get("kind") not in QuestionKind.values:
            return redirect("question_new")
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_panel(self) -> Panel:
        """Return the panels of the type asked for."""
        return question_panel(self.request.GET.get("kind", ""))

    def get_add_url(self) -> str:
        """Return the address the form is sent to, which names its type."""
        return f"{super().get_add_url()}?{urlencode({'kind': self.request.GET.get('kind', '')})}"

    def save_instance(self) -> Question:
        """Write the question as a draft."""
        return save_question(question=self.form.save(commit=False), by=self.request.user)


class QuestionEditView(TypedForm, EditView):
    """Writes a question through the action that keeps its versions."""

    def get_panel(self) -> Panel:
        """Return the panels of the question's type."""
        return question_panel(get_object_or_404(Question, pk=self.kwargs["pk"]).kind)

    def save_instance(self) -> Question:
        """Write the draft, or the next version of what was reviewed."""
        self.has_content_changes = self.form.has_changed()
        return save_question(question=self.form.save(commit=False), by=self.request.user)


class QuestionViewSet(SnippetViewSet):
    """Questions, each with the form of its type."""

    model = Question
    icon = "help"
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = ProtectedDeleteView
    list_display = ["text", "bank", "kind", "topic", "difficulty", "state", "version"]
    list_filter = ["bank", "kind", "topic", "difficulty", "state"]
    search_fields = ["text", "topic"]
    copy_view_enabled = False
    panels = [FieldPanel("bank"), FieldPanel("text")]  # for Wagtail's own checks; each type has its form


class ExamViewSet(SnippetViewSet):
    """Exams: how many questions, how long, how often, when, what passes and what is shown afterwards."""

    model = Exam
    delete_view_class = ProtectedDeleteView
    icon = "tasks"
    list_display = ["course", "bank", "draw", "minutes", "pass_mark", "attempts_allowed"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("course"),
            FieldRowPanel([FieldPanel("bank"), FieldPanel("draw")]),
            FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_mark")]),
            FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")]),
            InlinePanel(
                "parts",
                [FieldRowPanel([FieldPanel("topic"), FieldPanel("difficulty"), FieldPanel("count")])],
                heading=_("Blueprint"),
                label=_("Row of the blueprint"),
                help_text=_("Without a row the questions are drawn from the whole bank."),
                max_num=40,
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]), FieldPanel("access_code")],
                heading=_("Opening window"),
            ),
            FieldPanel("review"),
        ],
        base_form_class=ExamForm,
    )


class CoursesGroup(SnippetViewSetGroup):
    """One place in the menu for all of it."""

    items = (CourseViewSet, QuestionBankViewSet, QuestionViewSet, ExamViewSet, ContentViewSet)
    menu_label = _("Courses and exams")
    menu_icon = "clipboard-list"
    menu_order = 200
