"""Every type of question in an exam: nothing of a key before release, a plain form that works, review and versions."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import retire_question, review_question, save_question, start_attempt, submit_attempt
from courses.models import Answer, Attempt, Question
from courses.questions import content_of, grade
from courses.rules import Refused
from lms.base.models import AuditEvent
from tests.factories import courses, people
from tests.factories.questions import CONTENTS, SECRET

pytestmark = pytest.mark.django_db
KEY_WORDS = (
    SECRET,
    "73.91",
    "73,91",
    "0.0173",
    "1.609391",
    "is_right",
    "tolerance",
    "factor",
    "percent",
    "credit",
)


@pytest.fixture
def learner(client):
    who = people.person()
    people.sign_in(client, who)
    return who


@pytest.fixture
def attempt(learner):
    course = courses.course("DA02")
    courses.course_page(course, lessons=0)
    exam = courses.exam(course, questions=0, draw=len(CONTENTS), attempts_allowed=2, pass_mark=100)
    for kind, content in CONTENTS.items():
        courses.reviewed(exam.bank, kind, content, text=f"Câu hỏi {kind}?", explanation=SECRET)
    return start_attempt(enrolment=courses.enrolled(learner, course), by=learner)


def send(client, attempt: Attempt, position: int, response: object):
    data = {"client_id": str(uuid.uuid4()), "sequence": 1, "response": json.dumps(response)}
    return client.post(f"/learn/attempts/{attempt.key}/answers/{position}/", data)


def everything_said(client, attempt: Attempt) -> str:
    """Return every answer of the server around an attempt: pages, saved and refused answers, uploads, results."""
    base = f"/learn/attempts/{attempt.key}/"
    said = [client.get(base), client.get(base + "result/", follow=True)]
    for put in attempt.questions.all():
        at = put.position
        for response in (
            {},
            {"text": "a"},
            {"number": "1.234"},
            {"chosen": ["x"]},
            {"places": {"a": 1}},
            [],
            7,
        ):
            said.append(send(client, attempt, at, response))
        said.append(client.get(f"{base}start-file/{at}/"))
        said.append(client.post(f"{base}uploads/{at}/", {"file": b"x"}))
    said += [client.get(path) for path in ("/learn/", f"/learn/courses/{attempt.exam.course_id}/exam/", base)]
    said.append(client.post(base + "submit/", {"save": "1"}, follow=True))
    return "\n".join(answer.content.decode() + json.dumps(dict(answer.headers)) for answer in said)


def test_no_response_of_any_type_holds_anything_of_a_key_before_release(client, attempt):
    text = everything_said(client, attempt)
    assert [word for word in KEY_WORDS if word in text] == []
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    result = client.get(f"/learn/attempts/{attempt.key}/result/").content.decode()
    assert [word for word in KEY_WORDS if word in result] == []
    # The control: once no attempt is left, the same search finds the keys on the same page.
    attempt.exam.attempts_allowed = 1
    attempt.exam.save()
    released = client.get(f"/learn/attempts/{attempt.key}/result/").content.decode()
    assert SECRET in released and "73,91" in released
    for put in attempt.questions.all():
        assert put.text in released


def plain_fields(name: str, shown: dict, key: dict) -> dict[str, object]:
    """Return what a browser without scripts sends for a response."""
    if shown["kind"] == "case":
        fields: dict[str, object] = {}
        for part in shown["parts"]:
            fields |= plain_fields(f"{name}.{part['key']}", part["shown"], key["parts"][part["key"]])
        return fields
    if "chosen" in key:
        return {name: key["chosen"]}
    if "text" in key:
        return {name: key["text"]}
    if "number" in key:
        return {name: key["number"], f"{name}.unit": key.get("unit", "")}
    [rows] = key.values() or [{}]
    return {f"{name}.{entry}": value for entry, value in rows.items()}


def test_a_plain_form_answers_every_type(client, attempt):
    data: dict[str, object] = {"save": "1"}
    for put in attempt.questions.exclude(kind="spreadsheet"):
        data |= plain_fields(f"q{put.position}", put.shown, put.parsed.key())
        data |= {f"id{put.position}": str(uuid.uuid4()), f"n{put.position}": 1}
    client.post(f"/learn/attempts/{attempt.key}/submit/", data)
    assert Answer.objects.count() == len(CONTENTS) - 1
    for answer in Answer.objects.select_related("attempt_question"):
        put = answer.attempt_question
        assert grade(put.parsed, answer.response) == 1, put.kind
    closed = submit_attempt(attempt=attempt, by=None, at=timezone.now())
    assert (closed.right, closed.passed) == (9, False)
    assert closed.score == 90


def test_handing_in_goes_back_to_what_was_refused_while_time_is_left(client, attempt):
    put, other = attempt.questions.get(kind="numeric"), attempt.questions.get(kind="short_text")
    address, field = f"/learn/attempts/{attempt.key}/submit/", f"q{put.position}"
    data = {
        f"id{put.position}": str(uuid.uuid4()), f"n{put.position}": 1, field: "1.234", f"{field}.unit": "km",
        f"id{other.position}": str(uuid.uuid4()), f"n{other.position}": 1, f"q{other.position}": "gì đó",
        "submit": "1",
    }  # fmt: skip
    page = client.post(address, data)
    text = page.content.decode()
    assert page.status_code == 200
    assert (text.count("1,2340"), text.count('value="1.234"')) == (2, 1)
    assert f'href="#question-{put.position}"' in text
    assert Attempt.objects.get().closed_at is None
    assert Answer.objects.get().response == {"text": "gì đó"}, "the others are saved"
    mended = client.post(address, {**data, field: "1,2340", f"id{put.position}": str(uuid.uuid4())})
    assert mended.url == f"/learn/attempts/{attempt.key}/result/"
    assert Attempt.objects.get().closing == "SUBMITTED"
    assert Answer.objects.get(attempt_question=put).response == {"number": "1,2340", "unit": "km"}


def test_an_answer_without_its_id_is_refused_and_nothing_sent_hands_in(client, attempt):
    put = attempt.questions.get(kind="numeric")
    assert send(client, attempt, put.position, {"number": "5", "unit": "km"}).status_code == 200
    address = f"/learn/attempts/{attempt.key}/submit/"
    assert client.post(address, {f"q{put.position}": "6"}).status_code == 200
    assert Attempt.objects.get().closed_at is None
    assert client.post(address, {}).status_code == 302
    assert Attempt.objects.get().closing == "SUBMITTED"


def test_after_the_time_a_refused_answer_keeps_nothing_open(client, attempt):
    put = attempt.questions.get(kind="numeric")
    past = timezone.now() - timedelta(hours=1)
    Attempt.objects.update(started_at=past, deadline_at=past + timedelta(minutes=20))
    data = {f"id{put.position}": str(uuid.uuid4()), f"n{put.position}": 1, f"q{put.position}": "1.234"}
    assert client.post(f"/learn/attempts/{attempt.key}/submit/", data).status_code == 302
    assert Attempt.objects.get().closing == "EXPIRED"


def test_what_was_saved_is_shown_again(client, attempt):
    put = attempt.questions.get(kind="numeric")
    assert "1,2340" in send(client, attempt, put.position, {"number": "1.234"}).json()["sentence"]
    assert send(client, attempt, put.position, {"number": "73,91", "unit": "km"}).status_code == 200
    assert 'value="73,91"' in client.get(f"/learn/attempts/{attempt.key}/").content.decode()


@pytest.fixture
def bank():
    return courses.exam(courses.course(), questions=0, draw=1).bank


def draft(bank, author) -> Question:
    row = Question(bank=bank, kind="single", text="Mật khẩu nào mạnh?", content=CONTENTS["single"])
    return save_question(question=row, by=author)


def test_a_question_is_drawn_once_somebody_else_has_reviewed_it(bank):
    author, reviewer = people.person(role="author"), people.person(role="author")
    row = draft(bank, author)
    assert not Question.objects.drawable().exists()
    with pytest.raises(Refused) as refused:
        review_question(question=row, by=author)
    assert refused.value.code == "own"
    review_question(question=row, by=reviewer)
    row.refresh_from_db()
    assert (row.state, row.author, row.reviewed_by) == ("reviewed", author, reviewer)
    assert list(Question.objects.drawable()) == [row]
    assert AuditEvent.objects.get(action="courses.review_question").old == {"state": "draft"}
    with pytest.raises(Refused):
        review_question(question=row, by=reviewer)


def test_a_change_of_a_reviewed_question_is_a_version_that_waits_for_review(bank):
    author, reviewer = people.person(role="author"), people.person(role="author")
    first = review_question(question=draft(bank, author), by=reviewer)
    first.text = "Mật khẩu nào mạnh nhất?"
    second = save_question(question=first, by=reviewer)
    first.refresh_from_db()
    assert (first.version, first.text, first.state) == (1, "Mật khẩu nào mạnh?", "reviewed")
    assert (second.version, second.previous, second.state, second.author) == (2, first, "draft", reviewer)
    assert list(Question.objects.drawable()) == [first], "until the review, the version before stays in use"
    first.text = "Lại khác"
    with pytest.raises(Refused) as refused:
        save_question(question=first, by=author)
    assert refused.value.code == "followed"
    review_question(question=second, by=author)
    assert list(Question.objects.drawable()) == [second]
    retire_question(question=second, by=author, reason="Lỗi thời")
    assert not Question.objects.drawable().exists()


def test_the_log_holds_no_key(bank):
    draft(bank, people.person(role="author"))
    event = AuditEvent.objects.get(action="courses.write_question")
    assert "content" not in event.new and len(event.new["content_sha256"]) == 64


def test_an_author_previews_with_and_without_the_key_and_a_second_one_reviews(client, bank):
    author, reviewer = people.person(role="author"), people.person(role="author")
    for kind, content in CONTENTS.items():
        row = courses.reviewed(bank, kind, content, state="draft", reviewed_at=None, author=author)
        people.sign_in(client, author)
        page = client.get(f"/authoring/questions/{row.pk}/").content.decode()
        assert row.text in page and f"/authoring/questions/{row.pk}/review/" not in page
        client.post(f"/authoring/questions/{row.pk}/review/")
        row.refresh_from_db()
        assert row.state == "draft"
        people.sign_in(client, reviewer)
        client.post(f"/authoring/questions/{row.pk}/review/")
        row.refresh_from_db()
        assert row.state == "reviewed"
    client.post(f"/authoring/questions/{row.pk}/retire/")
    row.refresh_from_db()
    assert row.state == "retired"


NUMBER = {
    "topic": "Tính toán", "difficulty": "2", "points": "3", "text": "Bao xa?", "explanation": "",
    "value": "1.234,5", "tolerance": "0,5", "tolerance_kind": "absolute", "unit_required": "on",
    "units-count": "2", "units-0-unit": "km", "units-0-factor": "1", "units-1-unit": "m", "units-1-factor": "0,0010",
}  # fmt: skip


def test_an_author_writes_changes_and_is_refused_in_the_admin(client, bank):
    author, reviewer = people.person(role="author"), people.person(role="author")
    people.sign_in(client, author)
    add = reverse("wagtailsnippets_courses_question:add")
    assert client.get(add).url == "/authoring/questions/new/"
    for kind, content in CONTENTS.items():
        assert client.get(f"{add}?kind={kind}").status_code == 200
        row = courses.reviewed(bank, kind, content_of(kind, content).to_json())
        page = client.get(reverse("wagtailsnippets_courses_question:edit", args=[row.pk]))
        assert page.status_code == 200, kind
    Question.objects.all().delete()
    unclear = client.post(f"{add}?kind=numeric", {**NUMBER, "bank": bank.pk, "value": "1.234"})
    assert "1,2340" in unclear.content.decode() and not Question.objects.exists()
    assert client.post(f"{add}?kind=numeric", {**NUMBER, "bank": bank.pk}).status_code == 302
    row = Question.objects.get()
    assert (row.kind, row.points, row.state, row.author) == ("numeric", 3, "draft", author)
    assert (row.content["value"], row.content["units"][1]["factor"]) == ("1234.5", "0.001")
    review_question(question=row, by=reviewer)
    edit = reverse("wagtailsnippets_courses_question:edit", args=[row.pk])
    assert client.post(edit, {**NUMBER, "bank": bank.pk, "points": "4"}).status_code == 302
    assert list(Question.objects.order_by("pk").values_list("version", "points", "state")) == [
        (1, 3, "reviewed"),
        (2, 4, "draft"),
    ]
    again = client.post(edit, {**NUMBER, "bank": bank.pk, "points": "5"})
    assert again.status_code == 200 and Question.objects.count() == 2, (
        "a sentence, no crash and no third version"
    )


def test_the_form_of_every_type_shows_what_was_written_and_saves_it_unchanged(client, bank):
    """What the editor shows, sent back untouched, is the same content: no field is lost, no version made."""
    from courses.viewsets import question_panel

    for kind, content in CONTENTS.items():
        row = courses.reviewed(bank, kind, content_of(kind, content).to_json())
        form = question_panel(kind).get_form_class()(instance=row, for_user=people.person())
        shown = form.initial_of(row.parsed)
        again = content_of(kind, form.written({**shown, "start_file": None}))
        assert grade(again, again.key()) == grade(row.parsed, row.parsed.key()), kind
        assert again.to_json() == row.content, kind
