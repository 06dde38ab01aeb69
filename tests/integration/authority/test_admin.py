"""The Wagtail admin's addresses of our own models, role by role: authors keep courses, nobody reads persons there.

The families that packages bring as wholes (`classification.FAMILIES`) are asked here where they show our own rows.
The others have tests of their own: `accounts/` in integration/people (test_sign_in_pages, test_second_factor, test_sso,
test_lock_out), `h5p/play/` in integration/courses (the frame's signed token) and `documents/` in integration/cms.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.urls import URLPattern, get_resolver

from courses.h5p.models import Content
from courses.models import Course, Exam, Question, QuestionBank
from lms.people.models import Person
from lms.people.roles import ROLES
from tests.factories import courses as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
KEPT_BY_AUTHORS = (Course, QuestionBank, Question, Exam, Content)
OUT = re.compile(r"/admin/login/|/accounts/login/|/admin/$")


def our_addresses(resolver=None, prefix=""):
    """Yield (address, name, model) of every page of the admin that shows rows of one of our models."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from our_addresses(entry, route)
        elif route.startswith("admin/"):
            model = (getattr(entry.callback, "view_initkwargs", None) or {}).get("model")
            if model in (*KEPT_BY_AUTHORS, Person):
                yield route, entry.name, model


ADDRESSES = list(our_addresses())


@pytest.fixture
def rows():
    course = make.course("DS01")
    question = make.question(QuestionBank.objects.create(name="Ngân hàng câu hỏi"))
    exam = make.exam(course)
    return {
        Course: course.pk,
        QuestionBank: QuestionBank.objects.earliest("pk").pk,
        Question: question.pk,
        Exam: exam.pk,
        Content: 1,
        Person: person("Người Bị Xem", code="082190000777").pk,
    }


def opened(client, rows, method):
    """Return (model, page) of what answers with a page or does something; a refusal leads out, or is 403 or 404."""
    found = defaultdict(set)
    for route, name, model in ADDRESSES:
        address = "/" + re.sub(r"<\w+:pk>", str(rows[model]), route)
        answer = getattr(client, method)(address)
        assert answer.status_code < 500, address
        is_out = answer.status_code in (301, 302) and OUT.search(answer.url.split("?")[0])
        if not is_out and answer.status_code not in (403, 404, 405):
            found[model].add(name)
        assert "082190000777" not in answer.content.decode(errors="ignore"), address
    return dict(found)


def test_the_addresses_are_there():
    """The control of those below: lists, forms and deletions of each of the six are asked."""
    names = defaultdict(set)
    for _route, name, model in ADDRESSES:
        names[model].add(name)
    assert set(names) == {*KEPT_BY_AUTHORS, Person}
    assert all({"add", "edit", "delete"} <= found for found in names.values())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [None, *(role for role in ROLES if role not in ("author", "administrator"))])
def test_whoever_writes_no_courses_comes_to_none_of_them(client, rows, role, method):
    sign_in(client, person(agency=agency(), role=role))
    assert opened(client, rows, method) == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(client, rows, method):
    assert opened(client, rows, method) == {}


def test_an_author_keeps_courses_and_deletes_none_of_them_and_sees_no_person(client, rows):
    sign_in(client, person(agency=agency(), role="author"))
    found = opened(client, rows, "get")
    assert Person not in found
    for model in (Course, QuestionBank, Question, Exam):
        assert {"list", "add", "edit", "choose"} <= found[model]
    assert {"list", "add", "choose"} <= found[Content]
    assert (
        "delete" not in found[Course]
    )  # the record certificates refer to; of the others what is used is kept


def test_an_administrator_runs_the_system_and_sees_no_person_there_either(client, rows):
    sign_in(client, person(agency=agency(), role="administrator"))
    assert Person not in opened(client, rows, "get")
