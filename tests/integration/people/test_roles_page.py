"""Granting and ending roles."""

import pytest

from lms.base.models import AuditEvent
from lms.people.models import Grant, Person
from lms.people.rules import may
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


def test_an_administrator_grants_a_role_and_ends_it_with_a_reason(client):
    unit = agency("SNV")
    admin, officer = person(role="administrator"), person(agency=unit)
    sign_in(client, admin)
    form = {
        "person": officer.email.upper(),
        "role": "hr_officer",
        "agency": "SNV",
        "valid_from": "2026-01-01",
    }
    assert client.post("/people/roles/", form).status_code == 302
    assert may(Person.objects.get(pk=officer.pk), "people.view", unit)
    grant = Grant.objects.get(person=officer)
    assert AuditEvent.objects.get(action="people.grant_role", target_id=officer.pk).actor_id == str(admin.pk)

    client.post(f"/people/grants/{grant.pk}/end/", {"reason": ""})
    assert Grant.objects.get(pk=grant.pk).valid_to is None
    client.post(f"/people/grants/{grant.pk}/end/", {"reason": "chuyển công tác"})
    assert not may(Person.objects.get(pk=officer.pk), "people.view", unit)
    assert AuditEvent.objects.get(action="people.end_grant").reason == "chuyển công tác"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person", "nobody@songtien.example"),
        ("role", "king"),
        ("agency", "KHONG"),
        ("valid_from", "31/02/2026"),
        ("valid_to", "01/01/2020"),
    ],
)
def test_a_wrong_field_gets_its_sentence_and_nothing_is_granted(client, field, value):
    officer = person(agency=agency("SNV"))
    sign_in(client, person(role="administrator"))
    form = {"person": officer.code, "role": "hr_officer", "agency": "SNV", "valid_from": "2026-01-01"}
    page = client.post("/people/roles/", {**form, field: value})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Grant.objects.filter(person=officer).exists()


def test_only_an_administrator_may_grant(client):
    unit = agency("SNV")
    for role in ("hr_officer", "provincial_hr", "auditor", "agency_head"):
        sign_in(client, person(agency=unit, role=role))
        assert client.get("/people/roles/").status_code == 403
        assert client.post("/people/grants/1/end/", {"reason": "x"}).status_code == 403


def test_a_list_of_three_asks_as_often_as_a_list_of_one(client, django_assert_num_queries):
    sign_in(client, person(role="administrator"))
    unit = agency("SNV")
    client.get("/people/roles/")
    with django_assert_num_queries(9):
        client.get("/people/roles/")
    for _more in range(2):
        person(agency=unit, role="hr_officer", at=unit)
    with django_assert_num_queries(9):
        client.get("/people/roles/")
