"""Before something is withdrawn, and before a withdrawal is approved, who it is is asked once more."""

import pytest
from django.utils import timezone

from certificates.models import Certificate
from lms.people.models import Approval
from tests.factories.certificates import certificate, course
from tests.factories.people import agency, person, sign_in
from tests.integration.people.test_second_factor import PASSWORD, enter

pytestmark = pytest.mark.django_db
SAID = {"mode": "from_date", "on": f"{timezone.localdate()}", "reason": "cấp nhầm"}


@pytest.fixture
def unit():
    return agency()


@pytest.fixture
def long_ago(settings):
    """Everybody's last sign-in lies longer back than is believed."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0


@pytest.fixture
def address(unit):
    given = certificate(person(agency=unit), course("DS06"), agency=unit)
    return f"/certificates/{given.public_code}/revoke/"


@pytest.fixture
def officer(client, unit):
    who = person("Lê Thị Hạnh", agency=unit, role="agency_head")
    enter(client, who)
    return who


def test_whoever_has_just_signed_in_is_not_asked(client, officer, address):
    """The control of those below: the same visit within the minutes."""
    assert client.get(address).status_code == 200
    assert client.post(address, SAID).url.startswith("/approvals/")
    assert Approval.objects.count() == 1


def test_later_the_page_asks_for_the_password_first(client, officer, address, long_ago):
    answer = client.get(address)
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    assert client.get(answer.url).status_code == 200


def test_nothing_is_withdrawn_before_and_what_was_filled_in_is_done_after(client, officer, address, settings):
    assert client.get(address).status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    asked = client.post(address, SAID)
    assert asked.url.startswith("/accounts/reauthenticate/?next=")
    assert client.post(asked.url, {"password": "sai"}).status_code == 200
    assert not Approval.objects.exists()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    done = client.post(asked.url, {"password": PASSWORD})
    approval = Approval.objects.get()
    assert done.url == f"/approvals/{approval.pk}/"
    assert approval.proposed_by == officer


def test_the_second_person_is_asked_too(client, officer, unit, address, settings):
    client.post(address, SAID)
    approval = Approval.objects.get()
    second = person("Trần Văn Hai", agency=unit, role="agency_head")
    client.post("/accounts/logout/")
    enter(client, second)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    asked = client.post(f"/approvals/{approval.pk}/approve/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    approval.refresh_from_db()
    assert approval.state == "pending"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client.post(asked.url, {"password": PASSWORD})
    approval.refresh_from_db()
    assert approval.state == "approved"


def test_a_stranger_and_whoever_may_not_are_sent_away_unasked(client, unit, address, long_ago):
    assert client.get(address).url.startswith("/accounts/login/")
    sign_in(client, person(agency=unit))
    assert client.get(address).status_code == 403
    assert Certificate.objects.count() == 1
