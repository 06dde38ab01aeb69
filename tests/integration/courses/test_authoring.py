"""What authors may do in the Wagtail admin, and who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from courses.actions import start_attempt
from courses.models import (
    CatalogPage,
    Completion,
    Course,
    CoursePage,
    Enrolment,
    LessonPage,
    LessonProgress,
    Question,
)
from lms.base.models import AuditEvent
from lms.people.models import Person
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
COURSE = {
    "pace_percent": "33",
    "renewal_days": "90",
    "code": "DS06",
    "name": "An toàn thông tin",
    "hours": "8",
    "is_ds": "on",
    "agency": "",
    "form": "remote",
    "pass_rule": "lessons_and_exam",
    "certificate_kind": "giay_chung_nhan",
    "valid_from": "",
    "valid_to": "",
}


def question(bank, right=(True, False)) -> dict:
    data = {
        "bank": bank.pk,
        "topic": "Mật khẩu",
        "difficulty": "1",
        "points": "2",
        "text": "Mật khẩu nào mạnh nhất?",
        "explanation": "",
        "partial": "none",
        "options-count": len(right),
    }
    for number, is_right in enumerate(right):
        data[f"options-{number}-text"] = f"Phương án {number}"
        if is_right:
            data[f"options-{number}-is_right"] = "on"
    return data


@pytest.fixture
def author(client):
    who = people.person(role="author")
    people.sign_in(client, who)
    return who


def add(model) -> str:
    return reverse(f"wagtailsnippets_courses_{model}:add")


def edit(row) -> str:
    return reverse(f"wagtailsnippets_courses_{row._meta.model_name}:edit", args=[row.pk])


def test_an_author_makes_a_course_and_changing_it_makes_a_version(client, author):
    assert client.post(add("course"), COURSE).status_code == 302
    course = Course.objects.get()
    assert course.version == 1
    client.post(edit(course), {**COURSE, "hours": "12"})
    course.refresh_from_db()
    assert (course.version, course.hours) == (2, 12)
    client.post(edit(course), {**COURSE, "hours": "12", "valid_to": "2030-01-01"})
    course.refresh_from_db()
    assert (course.version, course.valid_to) == (2, date(2030, 1, 1))
    event = AuditEvent.objects.get(action="courses.change_course")
    assert (event.old["hours"], event.new["hours"], event.actor_name) == ("8.00", "12", author.full_name)


@pytest.mark.parametrize(
    "change",
    [{"hours": "0"}, {"code": ""}, {"hours": "tám"}, {"valid_from": "2026-01-02", "valid_to": "2026-01-01"}],
)
def test_an_impossible_course_is_refused_at_the_form(client, author, change):
    assert client.post(add("course"), {**COURSE, **change}).status_code == 200
    assert not Course.objects.exists()


def test_what_records_stand_on_is_not_deleted_even_by_who_may_do_all(client):
    people.sign_in(client, Person.objects.create_superuser("root-1", full_name="Quản trị"))
    course = courses.ready_course("DS06")
    start_attempt(enrolment=courses.enrolled(people.person(), course, lessons_done=True), by=None)
    for row in (course, course.exam, course.exam.bank):
        answer = client.post(reverse(f"wagtailsnippets_courses_{row._meta.model_name}:delete", args=[row.pk]))
        assert answer.status_code == 302
        assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("kind", "right", "is_taken"),
    [
        ("single", (True, False), True),
        ("single", (True, True), False),
        ("single", (False, False), False),
        ("multiple", (True, True, False), True),
        ("true_false", (True, False, False), False),
    ],
)
def test_a_question_is_taken_only_with_a_key_that_fits(client, author, kind, right, is_taken):
    bank = courses.exam(courses.course(), questions=0, draw=1).bank
    answer = client.post(f"{add('question')}?kind={kind}", question(bank, right))
    assert Question.objects.exists() is is_taken
    assert answer.status_code == (302 if is_taken else 200)


def test_an_author_writes_previews_and_publishes_a_lesson(client, author):
    page = courses.course_page(courses.course("DS06"), lessons=0)
    url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", page.pk])
    assert client.get(url).status_code == 200
    data = {
        "title": "Bài mới",
        "slug": "bai-moi",
        "minutes": "10",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": '{"blocks":[{"key":"a","text":"Xin chào","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}',
        "action-publish": "1",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    client.post(url, data)
    lesson = LessonPage.objects.get()
    assert lesson.live is True
    assert "Xin chào" in str(lesson.body)


@pytest.mark.parametrize("kind", ["catalogue", "course", "lesson"])
def test_every_page_can_be_previewed(client, author, kind):
    page = courses.course_page(courses.course("DS06"))
    shown = {"catalogue": CatalogPage.objects.get(), "course": page, "lesson": courses.lessons(page)[0]}[kind]
    answer = shown.make_preview_request(client.get("/courses/").wsgi_request, shown.default_preview_mode)
    assert answer.status_code == 200


def test_a_lesson_with_an_activity_is_previewed_without_writing_progress(client, author):
    page = courses.course_page(courses.course("DS06"))
    lesson = courses.lessons(page)[0]
    lesson.body = [("h5p", {"content": courses.activity("Một")})]
    lesson.save()
    request = client.get("/courses/").wsgi_request
    answer = lesson.make_preview_request(request, lesson.default_preview_mode)
    assert answer.status_code == 200
    assert "notice--warning" in answer.content.decode()
    assert not LessonProgress.objects.exists()
    assert not Enrolment.objects.exists()


def test_a_learner_and_an_hr_officer_find_no_door(client):
    unit = people.agency()
    for who in (people.person(agency=unit), people.person(agency=unit, role="hr_officer")):
        people.sign_in(client, who)
        for url in (add("course"), add("question"), add("exam"), reverse("wagtailadmin_home")):
            answer = client.get(url)
            assert answer.status_code in (302, 403), url
        assert client.post(add("course"), COURSE).status_code in (302, 403)
    assert not Course.objects.exists()


def test_an_author_touches_no_page_outside_the_catalogue(client, author):
    home = CatalogPage.objects.get().get_parent()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code in (302, 403)
    assert (
        client.get(reverse("wagtailadmin_pages:edit", args=[CatalogPage.objects.get().pk])).status_code == 200
    )


def test_the_catalogue_and_permissions_come_with_migrate_and_only_once(client, author):
    from courses.actions import ensure_author_permissions, ensure_catalogue

    catalogue = CatalogPage.objects.get()
    catalogue.title = "Danh mục khóa học"
    catalogue.save()
    ensure_catalogue()
    ensure_author_permissions()
    assert CatalogPage.objects.get().title == "Danh mục khóa học"
    assert catalogue.url == "/courses/"


def test_deleting_a_course_page_leaves_records_alone(client, author):
    page = courses.course_page(courses.course("DS06"))
    page.delete()
    assert Course.objects.count() == 1
    assert not CoursePage.objects.exists()
    assert Completion.objects.count() == 0
