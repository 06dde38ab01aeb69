"""Keys, scores and explanations never leave the server before release: what it says is captured and searched.

The version with ten thousand responses is tests/faults/courses/test_key_leaks.py.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from tests.factories import courses, people
from tests.factories.leaks import marked_course, responses, searched

pytestmark = pytest.mark.django_db


def test_no_response_before_release_holds_a_key_a_score_or_an_explanation():
    course, secrets = marked_course()
    said = []
    for number in range(3):
        who = people.person()
        client = people.sign_in(Client(), who)
        attempt = start_attempt(enrolment=courses.enrolled(who, course), by=who)
        said += responses(client, attempt, rounds=2)
        if number == 0:
            submit_attempt(attempt=attempt, by=who, at=timezone.now())
            said += responses(client, attempt, rounds=1)
    assert len(said) > 100
    assert searched(said, secrets) == []


def test_control_after_release_the_same_search_finds_them():
    course, secrets = marked_course(review="after_last")
    who = people.person()
    client = people.sign_in(Client(), who)
    attempt = start_attempt(enrolment=courses.enrolled(who, course), by=who)
    courses.answer(attempt, right=5)
    submit_attempt(attempt=attempt, by=who, at=timezone.now())
    found = searched(responses(client, attempt, rounds=1), secrets)
    assert any("LỜI-GIẢI" in secret for secret, _text in found)
