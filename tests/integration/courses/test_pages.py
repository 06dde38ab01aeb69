"""The catalogue, a course, its lessons and my learning, as people meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.actions import enrol
from courses.models import CatalogPage, Enrolment, LessonPage, LessonProgress
from lms.base.models import AuditEvent
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    who = people.person(agency=people.agency("SNV"))
    people.sign_in(client, who)
    return who


def test_the_catalogue_is_public_and_found_without_accents(client):
    courses.course_page(courses.course("DS06"))
    courses.course_page(courses.course("DA02", name="Bảng tính", is_ds=False, is_da=True))
    assert "An toàn thông tin" in client.get("/courses/").content.decode()
    found = client.get("/courses/", {"q": "bang tinh"}).content.decode()
    assert "Bảng tính" in found
    assert "An toàn thông tin" not in found
    by_tag = client.get("/courses/", {"tag": "DA"}).content.decode()
    assert "Bảng tính" in by_tag
    assert "An toàn thông tin" not in by_tag
    assert client.get("/courses/", {"q": "không có"}).status_code == 200


def test_an_empty_catalogue_says_so(client):
    assert client.get("/courses/").status_code == 200


def test_a_draft_is_not_there(client):
    page = courses.course_page(courses.course("DS06"))
    page.unpublish()
    assert client.get("/courses/ds06/").status_code == 404
    assert client.get("/courses/ds06/bai-1/").status_code == 404


def test_a_visitor_reads_what_the_course_is_and_must_sign_in_for_a_lesson(client):
    courses.ready_course("DS06")
    page = client.get("/courses/ds06/").content.decode()
    assert "Bài 1: Những điều cần biết" in page
    assert "/courses/ds06/bai-1/" not in page
    assert "/accounts/login/?next=%2Fcourses%2Fds06%2F" in page
    answer = client.get("/courses/ds06/bai-1/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=/courses/ds06/bai-1/")


def test_enrolling_is_a_post_of_ones_own(client, learner):
    row = courses.ready_course("DS06")
    assert client.get(f"/learn/courses/{row.pk}/enrol/").url == "/courses/ds06/"
    assert client.put(f"/learn/courses/{row.pk}/enrol/").status_code == 405
    assert not Enrolment.objects.exists(), "a GET changes nothing"
    answer = client.post(f"/learn/courses/{row.pk}/enrol/")
    assert answer.status_code == 302
    assert answer.url == "/courses/ds06/"
    assert Enrolment.objects.get().person == learner
    client.post(f"/learn/courses/{row.pk}/enrol/")
    assert Enrolment.objects.count() == 1
    assert AuditEvent.objects.filter(action="courses.enrol").count() == 1


def test_a_closed_course_takes_nobody(client, learner):
    row = courses.ready_course("DS06")
    row.valid_to = timezone.localdate()
    row.save()
    client.post(f"/learn/courses/{row.pk}/enrol/")
    assert not Enrolment.objects.exists()
    assert "btn-primary" not in client.get("/courses/ds06/").content.decode()


def test_lessons_open_one_after_the_other(client, learner):
    row = courses.ready_course("DS06")
    enrol(person=learner, course=row, by=learner)
    first, second = LessonPage.objects.order_by("path")
    assert client.get("/courses/ds06/bai-2/").url == "/courses/ds06/"
    assert not LessonProgress.objects.exists()
    assert "Nội dung bài 1." in client.get("/courses/ds06/bai-1/").content.decode()
    done = client.post(f"/learn/courses/{row.pk}/lessons/{first.pk}/finish/")
    assert done.url == "/courses/ds06/bai-2/"
    assert client.get("/courses/ds06/bai-2/").status_code == 200
    last = client.post(f"/learn/courses/{row.pk}/lessons/{second.pk}/finish/")
    assert last.url == f"/learn/courses/{row.pk}/exam/"


def test_a_lesson_not_opened_cannot_be_finished(client, learner):
    row = courses.ready_course("DS06")
    enrol(person=learner, course=row, by=learner)
    first = LessonPage.objects.order_by("path").first()
    client.post(f"/learn/courses/{row.pk}/lessons/{first.pk}/finish/")
    assert not LessonProgress.objects.exists()


def test_somebody_not_enrolled_is_led_to_the_course(client, learner):
    row = courses.ready_course("DS06")
    assert client.get("/courses/ds06/bai-1/").url == "/courses/ds06/"
    first = LessonPage.objects.order_by("path").first()
    assert client.post(f"/learn/courses/{row.pk}/lessons/{first.pk}/finish/").status_code == 404
    assert client.get(f"/learn/courses/{row.pk}/exam/").status_code == 404


def test_a_page_kept_to_others_is_not_shown_at_any_address(client, learner):
    from wagtail.models import PageViewRestriction

    page = courses.course_page(courses.course("DS06"))
    PageViewRestriction.objects.create(page=page, restriction_type="groups")
    assert client.get("/courses/ds06/").status_code == 302


def test_my_learning_answers_what_next(client, learner):
    empty = client.get("/learn/").content.decode()
    assert 'href="/courses/"' in empty
    row = courses.ready_course("DS06")
    enrolment = enrol(person=learner, course=row, by=learner)
    page = client.get("/learn/").content.decode()
    assert 'href="/courses/ds06/bai-1/"' in page
    Enrolment.objects.filter(pk=enrolment.pk).update(finished_at=timezone.now())
    assert "/courses/ds06/bai-1/" not in client.get("/learn/").content.decode()


def test_my_learning_is_for_those_signed_in(client):
    assert client.get("/learn/").url == "/accounts/login/?next=/learn/"


def test_what_was_learnt_under_a_duplicate_record_is_mine(client, learner):
    twin = people.person()
    row = courses.ready_course("DS06")
    enrol(person=twin, course=row, by=twin)
    twin.merged_into = learner
    twin.save()
    assert "/courses/ds06/bai-1/" in client.get("/learn/").content.decode()


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_course_page_asks_as_much_for_twenty_lessons_as_for_one(client, learner):
    few, many = courses.course("F"), courses.course("M")
    for row, count in ((few, 1), (many, 20)):
        courses.course_page(row, lessons=count)
        courses.exam(row)
        enrol(person=learner, course=row, by=learner)
    assert queries(client, "/courses/m/") == queries(client, "/courses/f/")
    assert queries(client, "/courses/m/") <= 15


def test_the_lists_ask_as_much_for_three_courses_as_for_one(client, learner):
    enrol(person=learner, course=courses.ready_course("A1"), by=learner)
    catalogue, mine = queries(client, "/courses/"), queries(client, "/learn/")
    for code in ("A2", "A3"):
        enrol(person=learner, course=courses.ready_course(code), by=learner)
    assert queries(client, "/courses/") == catalogue
    assert queries(client, "/learn/") == mine


def test_a_catalogue_editors_moved_is_served_where_it_is(client, learner):
    row = courses.ready_course("DS06")
    enrol(person=learner, course=row, by=learner)
    catalogue = CatalogPage.objects.get()
    catalogue.slug = "khoa-hoc"
    catalogue.save_revision().publish()
    assert "An toàn thông tin" in client.get("/khoa-hoc/").content.decode()
    assert "/courses/ds06/bai-1/" in client.get("/khoa-hoc/ds06/").content.decode()
    assert "Nội dung bài 1." in client.get("/khoa-hoc/ds06/bai-1/").content.decode()
    assert client.get("/khoa-hoc/ds06/bai-2/").url == "/courses/ds06/"
