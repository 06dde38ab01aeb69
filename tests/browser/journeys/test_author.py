"""Journey (d): an author brings an H5P file, writes a lesson with it, previews and publishes."""

import pytest

from courses.h5p.actions import ensure_starter_libraries
from courses.models import CoursePage, LessonPage
from tests.factories import courses, h5p
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)


class TestAuthor:
    @pytest.fixture(autouse=True)
    def world(self, visit, settings):
        # The draft saves itself every half second; a script that types faster than any author meets it midway.
        settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
        from courses.actions import ensure_author_permissions
        from lms.people.actions.roles import sync_groups

        ensure_starter_libraries()
        courses.ready_course("DS06", lessons=1)
        ensure_author_permissions()
        self.author = person("Trần Lê Bảo Châu", agency=agency("SKHCN"), role="author")
        sync_groups(self.author)
        self.visit = visit
        self.visitor = visit(width=1440, who=self.author, language="en")
        self.page = self.visitor.page
        self.page.set_default_timeout(30_000)

    def test_from_the_file_to_the_published_lesson(self):
        self.given_an_activity_brought_as_a_file()
        self.when_a_lesson_is_written_with_it()
        self.then_the_preview_plays_it()
        self.when_the_lesson_is_published()
        self.then_a_learner_finds_it_in_the_course()

    def given_an_activity_brought_as_a_file(self):
        package = h5p.package("SongTien.TrueFalse", h5p.TRUE_FALSE, title="Ngân hàng hỏi mã OTP").read()
        self.visitor.go("/admin/snippets/courses/content/add/")
        self.page.set_input_files(
            "input[type=file]", {"name": "otp.h5p", "mimeType": "application/zip", "buffer": package}
        )
        self.page.get_by_role("button", name="Save").first.click()
        self.page.wait_for_url("**/admin/snippets/courses/content/")
        self.visitor.look()

    def when_a_lesson_is_written_with_it(self):
        parent = CoursePage.objects.get().pk
        self.visitor.go(f"/admin/pages/add/courses/lessonpage/{parent}/")
        self.page.fill("input[name=title]", "Cuộc gọi lúc nửa đêm")
        self.page.locator("button[title='Insert a block']").first.click()
        self.page.get_by_role("option", name="H5P activity").click()
        # Wagtail keeps the button in the language in which the first author of this process saw it.
        self.page.locator("[data-chooser-action-choose]:visible").first.click()
        self.page.locator(".modal-body").get_by_role("link", name="Ngân hàng hỏi mã OTP").click()
        self.page.get_by_text("Ngân hàng hỏi mã OTP").first.wait_for()
        # The chooser's shade over the page fades out by script; through it every text is paler.
        self.page.locator(".modal, .modal-backdrop").first.wait_for(state="detached")
        self.visitor.look()

    def then_the_preview_plays_it(self):
        self.page.get_by_role("button", name="Toggle preview").click()
        # Wagtail loads the new preview beside the old one and then swaps them.
        self.page.wait_for_function(
            "() => { const frames = document.querySelectorAll('.w-preview__iframe');"
            " return frames.length === 1 && frames[0].src.includes('/preview/'); }"
        )
        preview = self.page.frame_locator("iframe[title='Preview']")
        activity = preview.frame_locator("iframe[data-h5p-frame]")
        activity.get_by_role("button", name="Kiểm tra").wait_for(timeout=20_000)
        self.visitor.look_now()  # the open preview asks the server again and again

    def when_the_lesson_is_published(self):
        self.page.get_by_role("button", name="More actions").last.click()
        self.page.locator("footer").get_by_role("button", name="Publish").click()
        self.page.wait_for_url(f"**/admin/pages/{CoursePage.objects.get().pk}/")
        self.visitor.look()

    def then_a_learner_finds_it_in_the_course(self):
        lesson = LessonPage.objects.get(title="Cuộc gọi lúc nửa đêm")
        assert lesson.live
        assert lesson.slug.isascii()
        learner = self.visit(width=360, who=person("Lê Văn Ba", agency=agency("SNV")), language="en")
        page = learner.go(f"/courses/{CoursePage.objects.get().slug}/")
        assert page.get_by_text("Cuộc gọi lúc nửa đêm").first.is_visible()
