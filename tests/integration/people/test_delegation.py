"""Delegating a role while away: dated, never wider, never passed on, ending with the role it comes from."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people.actions.delegations import delegate_role
from lms.people.actions.roles import end_grant, grant_role
from lms.people.delegation import Delegation
from lms.people.models import Grant, Person
from lms.people.rules import may
from tests.factories.people import LONG_AGO, agency, person, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Office:
    def __init__(self):
        self.province = agency("82", name="Tỉnh Đồng Tháp")
        self.department = agency("SNV", name="Sở Nội vụ", parent=self.province)
        self.unit = agency("SNV.A", name="Phòng A", parent=self.department)
        self.other = agency("STC", name="Sở Tài chính", parent=self.province)
        self.head = person("Nguyễn Văn Giám", agency=self.department, role="agency_head")
        self.deputy = person("Trần Thị Phó", agency=self.department)
        self.grant = Grant.objects.get(person=self.head)

    def delegate(
        self, *, to=None, by=None, grant=None, where=None, start=None, end=None, reason="Đi công tác"
    ):
        first = start or today()
        asked = Delegation(grant or self.grant, to or self.deputy, where, first, end or first + 7 * DAY)
        return delegate_role(asked=asked, reason=reason, by=by or self.head)


@pytest.fixture
def office():
    return Office()


def fresh(who):
    return Person.objects.get(pk=who.pk)


def test_the_deputy_may_what_the_head_may_for_the_days_named_only(office):
    office.delegate()
    deputy = fresh(office.deputy)
    assert may(deputy, "inspections.sign", office.unit)
    assert not may(deputy, "inspections.sign", office.other)
    assert not may(deputy, "inspections.sign", office.unit, on=today() - DAY)
    assert may(deputy, "inspections.sign", office.unit, on=today() + 6 * DAY)
    assert not may(deputy, "inspections.sign", office.unit, on=today() + 7 * DAY)


def test_it_may_be_narrower(office):
    office.delegate(where=office.unit)
    deputy = fresh(office.deputy)
    assert may(deputy, "inspections.sign", office.unit)
    assert not may(deputy, "inspections.sign", office.department)


def test_it_ends_with_the_role_it_comes_from_and_while_its_giver_s_account_is_closed(office):
    delegated = office.delegate()
    Person.objects.filter(pk=office.head.pk).update(is_active=False)
    assert not may(fresh(office.deputy), "inspections.sign", office.unit)
    Person.objects.filter(pk=office.head.pk).update(is_active=True)
    assert may(fresh(office.deputy), "inspections.sign", office.unit)
    Grant.objects.filter(pk=office.grant.pk).update(valid_to=today())  # by whatever way it ended
    assert not may(fresh(office.deputy), "inspections.sign", office.unit)
    Grant.objects.filter(pk=office.grant.pk).update(valid_to=None)
    end_grant(grant=fresh_grant(office.grant), on=today() + DAY, by=None, reason="nghỉ hưu")
    assert fresh_grant(delegated).valid_to == today() + DAY


def fresh_grant(grant):
    return Grant.objects.get(pk=grant.pk)


def test_even_a_row_that_names_a_wider_agency_reaches_no_further(office):
    delegated = office.delegate()
    Grant.objects.filter(pk=delegated.pk).update(agency=office.province)
    assert not may(fresh(office.deputy), "inspections.sign", office.other)
    assert may(fresh(office.deputy), "inspections.sign", office.unit)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda o: {"by": o.deputy}, "của chính mình"),
        (lambda o: {"to": o.head}, "người khác"),
        (lambda o: {"to": person(agency=o.other)}, "không giữ vị trí"),
        (lambda o: {"where": o.other}, "không bao quát"),
        (lambda o: {"where": o.province}, "không bao quát"),
        (lambda o: {"start": today() - DAY}, "quá khứ"),
        (lambda o: {"end": today()}, "sau"),
        (lambda o: {"reason": "  "}, "lý do"),
    ],
)
def test_what_may_not_be_gets_its_sentence_and_writes_nothing(office, given, sentence):
    from django.utils.translation import override

    with override("vi"), pytest.raises(ValidationError) as refused:
        office.delegate(**given(office))
    assert sentence in " ".join(refused.value.messages).lower() or sentence in " ".join(
        refused.value.messages
    )
    assert not Grant.objects.exclude(delegated_from=None).exists()


def test_not_beyond_the_end_of_one_s_own_role(office):
    Grant.objects.filter(pk=office.grant.pk).update(valid_to=today() + 3 * DAY)
    with pytest.raises(ValidationError):
        office.delegate(grant=fresh_grant(office.grant))
    office.delegate(grant=fresh_grant(office.grant), end=today() + 3 * DAY)


def test_it_is_never_passed_on(office):
    delegated = office.delegate()
    third = person(agency=office.department)
    with pytest.raises(ValidationError):
        office.delegate(grant=delegated, by=office.deputy, to=third)


@pytest.mark.parametrize("role", ["administrator", "auditor", "author"])
def test_some_roles_are_never_delegated(office, role):
    own = grant_role(person=office.head, role=role, agency=office.department, valid_from=LONG_AGO, by=None)
    with pytest.raises(ValidationError):
        office.delegate(grant=own)


def test_the_database_refuses_one_without_end_or_reason(office):
    delegated = office.delegate()
    for change in ({"valid_to": None}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=delegated.pk).update(**change)


def test_what_the_deputy_does_names_the_head_in_the_audit_log(office):
    office.delegate()
    event = AuditEvent.objects.get(action="people.delegate_role")
    assert (event.actor_id, event.reason) == (str(office.head.pk), "Đi công tác")
    colleague = person(agency=office.unit)
    grant_role(person=colleague, role="trainer", agency=office.unit, by=fresh(office.deputy))
    event = AuditEvent.objects.filter(action="people.grant_role").latest("pk")
    assert (event.actor_name, event.acting_for) == ("Trần Thị Phó", "Nguyễn Văn Giám")
    assert "agency_head" in event.actor_roles


def test_the_page_delegates_and_either_side_ends_it(office):
    head, deputy = sign_in(Client(), office.head), sign_in(Client(), office.deputy)
    form = {
        "grant": office.grant.pk,
        "person": office.deputy.email,
        "agency": "",
        "valid_from": f"{today()}",
        "valid_to": f"{today() + 5 * DAY}",
        "reason": "Nghỉ phép theo Giấy số 5",
    }
    assert head.post("/people/delegations/", form).status_code == 302
    again = head.post("/people/delegations/", form)
    assert again.status_code == 422
    grant = Grant.objects.exclude(delegated_from=None).get()
    assert "Nguyễn Văn Giám" in deputy.get("/people/delegations/").content.decode()
    stranger = sign_in(Client(), person(agency=office.department))
    assert stranger.post(f"/people/delegations/{grant.pk}/end/", {"reason": "x"}).status_code == 403
    deputy.post(f"/people/delegations/{grant.pk}/end/", {"reason": ""})
    assert Grant.objects.filter(pk=grant.pk).exists()
    deputy.post(f"/people/delegations/{grant.pk}/end/", {"reason": "đã về"})
    assert not may(fresh(office.deputy), "inspections.sign", office.unit)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person", "nobody@songtien.example"),
        ("agency", "KHONG"),
        ("valid_to", "31/02/2027"),
        ("grant", "0"),
        ("reason", ""),
    ],
)
def test_a_wrong_field_gets_its_sentence(office, field, value):
    form = {
        "grant": office.grant.pk,
        "person": office.deputy.code,
        "agency": "",
        "valid_from": f"{today()}",
        "valid_to": f"{today() + DAY}",
        "reason": "x",
        field: value,
    }
    answer = sign_in(Client(), office.head).post("/people/delegations/", form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
