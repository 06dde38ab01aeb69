"""Pages of authors: choose a type, see a question as learners do and with its key, review it, take it out of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions import retire_question, review_question
from courses.models import Question
from courses.questions import shown
from courses.rules import Refused, order_of, refuse_retirement, refuse_review
from courses.states import QuestionKind, QuestionState
from courses.views.questions import put, told
from lms.people.access import requires

if TYPE_CHECKING:
    from lms.people.models import Person

LISTED = "wagtailsnippets_courses_question"


@require_safe
@requires("courses.author")
def question_new(request: HttpRequest) -> HttpResponse:
    """Let an author choose the type of a new question."""
    add = reverse(f"{LISTED}:add")
    kinds = [(f"{add}?kind={kind.value}", kind.label) for kind in QuestionKind]
    return render(request, "courses/questions/new.html", {"kinds": kinds})


@require_safe
@requires("courses.author")
def question_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question as a learner sees it, then with its key, and what may be done with it."""
    question = get_object_or_404(Question.objects.select_related("bank", "author", "reviewed_by"), pk=pk)
    content = question.parsed
    seen = shown(content, order_of("preview", question.pk))
    context = {
        "question": question,
        "put": put(seen, {}, "q1"),
        "told": told(content, seen, content.key()),
        "refusal": refuse_review(question, cast("Person", request.user).pk),
        "is_draft": question.state == QuestionState.DRAFT,
        "may_retire": refuse_retirement(question) is None,
        "edit_url": reverse(f"{LISTED}:edit", args=[question.pk]),
        "list_url": reverse(f"{LISTED}:list"),
    }
    return render(request, "courses/questions/preview.html", context)


@require_POST
@requires("courses.author")
def question_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Let exams draw a question."""
    question = get_object_or_404(Question, pk=pk)
    try:
        review_question(question=question, by=cast("Person", request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The question is reviewed: exams may draw it."))
    return redirect("question_preview", pk)


@require_POST
@requires("courses.author")
def question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out of use."""
    question = get_object_or_404(Question, pk=pk)
    try:
        retire_question(
            question=question, by=cast("Person", request.user), reason=request.POST.get("reason", "")[:500]
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The question is out of use; attempts that saw it keep it."))
    return redirect("question_preview", pk)
