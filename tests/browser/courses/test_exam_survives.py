"""An exam at 360 px through everything that goes wrong: a lost network, a portal, a login page, another tab, a killed server."""

from __future__ import annotations

import time

import pytest

from courses.models import Answer, Attempt, Completion
from tests.browser.conftest import Visitor
from tests.factories import courses, people
from tests.faults.courses.hall import Hall, people_enrolled

pytestmark = pytest.mark.django_db(transaction=True)
TEN_SECONDS = 10_000


@pytest.fixture
def hall(tmp_path):
    opened = Hall(tmp_path, worker=False)
    yield opened
    opened.close()


@pytest.fixture
def course():
    row = courses.course("DS06", pass_rule="exam", agency=people.agency("SNV", name="Sở Nội vụ"))
    courses.course_page(row, lessons=0)
    courses.exam(row, questions=8, draw=8, pass_mark=60)
    return row


class Candidate:
    """One person at a phone, who answers each question rightly."""

    def __init__(self, chromium, hall: Hall, cookies: dict[str, str]) -> None:
        self.address = f"http://127.0.0.1:{hall.port}"
        self.context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="vi")
        self.context.set_default_timeout(20_000)
        self.cookies = [
            {"name": name, "value": value, "url": self.address} for name, value in cookies.items()
        ]
        self.context.add_cookies(self.cookies)
        self.visitor = Visitor(self.context, self.address)
        self.page = self.visitor.page

    def starts(self, course) -> None:
        self.visitor.go(f"/learn/courses/{course.pk}/exam/")
        self.page.locator("main .btn-primary").click()
        self.page.wait_for_url("**/attempts/**")
        self.visitor.look()

    def answers(self, position: int) -> None:
        put = Attempt.objects.get().questions.get(position=position)
        self.page.locator(f"input[value='{courses.right_keys(put)[0]}']").check()

    def is_warned_within_ten_seconds(self) -> None:
        began = time.monotonic()
        self.page.locator("#warning:not([hidden])").wait_for(timeout=TEN_SECONDS)
        assert time.monotonic() - began < 10
        self.visitor.look_now()

    def sees_all_saved(self, *positions: int) -> None:
        for position in positions:
            state = self.page.locator(f".question[data-position='{position}'] [data-state]")
            state.get_by_text("Đã lưu", exact=True).wait_for(timeout=30_000)
        self.page.locator("#warning").wait_for(state="hidden")


def test_an_exam_survives_network_portal_login_tabs_and_a_killed_server(chromium, hall, course):
    [cookies] = people_enrolled(course, 1)
    candidate = Candidate(chromium, hall, cookies)
    candidate.starts(course)
    candidate.answers(1)
    candidate.sees_all_saved(1)

    candidate.context.set_offline(True)
    candidate.answers(2)
    candidate.is_warned_within_ten_seconds()
    assert Answer.objects.count() == 1
    candidate.context.set_offline(False)
    candidate.sees_all_saved(2)

    portal = "**/answers/**"
    candidate.page.route(
        portal, lambda route: route.fulfill(status=200, body="<h1>Wi-Fi</h1>", content_type="text/html")
    )
    candidate.answers(3)
    candidate.is_warned_within_ten_seconds()
    candidate.page.unroute(portal)
    candidate.sees_all_saved(3)

    candidate.context.clear_cookies(name="sessionid")
    candidate.answers(4)
    candidate.page.locator("#sign-in:not([hidden])").wait_for(timeout=TEN_SECONDS)
    candidate.context.add_cookies(candidate.cookies)
    candidate.sees_all_saved(4)

    first, other = candidate.page, Visitor(candidate.context, candidate.address)
    other.page.goto(first.url)
    other.page.locator("#other-tab:not([hidden])").wait_for()
    other.look_now()
    assert other.page.locator(".question:not([disabled])").count() == 0
    other.page.locator("#take-over").click()
    first.locator("#other-tab:not([hidden])").wait_for()
    candidate.visitor, candidate.page = other, other.page
    candidate.answers(5)
    candidate.sees_all_saved(5)

    hall.kill_web_server(reopen=False)
    candidate.answers(6)
    candidate.is_warned_within_ten_seconds()
    hall.open_web()
    hall.wait_for_web()
    candidate.sees_all_saved(6)

    hall.kill_web_server(reopen=False)
    candidate.answers(7)
    candidate.is_warned_within_ten_seconds()
    candidate.page.close(run_before_unload=False)  # a crash; the device keeps what was not acknowledged
    first.close(run_before_unload=False)
    hall.open_web()
    hall.wait_for_web()
    candidate.visitor = Visitor(candidate.context, candidate.address)
    candidate.page = candidate.visitor.page
    candidate.page.goto(f"{candidate.address}/learn/attempts/{Attempt.objects.get().key}/")
    candidate.sees_all_saved(7)
    candidate.answers(8)
    candidate.sees_all_saved(8)

    candidate.page.locator("button[name=submit]").click()
    candidate.page.wait_for_url("**/result/")
    candidate.visitor.look()
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.passed) == (8, True)
    assert Answer.objects.count() == 8
    assert Completion.objects.count() == 1
    candidate.context.close()
