"""The rule of two: who proposes does not decide, and what is approved is done in the same transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people import approvals as registry
from lms.people.actions.approvals import approve, expire_proposals, propose, refuse, withdraw_proposal
from lms.people.actions.delegations import delegate_role
from lms.people.approvals import Kind, NotPossible, needs_two
from lms.people.delegation import Delegation
from lms.people.models import Approval, Grant, Person
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


class Office:
    """An agency with two heads, a deputy, one at a sibling; and something that needs two."""

    def __init__(self):
        province = agency("82")
        self.unit = agency("SNV", parent=province)
        self.sibling = agency("STC", parent=province)
        self.first = person("Nguyễn Một", agency=self.unit, role="agency_head")
        self.second = person("Trần Hai", agency=self.unit, role="agency_head")
        self.deputy = person("Lê Phó", agency=self.unit)
        self.beside = person("Phạm Bên", agency=self.sibling, role="agency_head")
        self.done = []
        self.obstacle = ""
        needs_two(Kind("test.thing", "Việc", "certificates.revoke", self._do, lambda payload: []))

    def _do(self, approval, by):
        if self.obstacle:
            raise NotPossible(self.obstacle)
        self.done.append((approval.payload["n"], by.pk))

    def propose(self, by=None, n=1, target=None, reason="Lý do"):
        return propose(
            kind="test.thing",
            target=target or self.deputy,
            agency=self.unit,
            payload={"n": n},
            reason=reason,
            by=by or self.first,
        )


@pytest.fixture
def office():
    yield Office()
    registry._kinds.pop("test.thing")


def test_the_second_person_approves_and_it_is_done_once(office):
    approval = office.propose()
    assert office.done == []
    approve(approval=approval, by=office.second)
    assert office.done == [(1, office.second.pk)]
    with pytest.raises(PermissionDenied):
        approve(approval=approval, by=office.second)
    assert office.done == [(1, office.second.pk)]
    row = Approval.objects.get()
    assert (row.state, row.decided_by, row.proposed_by) == ("approved", office.second, office.first)
    actions = AuditEvent.objects.filter(target_type="people.Approval").order_by("pk")
    assert list(actions.values_list("action", "actor_id")) == [
        ("people.propose", str(office.first.pk)),
        ("people.approve", str(office.second.pk)),
    ]


@pytest.mark.parametrize("who", ["first", "deputy", "beside"])
def test_neither_the_proposer_nor_one_without_the_right_there_decides(office, who):
    approval = office.propose()
    for decide in (
        lambda by: approve(approval=approval, by=by),
        lambda by: refuse(approval=approval, reason="x", by=by),
    ):
        with pytest.raises(PermissionDenied):
            decide(getattr(office, who))
    assert office.done == []
    assert Approval.objects.get().state == "pending"


def test_the_proposer_s_other_record_is_no_second_person(office):
    twin = person("Nguyễn Một", agency=office.unit, role="agency_head")
    Person.objects.filter(pk=twin.pk).update(merged_into=office.first)
    with pytest.raises(PermissionDenied):
        approve(approval=office.propose(), by=Person.objects.get(pk=twin.pk))


def delegated(office, giver):
    own = Grant.objects.get(person=giver)
    asked = Delegation(own, office.deputy, None, today(), today() + timedelta(days=3))
    delegate_role(asked=asked, reason="Nghỉ phép", by=giver)
    return Person.objects.get(pk=office.deputy.pk)


def test_whose_right_comes_from_the_proposer_does_not_decide_but_another_s_deputy_does(office):
    approval = office.propose()
    with pytest.raises(PermissionDenied):
        approve(approval=approval, by=delegated(office, office.first))
    approve(approval=approval, by=delegated(office, office.second))
    assert len(office.done) == 1


def test_only_who_holds_the_right_proposes_with_a_reason_and_once(office):
    with pytest.raises(PermissionDenied):
        office.propose(by=office.beside)
    with pytest.raises(ValidationError):
        office.propose(reason=" ")
    office.propose()
    with pytest.raises(ValidationError):
        office.propose(by=office.second)
    assert Approval.objects.count() == 1


def test_what_can_no_longer_be_done_leaves_the_proposal_open(office):
    approval = office.propose()
    office.obstacle = "Đã thu hồi rồi."
    with pytest.raises(NotPossible, match="Đã thu hồi"):
        approve(approval=approval, by=office.second)
    assert Approval.objects.get().state == "pending"
    assert not AuditEvent.objects.filter(action="people.approve").exists()


def test_refusing_needs_a_reason_and_does_nothing(office):
    approval = office.propose()
    with pytest.raises(ValidationError):
        refuse(approval=approval, reason=" ", by=office.second)
    refuse(approval=approval, reason="Chưa đủ căn cứ", by=office.second)
    assert Approval.objects.get().decision_reason == "Chưa đủ căn cứ"
    assert office.done == []
    office.propose(n=2)  # may be proposed again


def test_an_open_proposal_is_taken_back_by_its_proposer_only(office):
    approval = office.propose()
    with pytest.raises(PermissionDenied):
        withdraw_proposal(approval=approval, by=office.second)
    withdraw_proposal(approval=approval, by=office.first)
    with pytest.raises(PermissionDenied):
        approve(approval=approval, by=office.second)


def test_it_lapses_after_its_time_also_before_the_night_has_noted_it(office):
    approval = office.propose()
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PermissionDenied):
        approve(approval=approval, by=office.second)
    assert expire_proposals() == 1
    assert expire_proposals() == 0
    assert Approval.objects.get().state == "expired"


def test_the_database_itself_refuses_one_person_for_two(office):
    approval = office.propose()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(
            state="approved", decided_by=office.first, decided_at=timezone.now()
        )


def test_the_pages_show_it_to_whom_it_concerns(office, django_assert_num_queries):
    approval = office.propose()
    first, second = sign_in(Client(), office.first), sign_in(Client(), office.second)
    assert "Lê Phó" in second.get("/approvals/").content.decode()
    page = second.get(f"/approvals/{approval.pk}/").content.decode()
    assert f"/approvals/{approval.pk}/approve/" in page
    assert (
        f"/approvals/{approval.pk}/approve/" not in first.get(f"/approvals/{approval.pk}/").content.decode()
    )
    assert first.post(f"/approvals/{approval.pk}/approve/").status_code == 403
    beside = sign_in(Client(), office.beside)
    assert "Lê Phó" not in beside.get("/approvals/").content.decode()
    assert beside.get(f"/approvals/{approval.pk}/").status_code == 404
    assert second.post(f"/approvals/{approval.pk}/refuse/", {"reason": ""}).status_code == 422
    assert second.post(f"/approvals/{approval.pk}/approve/").status_code == 302
    assert len(office.done) == 1


def test_the_list_asks_a_fixed_number_of_questions(office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(Client(), office.second)
    office.propose()
    client.get("/approvals/")
    with CaptureQueriesContext(connection) as one:
        client.get("/approvals/")
    office.propose(target=office.beside)
    office.propose(target=office.second)
    with CaptureQueriesContext(connection) as three:
        client.get("/approvals/")
    assert len(three) == len(one)
