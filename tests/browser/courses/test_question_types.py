"""One question of every type, answered at 360 px with the keyboard alone, and the review read after release."""

from __future__ import annotations

from pathlib import Path

import pytest

from courses.actions import start_attempt
from courses.models import Answer, Attempt, Question, QuestionBank
from courses.questions import grade
from tests.factories import courses, people
from tests.factories.questions import CONTENTS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learner():
    return people.person("Nguyễn Thị Mỹ Tiên", agency=people.agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp"))


def given_an_exam_with_every_type(learner) -> Attempt:
    course = courses.course("DA02")
    courses.course_page(course, lessons=0)
    exam = courses.exam(course, questions=0, draw=len(CONTENTS), attempts_allowed=1)
    for kind, content in CONTENTS.items():
        start = {"start_file": courses.start_file()} if kind == "spreadsheet" else {}
        courses.reviewed(
            exam.bank, kind, {**content, **start}, text=f"Câu hỏi dạng {kind}, dài như câu thật?"
        )
    return start_attempt(enrolment=courses.enrolled(learner, course), by=learner)


class Keyboard:
    """Walks a page as somebody without a mouse does: Tab until the wanted field has the focus."""

    def __init__(self, page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        for _step in range(250):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {selector}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def choose(self, selector: str, value: str) -> None:
        """Choose in a list by the arrow keys."""
        self.reach(selector)
        offered = self.page.locator(f"{selector} option").evaluate_all("all => all.map(one => one.value)")
        self.press("Home", *["ArrowDown"] * offered.index(value))

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)

    def answer(self, shown: dict, key: dict, name: str) -> None:
        kind = shown["kind"]
        if kind in ("single", "true_false", "multiple"):
            self._tick(shown, key["chosen"], name)
        elif kind == "matching":
            for left in shown["lefts"]:
                self.choose(f"select[name='{name}.{left['key']}']", key["pairs"][left["key"]])
        elif kind == "ordering":
            self._sort(shown, key["places"], name)
        elif kind == "numeric":
            self.write(f"input[name='{name}']", key["number"])
            self.choose(f"select[name='{name}.unit']", key["unit"])
        elif kind == "short_text":
            self.write(f"input[name='{name}']", key["text"])
        elif kind == "blanks":
            for blank in shown["blanks"]:
                kind_of = self.choose if blank["choices"] else self.write
                kind_of(f"[name='{name}.{blank['key']}']", key["blanks"][blank["key"]])
        elif kind == "case":
            for part in shown["parts"]:
                self.answer(part["shown"], key["parts"][part["key"]], f"{name}.{part['key']}")

    def _tick(self, shown: dict, chosen: list[str], name: str) -> None:
        if shown["kind"] == "multiple":
            for option in shown["options"]:
                if option["key"] in chosen:
                    self.reach(f"input[name='{name}'][value='{option['key']}']")
                    self.press("Space")
            return
        self.reach(f"input[name='{name}']")
        place = [option["key"] for option in shown["options"]].index(chosen[0])
        self.press("Space", *["ArrowDown"] * place)

    def _sort(self, shown: dict, places: dict[str, int], name: str) -> None:
        """Move lines by the arrow keys on their buttons until the order is right; the first move numbers them all."""
        box = f"[data-kind=ordering][data-name='{name}']"
        order = [item["key"] for item in shown["items"]]
        for target, wanted in enumerate(sorted(places, key=places.get)):
            for _step in range(order.index(wanted) - target):
                self.page.locator(f"{box} [data-key='{wanted}'] button").first.focus()
                self.press("ArrowUp")
            order.remove(wanted)
            order.insert(target, wanted)
        keep = self.page.locator(f"{box} [data-keep-order]")
        if keep.is_visible():
            keep.focus()
            self.press("Enter")


def test_every_type_is_answered_with_the_keyboard_alone(visit, learner, tmp_path: Path):
    attempt = given_an_exam_with_every_type(learner)
    visitor = visit(width=360, who=learner)
    page = visitor.go(f"/learn/attempts/{attempt.key}/")
    keyboard = Keyboard(page)
    for put in attempt.questions.exclude(kind="spreadsheet"):
        keyboard.answer(put.shown, put.parsed.key(), f"q{put.position}")
    task = attempt.questions.get(kind="spreadsheet")
    workbook = tmp_path / "bài làm.xlsx"
    workbook.write_bytes(courses.workbook({"A3": CONTENTS["spreadsheet"]["rules"][0]["value"]}))
    keyboard.reach("input[type=file]")
    page.locator("input[type=file]").set_input_files(workbook)
    page.locator("[data-upload-state]").get_by_text("bài làm.xlsx").wait_for(timeout=20_000)
    keyboard.press("Tab")
    page.wait_for_function(
        "count => document.querySelectorAll('.question').length === count", arg=len(CONTENTS)
    )
    page.wait_for_timeout(500)
    visitor.look()
    page.locator("button[name=submit]").focus()
    keyboard.press("Enter")
    page.wait_for_url("**/result/", timeout=20_000)
    visitor.look()
    saved = {answer.attempt_question_id: answer for answer in Answer.objects.all().in_force()}
    wrong = [
        (put.kind, saved[put.pk].response if put.pk in saved else None)
        for put in attempt.questions.all()
        if put.credit != "1"
    ]
    assert wrong == []
    assert task.pk in saved
    assert grade(task.parsed, saved[task.pk].response) == 0, "without the workbook, its id earns nothing"
    assert Attempt.objects.get().score == 100


def test_an_author_adds_rows_to_the_table_of_a_question(visit):
    bank = QuestionBank.objects.create(code="NH", name="Ngân hàng An toàn thông tin")
    author = people.person("Võ Minh Khang", agency=people.agency("STTTT", name="Sở Khoa học"), role="author")
    page = visit(who=author).go("/admin/snippets/courses/question/add/?kind=single")
    for number in range(6):
        if number >= 4:
            page.get_by_role("button", name="Thêm dòng").click()
        page.locator(f"input[name='options-{number}-text']").fill(f"Phương án {number}")
    page.locator("input[name='options-5-is_right']").check()
    page.locator("textarea[name=text]").fill("Câu hỏi có sáu phương án?")
    page.evaluate("pk => { document.querySelector('input[name=bank]').value = pk }", bank.pk)
    page.locator("button[type=submit]", has_text="Lưu").first.click()
    page.wait_for_url("**/snippets/courses/question/**")
    options = Question.objects.get().parsed.options
    assert [one.text for one in options] == [f"Phương án {number}" for number in range(6)]
    assert [one.is_right for one in options] == [False] * 5 + [True]
