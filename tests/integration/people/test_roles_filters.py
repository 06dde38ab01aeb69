"""Who holds what: by agency, by time, by how it came; and the whole history of one person."""

from datetime import timedelta

import pytest
from django.test import Client

from lms.base.dates import today
from lms.people.actions.delegations import delegate_role
from lms.people.actions.roles import end_grant, grant_role
from lms.people.delegation import Delegation
from lms.people.models import Grant
from tests.factories.people import LONG_AGO, agency, person, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office():
    unit, other = agency("SNV"), agency("STC")
    head = person("Nguyễn Giám", agency=unit, role="agency_head")
    deputy = person("Trần Phó", agency=unit)
    own = Grant.objects.get(person=head)
    delegate_role(
        asked=Delegation(own, deputy, None, today(), today() + 5 * DAY), reason="Nghỉ phép", by=head
    )
    grant_role(person=deputy, role="trainer", agency=other, valid_from=today() + 9 * DAY, by=None)
    past = grant_role(person=deputy, role="inspector", agency=unit, valid_from=LONG_AGO, by=None)
    end_grant(grant=past, on=today() - DAY, by=None, reason="Điều động")
    return unit, other, deputy


def held(client, query):
    page = client.get(f"/people/roles/?{query}")
    return {(grant.person.full_name, grant.role) for grant in page.context["listing"].page}


def test_grants_are_narrowed_by_agency_time_and_way(office):
    unit, other, _deputy = office
    admin = person("Quản Trị", role="administrator")
    client = sign_in(Client(), admin)
    head, delegated = ("Nguyễn Giám", "agency_head"), ("Trần Phó", "agency_head")
    coming, past, own = ("Trần Phó", "trainer"), ("Trần Phó", "inspector"), ("Quản Trị", "administrator")
    assert held(client, "") == {head, delegated, coming, own}
    assert held(client, "when=now") == {head, delegated, own}
    assert held(client, "when=soon") == {delegated}
    assert held(client, "when=future") == {coming}
    assert held(client, "when=ended") == {past}
    assert held(client, "when=ever") == {head, delegated, coming, past, own}
    assert held(client, f"agency={other.pk}") == {coming}
    assert held(client, f"agency={unit.pk}&when=ever") == {head, delegated, past}
    assert held(client, "way=delegated") == {delegated}
    assert held(client, "q=tran pho") == {delegated, coming}


def test_the_history_of_a_person_shows_past_and_future_who_gave_and_why(office):
    _unit, _other, deputy = office
    client = sign_in(Client(), person(role="administrator"))
    answer = client.get(f"/people/roles/persons/{deputy.pk}/")
    assert [grant.role for grant in answer.context["grants"]] == ["trainer", "agency_head", "inspector"]
    page = answer.content.decode()
    assert "Nguyễn Giám" in page and "Nghỉ phép" in page and "Điều động" in page
