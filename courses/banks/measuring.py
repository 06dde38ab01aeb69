"""Reading what graded attempts say of a bank's questions: three queries, however many attempts there are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from courses.banks.comparing import CHOICES
from courses.banks.statistics import Figures, Options, Sat, figures
from courses.models import Answer, AttemptQuestion, Question, QuestionBank
from courses.questions import is_empty

CHUNK = 5_000


def figures_of(bank: QuestionBank) -> dict[int, Figures]:
    """Return the figures of every version of the bank's questions; each version is a row of its own."""
    options = {
        pk: _options(kind, content)
        for pk, kind, content in Question.objects.filter(bank=bank)
        .order_by("pk")
        .values_list("pk", "kind", "content")
    }
    return figures(_sat(bank, _responses(bank)), options)


def _options(kind: str, content: dict[str, Any]) -> Options:
    if kind not in CHOICES:
        return ()
    return [
        (option["key"], option["text"], bool(option["is_right"])) for option in content.get("options", [])
    ]


def _responses(bank: QuestionBank) -> dict[int, Any]:
    """Return the response in force to each question put: the last as the device ordered them."""
    rows = (
        Answer.objects.filter(
            attempt_question__question__bank=bank, attempt_question__attempt__closed_at__isnull=False
        )
        .order_by("sequence", "pk")
        .values_list("attempt_question", "response")
    )
    return dict(rows.iterator(CHUNK))


def _sat(bank: QuestionBank, responses: dict[int, Any]) -> Iterator[Sat]:
    """Yield every question of each closed attempt that put one of the bank: the rest of the score needs them all."""
    attempts = AttemptQuestion.objects.filter(question__bank=bank, attempt__closed_at__isnull=False)
    rows = (
        AttemptQuestion.objects.filter(attempt__in=attempts.order_by().values("attempt"))
        .order_by("pk")
        .values_list("pk", "question", "attempt", "credit", "points")
    )
    for pk, question, attempt, credit, points in rows.iterator(CHUNK):
        response = responses.get(pk)
        chosen = response.get("chosen") if isinstance(response, dict) else None
        yield Sat(
            question or 0,
            attempt,
            _share(credit),
            points,
            tuple(chosen) if isinstance(chosen, list) else (),
            not is_empty(response),
        )


@lru_cache(maxsize=10_000)
def _share(credit: str) -> float:
    return float(Fraction(credit or 0))
