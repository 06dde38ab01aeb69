"""Journey (a): a learner on a phone, from signing in to a certificate that a stranger verifies."""

import pytest

from certificates.models import Certificate
from courses.h5p.actions import ensure_starter_libraries, import_package
from courses.models import Attempt, Completion, CoursePage, LessonPage, Play, Statement
from lms.base.jobs import run_due
from tests.factories import courses, h5p
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "nước-lớn-nước-ròng-2026"


class TestLearner:
    @pytest.fixture(autouse=True)
    def world(self, visit):
        ensure_starter_libraries()
        self.unit = agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp")
        self.learner = person(
            "Nguyễn Hoàng Thị Phương Thảo", agency=self.unit, email="thao@songtien.example", password=PASSWORD
        )
        self.course = courses.ready_course("DS06", pass_mark=60, questions=5)
        self.course.agency = self.unit
        self.course.save()
        self.activity = import_package(
            file=h5p.package("SongTien.Choice", h5p.CHOICE), by=None, approve=True
        ).content
        first = LessonPage.objects.of_course_page(CoursePage.objects.get(course=self.course)).first()
        first.body = [*first.body.raw_data, {"type": "h5p", "value": {"content": self.activity.pk}}]
        first.save()
        self.visit = visit
        self.visitor = visit(width=360, language="en")
        self.page = self.visitor.page

    def test_from_sign_in_to_the_verified_certificate(self):
        self.given_the_learner_has_signed_in()
        self.when_the_course_is_opened_and_joined()
        self.when_the_activity_is_answered_and_the_page_reloaded()
        self.then_the_activity_is_where_it_was_left()
        self.when_a_perfect_score_is_forged_in_the_console()
        self.then_nothing_is_completed()
        self.when_the_lessons_are_finished_and_the_exam_is_passed()
        self.then_a_certificate_is_listed()
        self.then_a_stranger_finds_it_true_and_reads_neither_number_nor_birth_date()

    def frame(self):
        holder = self.page.locator("iframe[data-h5p-frame]").first
        holder.scroll_into_view_if_needed()
        inside = holder.content_frame
        inside.locator(".h5p-container :visible").first.wait_for()
        return inside

    def go_on(self):
        self.page.locator("main .btn-primary").first.click()
        self.visitor.look()

    def until(self, condition):
        for _step in range(60):
            if condition():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it did not happen within six seconds")

    def given_the_learner_has_signed_in(self):
        self.visitor.go("/accounts/login/")
        self.page.fill("input[name=login]", "thao@songtien.example")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url("**/learn/")
        self.visitor.look()

    def when_the_course_is_opened_and_joined(self):
        self.visitor.go("/courses/")
        self.page.locator(".cards a").first.click()
        self.visitor.look()
        self.go_on()  # enrol
        if "bai-1" not in self.page.url:
            self.go_on()  # first lesson
        assert "bai-1" in self.page.url

    def when_the_activity_is_answered_and_the_page_reloaded(self):
        inside = self.frame()
        inside.get_by_label("Sông-Tiền-chảy-xuôi-2026").check()
        self.until(lambda: Play.objects.exclude(state="").exists())
        self.page.reload()
        self.visitor.look()

    def then_the_activity_is_where_it_was_left(self):
        assert self.frame().get_by_label("Sông-Tiền-chảy-xuôi-2026").is_checked()

    def when_a_perfect_score_is_forged_in_the_console(self):
        self.page.frames[1].evaluate(
            """() => {
                const forged = H5P.instances[0].createXAPIEventTemplate('completed');
                forged.setScoredResult(100, 100, H5P.instances[0], true, true);
                H5P.instances[0].trigger(forged);
            }"""
        )
        self.until(lambda: Statement.objects.filter(verb="completed").exists())

    def then_nothing_is_completed(self):
        run_due()
        assert not Completion.objects.exists()
        assert not Certificate.objects.exists()
        assert not Attempt.objects.exists()

    def when_the_lessons_are_finished_and_the_exam_is_passed(self):
        for _step in range(8):
            self.go_on()
            if "/attempts/" in self.page.url:
                break
        for question in Attempt.objects.get().questions.all():
            self.page.locator(f"input[value='{courses.right_keys(question)[0]}']").check()
        self.until(
            lambda: Attempt.objects.get().questions.filter(answers__isnull=False).distinct().count() == 5
        )
        self.page.locator("button[name=submit]").click()
        self.page.wait_for_url("**/result/")
        self.visitor.look()
        assert Completion.objects.get().person == self.learner

    def then_a_certificate_is_listed(self):
        run_due()
        self.visitor.go("/learn/certificates/")
        self.certificate = Certificate.objects.get()
        assert self.page.get_by_text(self.course.name).first.is_visible()

    def then_a_stranger_finds_it_true_and_reads_neither_number_nor_birth_date(self):
        stranger = self.visit(width=360, language="en")
        page = stranger.go(f"/verify/{self.certificate.public_code}/")
        words = page.locator("main").inner_text()
        assert "Nguyễn Hoàng Thị Phương Thảo".casefold() in words.casefold()
        assert self.learner.code not in page.content()
