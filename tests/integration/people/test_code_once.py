"""A code of an authenticator app opens once, also after allauth has forgotten it and its time goes on."""

import time

import pytest
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from lms.people.sign_in import forms
from tests.factories.codes import totp
from tests.factories.people import agency, person
from tests.integration.people.test_second_factor import enter, set_up

pytestmark = pytest.mark.django_db
START = 1_790_000_010  # at the first second of a period of thirty


class Clock:
    """The clock of the sign-in and of the cache; it stands until it is moved."""

    def __init__(self) -> None:
        self.now = float(START)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture
def officer(client, clock):
    """An officer with an app, set up long before, signed out."""
    who = person(agency=agency(), role="hr_officer")
    clock.now = START - 3600
    enter(client, who)
    who.key = set_up(client)
    client.post("/accounts/logout/")
    clock.now = START
    return who


def opens(client, who, code) -> bool:
    """Tell whether the code lets in after the password; leave again.

    What allauth remembers for thirty seconds is forgotten first: the clock of Redis is not the one that stands here.
    """
    if time.time() - START > 30:
        cache.clear()
    enter(client, who)
    answer = client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    return answer.status_code == 302


LATER = [0, 29, 31, 45, 59, 60, 75, 89]


@pytest.mark.parametrize("seconds", LATER)
def test_a_code_seen_over_a_shoulder_opens_nothing(client, clock, officer, seconds):
    """The code of the next period, as a phone half a minute fast shows it, is right for ninety seconds."""
    code = totp(officer.key, at=START + 30)
    assert opens(client, officer, code)
    clock.now = START + seconds
    assert not opens(client, officer, code)


def test_without_our_memory_it_would_open(client, clock, officer, monkeypatch):
    """The control: allauth alone takes the same code again after thirty seconds."""
    monkeypatch.setattr(forms._CodeOnce, "clean_code", AuthenticateForm.clean_code)
    code = totp(officer.key, at=START + 30)
    taken = []
    assert opens(client, officer, code)
    for seconds in LATER:
        clock.now = START + seconds
        taken.append(opens(client, officer, code))
    assert any(taken)


def test_an_earlier_code_opens_no_more_once_a_later_one_has(client, clock, officer):
    assert opens(client, officer, totp(officer.key, at=START))
    assert not opens(client, officer, totp(officer.key, at=START - 30))


def test_the_next_code_opens(client, clock, officer):
    assert opens(client, officer, totp(officer.key, at=START))
    clock.now = START + 30
    assert opens(client, officer, totp(officer.key, at=START + 30))


def test_each_person_s_codes_are_their_own(client, clock, officer):
    other = person(agency=agency("STC"), role="hr_officer")
    enter(client, other)
    key = set_up(client)
    client.post("/accounts/logout/")
    clock.now = START + 60
    assert opens(client, officer, totp(officer.key, at=START + 60))
    assert opens(client, other, totp(key, at=START + 60))


def test_asked_again_before_something_grave_the_code_of_the_door_does_not_do(client, clock, officer):
    enter(client, officer)
    code = totp(officer.key, at=START)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    clock.now = START + 35
    assert client.post("/accounts/2fa/reauthenticate/", {"code": code}).status_code == 200
    assert (
        client.post("/accounts/2fa/reauthenticate/", {"code": totp(officer.key, at=START + 35)}).status_code
        == 302
    )


def test_what_is_kept_is_the_step_and_not_the_code(client, clock, officer):
    code = totp(officer.key, at=START)
    assert opens(client, officer, code)
    kept = Authenticator.objects.get(user=officer, type="totp")
    assert kept.data["last_step"] == START // 30
    assert code not in str(kept.data)
    assert kept.last_used_at is not None
