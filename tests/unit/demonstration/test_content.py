"""The text of the demonstration courses is whole: lessons with text, questions with a key and a reason."""

import pytest

from courses.questions import content_of, problems
from lms.demonstration.content import course_texts
from lms.demonstration.content.markup import rich_text

COURSES = {course.code: course for course in course_texts()}
QUESTIONS = [
    pytest.param(question, id=f"{code}-{number}")
    for code, course in COURSES.items()
    for number, question in enumerate(course.questions, start=1)
]


def test_one_complete_course_and_two_in_outline():
    assert {code: len(course.lessons) for code, course in COURSES.items()} == {
        "DS06": 4,
        "DS02": 3,
        "DA02": 3,
    }
    assert len(COURSES["DS06"].questions) == 20
    assert all(len(course.questions) >= 12 for course in COURSES.values())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_its_key_and_its_reason(question):
    assert question["text"] == question["text"].strip() != ""
    assert len(question["explanation"]) > 20
    if question["kind"] == "true_false":
        assert question["answer"] in (True, False)
        return
    if "content" in question:  # the other types: their own rules say what is missing
        assert problems(content_of(question["kind"], question["content"])) == []
        return
    texts = [option["text"] for option in question["options"]]
    right = [option for option in question["options"] if option["right"]]
    assert len(texts) == len(set(texts)) >= 3
    assert len(right) == 1 if question["kind"] == "single" else len(right) >= 2
    assert len(right) < len(texts)


def test_the_right_answer_is_not_always_the_first():
    places = {
        [option["right"] for option in question["options"]].index(True)
        for course in COURSES.values()
        for question in course.questions
        if question["kind"] == "single"
    }
    assert places >= {0, 1, 2, 3}


def test_every_kind_of_question_occurs_in_every_bank():
    for course in COURSES.values():
        kinds = {question["kind"] for question in course.questions}
        others = {"numeric", "ordering", "matching", "spreadsheet"} if course.code == "DA02" else set()
        assert kinds == {"single", "multiple", "true_false"} | others


def test_full_lessons_are_full_and_end_with_what_to_remember():
    for lesson in COURSES["DS06"].lessons:
        assert 600 <= len(lesson.markdown.split()) <= 1100, lesson.title
        assert lesson.markdown.count("\n## ") >= 3, lesson.title
        assert "## Ghi nhớ" in lesson.markdown


def test_activities_belong_to_lessons_and_can_be_solved():
    course = COURSES["DS06"]
    assert {activity["kind"] for activity in course.activities} == {"choice", "true_false", "blanks"}
    for activity in course.activities:
        assert activity["lesson"] in {lesson.key for lesson in course.lessons}
        if activity["kind"] == "choice":
            assert sum(answer["correct"] for answer in activity["answers"]) == 1
        elif activity["kind"] == "blanks":
            assert all(text.count("*") == 2 for text in activity["texts"])
        else:
            assert activity["correct"] in (True, False)


def test_lessons_leave_no_mark_of_the_plain_file_behind():
    for course in COURSES.values():
        for lesson in course.lessons:
            html = rich_text(lesson.markdown)
            assert not set("*`#|") & set(html), lesson.title
            assert html.count("<ul>") == html.count("</ul>")


def test_plain_text_becomes_rich_text_and_stays_harmless():
    plain = "## Ba **bước**\nMột & hai <script>\n\n1. Dừng\n2. *Báo*\n- `gov.vn`\n> Nhớ"
    assert rich_text(plain) == (
        "<h2>Ba <b>bước</b></h2><p>Một &amp; hai &lt;script&gt;</p><ol><li>Dừng</li><li><i>Báo</i></li></ol>"
        "<ul><li><i>gov.vn</i></li></ul><blockquote>Nhớ</blockquote>"
    )


def test_an_exam_draws_fewer_questions_than_the_bank_holds():
    for course in COURSES.values():
        assert course.exam["questions"] < len(course.questions)
