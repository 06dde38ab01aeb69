"""Ten thousand responses are captured around running attempts and searched for keys, scores and explanations.

LEAK_RESPONSES sets how many (10,000). The control with released answers is in tests/integration/courses.
"""

from __future__ import annotations

import os

import pytest
from django.test import Client

from courses.actions import start_attempt
from tests.factories import courses, people
from tests.factories.leaks import marked_course, responses, searched

pytestmark = pytest.mark.django_db
N = int(os.environ.get("LEAK_RESPONSES", "10000"))


def test_ten_thousand_responses_hold_no_key(capsys):
    course, secrets = marked_course()
    captured, found, attempts = 0, [], 0
    while captured < N:
        who = people.person()
        attempt = start_attempt(enrolment=courses.enrolled(who, course), by=who)
        said = responses(people.sign_in(Client(), who), attempt, rounds=10)
        assert attempt.seed not in "".join(said)
        found += searched(said, secrets)
        captured, attempts = captured + len(said), attempts + 1
    with capsys.disabled():
        print(
            f"\n{captured} responses around {attempts} attempts searched for {len(secrets)} marks: {len(found)} found"
        )
    assert found == []
