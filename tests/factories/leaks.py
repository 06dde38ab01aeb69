"""A course whose keys, explanations and scores carry marks that can be searched for, and everything a server says."""

from __future__ import annotations

import json
import uuid

from django.test import Client

from courses.models import Attempt, Course, Exam, Question
from tests.factories import courses

# Names of what only the server may know; none of them may stand in a page, a header or a reply.
INNER_WORDS = ("is_right", "is_correct", "right_ids", '"partial"', '"key":', "credit", "explanation")


def marked_course(**rules) -> tuple[Course, list[str]]:
    """Make a course with an exam that is never released by default; return it and what must never be said."""
    course = courses.course("DS06", pass_rule="exam")
    courses.course_page(course, lessons=0)
    courses.exam(course, attempts_allowed=3, **{"review": "never", **rules})
    secrets = list(INNER_WORDS)
    for number, question in enumerate(Question.objects.order_by("pk")):
        mark = f"LỜI-GIẢI-{number}-{uuid.uuid4().hex}"
        Question.objects.filter(pk=question.pk).update(explanation=mark, topic=f"CHỦ-ĐỀ-{number}")
        secrets += [mark, f"CHỦ-ĐỀ-{number}"]
    assert Exam.objects.filter(course=course).exists()
    return course, secrets


def responses(client: Client, attempt: Attempt, *, rounds: int) -> list[str]:
    """Ask everything a learner can ask around an attempt, right and wrong and malformed; return all that was said."""
    base, course = f"/learn/attempts/{attempt.key}/", attempt.enrolment.course_id
    said = []
    for number in range(rounds):
        pages = [
            base,
            f"{base}result/",
            f"{base}clock/",
            f"/learn/courses/{course}/exam/",
            "/learn/",
            "/courses/ds06/",
        ]
        said += [_text(client.get(path)) for path in pages]
        for put in attempt.questions.all():
            good, bad = courses.right_response(put), courses.wrong_response(put)
            for response in (
                good,
                bad,
                {"chosen": ["x"]},
                {"chosen": [*good["chosen"], *bad["chosen"]]},
                {"key": 1},
            ):
                said.append(_text(_send(client, base, put.position, response, 10 * number + 1)))
        said.append(_text(client.post(f"{base}answers/99/", {"client_id": str(uuid.uuid4()), "sequence": 1})))
        said.append(_text(client.post(f"{base}answers/1/", {"client_id": "x"})))
    return said


def _send(client: Client, base: str, position: int, response: dict, sequence: int):
    fields = {"client_id": str(uuid.uuid4()), "sequence": sequence, "response": json.dumps(response)}
    return client.post(f"{base}answers/{position}/", fields)


def _text(answer) -> str:
    return f"{answer.status_code} {dict(answer.headers)} {answer.content.decode()}"


def searched(said: list[str], secrets: list[str]) -> list[tuple[str, str]]:
    """Return every secret that was said, with where."""
    return [
        (secret, text[max(0, text.find(secret) - 60) : text.find(secret) + 60])
        for text in said
        for secret in secrets
        if secret in text
    ]
