"""A learner at 360 px goes through a course and its exam; the network fails in the middle."""

from __future__ import annotations

import pytest

from courses.models import Answer, Attempt, Completion
from tests.factories import courses, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learner():
    return people.person("Nguyễn Thị Mỹ Tiên", agency=people.agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp"))


def given_a_course_with_an_exam():
    return courses.ready_course("DS06", pass_mark=60)


def when_the_first_option_of_each_question_is_chosen(page) -> None:
    for question in page.locator(".question").all():
        question.locator("label.option").first.click()


def then_every_answer_is_acknowledged(page, count: int) -> None:
    for number in range(count):
        state = page.locator(".question [data-state]").nth(number)
        state.get_by_text("Saved", exact=False).or_(state.get_by_text("Đã lưu")).wait_for(timeout=10_000)


def test_a_learner_goes_from_the_catalogue_to_a_completion(visit, learner):
    given_a_course_with_an_exam()
    visitor = visit(width=360, also=1440, who=learner)
    page = visitor.go("/courses/")
    page.locator(".cards a").first.click()
    visitor.look()
    page.locator("main .btn-primary").click()
    visitor.look()
    page.locator("main .btn-primary").click()
    visitor.look()
    page.locator("main .btn-primary").click()
    visitor.look()
    page.locator("main .btn-primary").click()
    visitor.look()
    page.locator("main .btn-primary").click()
    visitor.look()
    for put in Attempt.objects.get().questions.all():
        page.locator(f"input[value='{courses.right_keys(put)[0]}']").check()
    then_every_answer_is_acknowledged(page, 5)
    assert Answer.objects.count() == 5
    visitor.look()
    page.locator("button[name=submit]").click()
    page.wait_for_url("**/result/")
    visitor.look()
    assert Completion.objects.get().person == learner
    visitor.go("/learn/")


def test_an_answer_that_cannot_be_sent_is_kept_warned_of_and_sent_again(visit, learner):
    course = given_a_course_with_an_exam()
    courses.enrolled(learner, course, lessons_done=True)
    visitor = visit(width=360, who=learner)
    page = visitor.go(f"/learn/courses/{course.pk}/exam/")
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/attempts/**")
    page.route("**/answers/**", lambda route: route.abort())
    page.locator(".question label.option").first.click()
    page.locator("#warning:not([hidden])").wait_for(timeout=10_000)
    assert not Answer.objects.exists()
    chosen = page.locator(".question input:checked").first.get_attribute("value")
    page.unroute("**/answers/**")
    page.reload()
    then_every_answer_is_acknowledged(page, 1)
    assert Answer.objects.get().response == {"chosen": [chosen]}
    assert page.locator("#warning").is_hidden()
