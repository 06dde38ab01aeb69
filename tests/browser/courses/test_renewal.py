"""Journey: a result ends soon, its holder renews it on a phone, and a lesson wants its time."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from courses.models import Completion, Haste, LessonPage, LessonProgress
from lms.base.dates import today
from tests.factories import certificates, courses
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Hoàng Thị Phương Thảo Quỳnh Anh"


class TestRenewal:
    @pytest.fixture(autouse=True)
    def world(self, visit):
        self.unit = agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp")
        self.learner = person(LONG_NAME, agency=self.unit)
        self.officer = person("Lê Cán Sự", agency=self.unit, role="provincial_hr")
        self.course = courses.course("DS06", agency=self.unit, valid_months=24, pace_percent=33)
        courses.course_page(self.course)
        courses.exam(self.course)
        LessonPage.objects.update(minutes=20)
        certificates.completion(
            self.learner, self.course, agency=self.unit, valid_until=today() + timedelta(days=20),
            completed_on=today() - timedelta(days=700), started_on=None,
        )  # fmt: skip
        self.visit = visit
        self.visitor = visit(width=360, who=self.learner)
        self.page = self.visitor.page

    def test_renewing_and_reading_in_time(self):
        self.given_the_results_say_what_ends()
        self.when_the_learner_renews()
        self.then_a_lesson_in_twenty_seconds_is_not_finished_and_says_so_kindly()
        self.then_the_same_lesson_is_finished_once_it_can_have_been_read()
        self.then_hr_finds_what_ends()

    def given_the_results_say_what_ends(self):
        self.visitor.go("/learn/")
        self.visitor.go("/learn/results/")
        self.keep("results-360")
        assert self.page.get_by_text("Sắp hết hạn").first.is_visible()

    def when_the_learner_renews(self):
        self.page.get_by_role("button", name="Học gia hạn").click()
        self.visitor.look()
        self.page.locator("main .btn-primary").first.click()
        self.visitor.look()
        assert "/bai-1/" in self.page.url

    def then_a_lesson_in_twenty_seconds_is_not_finished_and_says_so_kindly(self):
        self.page.get_by_role("button", name="Hoàn thành").click()
        self.visitor.look()
        self.keep("too-fast-360")
        assert self.page.get_by_text("Xin ông (bà) cứ thong thả").is_visible()
        assert "/bai-1/" in self.page.url
        assert Haste.objects.count() == 1
        assert LessonProgress.objects.get().finished_at is None

    def then_the_same_lesson_is_finished_once_it_can_have_been_read(self):
        LessonProgress.objects.update(opened_at=timezone.now() - timedelta(minutes=7))
        self.page.get_by_role("button", name="Hoàn thành").click()
        self.visitor.look()
        assert "/bai-2/" in self.page.url
        assert Completion.objects.count() == 1

    def then_hr_finds_what_ends(self):
        for width in (360, 1440):
            office = self.visit(width=width, who=self.officer)
            office.go("/training/?ends=30")
            self.keep(f"training-{width}", office.page)
            assert office.page.get_by_text(LONG_NAME).first.is_visible()
            office.page.get_by_text(LONG_NAME).first.click()
            office.look()
            self.keep(f"record-{width}", office.page)
            office.go("/training/drift/")
            self.keep(f"drift-{width}", office.page)

    def keep(self, name, page=None):
        folder = Path(settings.VAR_DIR) / "pictures" / "completion"
        folder.mkdir(parents=True, exist_ok=True)
        (page or self.page).screenshot(path=str(folder / f"{name}.png"), full_page=True)
