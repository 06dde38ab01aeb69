"""What may become of a question, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.models import Question
from courses.questions import Malformed, problems
from courses.rules.refusal import Refusal
from courses.states import QuestionState


def question_problems(question: Question) -> list[str]:
    """Say in sentences what has to be mended before a question can be used."""
    try:
        found = problems(question.parsed)
    except Malformed as malformed:
        found = [str(malformed)]
    return found if question.text.strip() else [_("A question needs its words."), *found]


def refuse_change(question: Question, before: Question | None) -> Refusal | None:
    """Say why a question may not be written like this, or None where it may."""
    if before is not None and before.kind != question.kind:
        return Refusal("kind", _("The type of a question does not change: write a new question."))
    if found := question_problems(question):
        return Refusal("problems", " ".join(found))
    return None


def refuse_review(question: Question, reviewer_id: int | None) -> Refusal | None:
    """Say why a question may not be let into exams by somebody, or None where it may."""
    if question.state != QuestionState.DRAFT:
        return Refusal("not_draft", _("Only a draft is reviewed."))
    if reviewer_id is not None and reviewer_id == question.author_id:
        return Refusal("own", _("You wrote this version: somebody else has to review it."))
    if found := question_problems(question):
        return Refusal("problems", " ".join(found))
    return None


def refuse_retirement(question: Question) -> Refusal | None:
    """Say why a question may not be taken out of use, or None where it may."""
    if question.state == QuestionState.RETIRED:
        return Refusal("retired", _("This question is out of use already."))
    return None
