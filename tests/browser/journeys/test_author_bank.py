"""Journey: an author imports a bank with two refused items, mends them, and reads the statistics."""

import os
import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from courses.actions import review_question, save_answer, start_attempt, submit_attempt
from courses.models import Exam, Question, QuestionBank
from lms.base.jobs import run_due
from tests.factories import courses, people

pytestmark = pytest.mark.django_db(transaction=True)
BANK = """$CATEGORY: $course$/top/An toàn thông tin/Mật khẩu

// [id:MK1]
Mật khẩu nào sau đây khó đoán nhất đối với người không quen biết chủ tài khoản thư điện tử công vụ? {
  =Mười sáu ký tự gồm chữ, số và dấu, không có trong từ điển ~123456 ~Ngày sinh}

// [id:MK2]
Thủ đô của Việt Nam? {=Hà Nội ~Huế}

// [id:MK3]
Không phương án nào đúng {~một ~hai}

// [id:MK4]
Chưa đóng ngoặc {=một ~hai
"""
MENDED = BANK.replace("{~một ~hai}", "{=một ~hai}").replace("{=một ~hai\n", "{=một ~hai}\n")


class TestAuthorBank:
    @pytest.fixture(autouse=True)
    def world(self, visit, tmp_path):
        self.folder = tmp_path
        self.bank = QuestionBank.objects.create(code="NH-ATTT", name="Ngân hàng câu hỏi an toàn thông tin")
        self.author = people.person("Nguyễn Hoàng Phương Uyên", role="author")
        self.visitor = visit(width=1440, who=self.author)
        self.narrow = visit(width=360, who=self.author)
        self.page = self.visitor.page

    def test_an_author_imports_a_bank_mends_two_items_and_reads_the_statistics(self):
        self.given_the_bank_in_the_admin()
        self.when_a_file_with_two_bad_items_is_sent()
        self.then_they_are_named_and_the_good_ones_come_in()
        self.when_the_mended_file_is_sent()
        self.then_only_the_two_are_new()
        self.when_learners_have_sat_the_exam()
        self.then_the_statistics_say_what_is_wrong()

    def shot(self, name, visitor=None):
        if folder := os.environ.get("SHOTS"):
            (visitor or self.visitor).page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def send(self, text):
        file = Path(self.folder) / "ngan-hang.gift"
        file.write_text(text, encoding="utf-8")
        self.page.get_by_label("Tệp").set_input_files(str(file))
        self.page.get_by_role("button", name="Kiểm tra tệp").click()
        self.page.wait_for_url("**/imports/runs/*/")
        run_due()
        self.page.reload()
        self.visitor.look()

    def given_the_bank_in_the_admin(self):
        self.page.goto(f"{self.visitor.address}/admin/snippets/courses/questionbank/")
        self.page.get_by_role("link", name="Tổng quan và xuất").first.wait_for(state="attached")
        self.visitor.go(f"/authoring/banks/{self.bank.pk}/")
        self.shot("bank-empty")
        self.page.get_by_role("link", name="Nhập câu hỏi").click()
        self.visitor.look()
        assert self.page.get_by_label("Ngân hàng câu hỏi").input_value() == "NH-ATTT"

    def when_a_file_with_two_bad_items_is_sent(self):
        self.send(BANK)

    def then_they_are_named_and_the_good_ones_come_in(self):
        words = self.page.inner_text("main")
        assert "Không phương án nào được điểm" in words
        assert "chưa được đóng bằng dấu }" in words
        self.shot("bank-preview")
        self.page.get_by_role("button", name="Nhập ngay").click()
        run_due()
        self.page.reload()
        assert Question.objects.count() == 2

    def when_the_mended_file_is_sent(self):
        self.page.get_by_role("link", name="Gửi tệp đã sửa").click()
        self.send(MENDED)

    def then_only_the_two_are_new(self):
        self.page.get_by_role("button", name="Nhập ngay").click()
        run_due()
        self.page.reload()
        self.visitor.look()
        self.page.get_by_role("link", name="Đến ngân hàng câu hỏi").click()
        self.visitor.look()
        assert Question.objects.filter(state="draft").count() == 4
        self.shot("bank-full")
        self.page.get_by_role("link", name="GIFT").click()
        self.visitor.look()
        self.visitor.go(f"/authoring/banks/{self.bank.pk}/duplicates/")

    def when_learners_have_sat_the_exam(self):
        for row in Question.objects.all():
            review_question(question=row, by=None)
        course = courses.course("DS77")
        courses.course_page(course, lessons=0)
        Exam.objects.create(course=course, bank=self.bank, draw=4, minutes=20)
        for number in range(30):
            enrolment = courses.enrolled(people.person(f"Học Viên {number}"), course)
            attempt = start_attempt(enrolment=enrolment, by=None)
            for put in attempt.questions.select_related("question"):
                wrong = [
                    one["key"] for one in put.shown["options"] if one["key"] not in put.parsed.key()["chosen"]
                ]
                is_right = put.question.code == "MK2" or number % 2 == 0
                response = put.parsed.key() if is_right else {"chosen": wrong[:1]}
                save_answer(attempt=attempt, position=put.position, client_id=uuid.uuid4(), sequence=1, response=response, by=None, at=timezone.now())  # fmt: skip
            submit_attempt(attempt=attempt, by=None, at=timezone.now())

    def then_the_statistics_say_what_is_wrong(self):
        path = f"/authoring/banks/{self.bank.pk}/statistics/"
        page = self.visitor.go(path)
        first = page.locator("#figures tbody tr").first.inner_text()
        assert "Thủ đô của Việt Nam?" in first
        assert "Quá dễ" in first
        self.shot("bank-statistics")
        self.narrow.go(path)
        self.shot("bank-statistics-360", self.narrow)
        self.narrow.go(f"/authoring/banks/{self.bank.pk}/")
        self.shot("bank-360", self.narrow)
