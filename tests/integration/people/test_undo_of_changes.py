"""What stands against undoing a change, and who may undo it when their own role sat at what ended."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from inspections.actions import course, decision, evidence, minutes
from inspections.models import Inspection
from lms.base.dates import today
from lms.people.actions.organisation import apply_change, obstacles, prepare_change
from lms.people.actions.roles import end_grant, grant_role
from lms.people.models import OrganisationChange
from tests.factories.inspections import (
    announced,
    cast,
    opened,
    paper,
    photo,
    send_sheet,
    sheet_xml,
    teamed,
    with_minutes,
    write,
)
from tests.factories.organisation import carried_out, founding, request
from tests.factories.people import LONG_AGO, agency, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def officer():
    return person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")


def renamed(who, on=None):
    """Rename the agency that leads the case, from today."""
    return carried_out(officer(), "rename", who.lead, on=on or today(), name="Sở Khoa học")


def send(who, case):
    send_sheet(who, case.subjects.get(), sheet_xml())


def written(who, case):
    write(who, case.subjects.get())


def locked(who, case):
    minutes.lock_minutes(by=who.leader, subject=case.subjects.get())


def prepared(who):
    case = announced(who)
    send(who, case)
    written(who, case)
    return case


FACTS = {
    "team": (opened, lambda who, case: decision.form_team(
        by=who.leader, inspection=case,
        places=[decision.Place(who.leader, "LEADER"), decision.Place(who.secretary, "SECRETARY")],
    ), "places in teams: 2"),
    "announcement": (teamed, lambda who, case: course.announce(
        by=who.leader, inspection=case, announced_on=today()
    ), "announcements: 1"),
    "sheet": (announced, send, "inspection sheets: 1; files of evidence: 1"),
    "evidence": (announced, lambda who, case: evidence.add_evidence(
        by=who.secretary, subject=case.subjects.get(), file=photo(), uuid=uuid.uuid4(), caption="Máy chủ"
    ), "files of evidence: 1"),
    "draft": (announced, lambda who, case: (send(who, case), written(who, case)),
              "inspection sheets: 1; files of evidence: 1; draft minutes: 1"),
    "minutes": (prepared, locked, "minutes: 1"),
    "result": (with_minutes, lambda who, case: course.issue_result(
        by=who.head, inspection=case, number="22/TB-SKHCN", issued_on=today()
    ), "result documents: 1"),
    "suspension": (announced, lambda who, case: course.suspend(
        by=who.head, inspection=case, reason="Bão số 5", paper=paper()
    ), "steps of inspections: 1"),
}  # fmt: skip


@pytest.mark.parametrize("fact", FACTS)
def test_what_is_written_in_a_case_that_stood_holds_the_change(fact):
    stage, act, said = FACTS[fact]
    who = cast()
    case = stage(who)
    change = renamed(who)
    assert obstacles(change) == []
    act(who, Inspection.objects.get(pk=case.pk))
    assert obstacles(change) == [f"Since then there are new records at “Sở Khoa học”: {said}."]


def test_what_was_written_before_and_elsewhere_does_not_hold_it():
    who, other = cast(), cast("STC", "Sở Tài chính")
    with_minutes(who)
    change = renamed(who)
    with_minutes(other, parties=[decision.Party("DN", "1200000001", "Công ty Khác")])
    assert obstacles(change) == []


def test_what_happens_before_a_change_to_come_does_not_hold_it():
    who = cast()
    case = announced(who)
    change = renamed(who, on=today() + timedelta(days=30))
    send(who, case)
    course.suspend(by=who.head, inspection=case, reason="Bão số 5", paper=paper())
    assert obstacles(change) == []


def test_a_member_agency_s_change_is_held_too():
    who, member = cast(), agency("CA", name="Công an tỉnh")
    case = announced(who, members=[member])
    change = carried_out(officer(), "rename", member, on=today(), name="Công an")
    send(who, case)
    assert len(obstacles(change)) == 1


def test_the_number_of_queries_does_not_grow_with_the_cases(django_assert_max_num_queries):
    who = cast()
    for number in range(3):
        announced(who, decision_no=f"{number}/QĐ-SKHCN", parties=[
            decision.Party("DN", f"120034567{number}", f"Công ty {number}")
        ])  # fmt: skip
    change = renamed(who)
    for case in Inspection.objects.all():
        send(who, case)
    with django_assert_max_num_queries(40):
        obstacles(change)


@pytest.mark.parametrize("kind", ["split", "abolish"])
def test_the_number_of_queries_does_not_grow_with_the_posts(kind, django_assert_max_num_queries):
    root = agency("82", name="Tỉnh")
    own = agency("P1", name="Phòng Một", parent=root)
    posts = [person(agency=own).posts.get() for _ in range(60)]
    more = {
        "successors": [founding("P2", "Phòng Hai", root), founding("P3", "Phòng Ba", root)],
        "staff": {post.pk: -1 - place % 2 for place, post in enumerate(posts)},
    }
    asked = request(kind, own, on=today(), **(more if kind == "split" else {}))
    change = prepare_change(request=asked, by=officer())
    with django_assert_max_num_queries(59):
        apply_change(change=change, by=officer())


@pytest.fixture
def department():
    """A department with a division, and an officer whose only role sits at the division."""
    root = agency("82", name="Tỉnh")
    parent = agency("SNV", name="Sở Nội vụ", parent=root)
    own = agency("P1", name="Phòng Một", parent=parent)
    return parent, own, person("Trần Văn Phòng", role="provincial_hr", at=own)


def undo(client, change):
    address = reverse("organisation-change", args=[change.pk])
    shown = client.get(address).status_code
    done = client.post(reverse("organisation-reverse", args=[change.pk]), {"reason": "Nhầm"}).status_code
    return shown, done, OrganisationChange.objects.get(pk=change.pk).state


def test_who_abolished_the_agency_of_their_own_role_may_undo_it(client, department):
    _parent, own, who = department
    change = carried_out(who, "abolish", own, on=today())
    sign_in(client, who)
    assert undo(client, change) == (200, 302, "reversed")


def test_who_split_an_agency_below_their_own_may_undo_it(client, department):
    parent, own, _who = department
    above = person("Võ Thị Trên", role="provincial_hr", at=parent)
    change = carried_out(
        above,
        "split",
        own,
        on=today(),
        successors=[founding("P2", "Phòng Hai", parent), founding("P3", "Phòng Ba", parent)],
    )
    sign_in(client, above)
    assert undo(client, change) == (200, 302, "reversed")


def test_nobody_else_acts_by_a_role_at_what_has_ended(client, department):
    _parent, own, who = department
    other = person("Người Khác", role="provincial_hr", at=own)
    change = carried_out(who, "abolish", own, on=today())
    sign_in(client, other)
    assert undo(client, change) == (403, 403, "applied")


def test_whose_role_was_taken_away_since_may_not_undo_it(client, department):
    _parent, own, who = department
    change = carried_out(who, "abolish", own, on=today())
    end_grant(grant=who.grants.get(), on=today(), by=None, reason="Chuyển công tác")
    sign_in(client, who)
    assert undo(client, change) == (403, 403, "applied")


def test_a_role_that_ended_opens_no_other_door_of_the_wizard(client, department):
    _parent, own, who = department
    change = carried_out(who, "abolish", own, on=today())
    waiting = prepare_change(request=request("abolish", own, on=today()), by=who)
    sign_in(client, who)
    for name in ("organisation-changes", "organisation-new"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("organisation-change", args=[waiting.pk])).status_code == 403
    for name in ("apply", "discard"):
        for row in (change, waiting):
            assert client.post(reverse(f"organisation-{name}", args=[row.pk])).status_code == 403


def test_a_role_given_later_does_not_reach_into_the_past(client, department):
    _parent, own, _who = department
    nobody = person("Chưa Có Vai Trò")
    change = prepare_change(request=request("abolish", own, on=today()), by=nobody)
    apply_change(change=change, by=nobody)
    grant_role(person=nobody, role="provincial_hr", agency=agency("X"), valid_from=LONG_AGO, by=None)
    sign_in(client, nobody)
    assert undo(client, change) == (403, 403, "applied")


def test_the_preview_says_that_one_s_own_role_ends(client, department):
    parent, own, who = department
    change = prepare_change(request=request("abolish", own, on=today()), by=who)
    sign_in(client, who)
    page = client.get(reverse("organisation-change", args=[change.pk])).content.decode()
    assert "Your own role sits at an agency that ends" in page
    sign_in(client, person("Võ Thị Trên", role="provincial_hr", at=parent))
    page = client.get(reverse("organisation-change", args=[change.pk])).content.decode()
    assert "Your own role sits at an agency that ends" not in page


def test_the_officer_s_key_is_kept_with_the_change(department):
    _parent, own, who = department
    change = carried_out(who, "abolish", own, on=today())
    assert OrganisationChange.objects.get(pk=change.pk).applied_by_id == str(who.pk)
