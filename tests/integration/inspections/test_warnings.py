"""Warnings ahead: three working days, one, and over; once each; what is over goes to the head, too."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from inspections.actions import course
from inspections.actions.warnings import warn_of_deadlines
from inspections.models import Announcement, Remedy
from inspections.rules import WorkingCalendar
from inspections.rules.warnings import Stage, stage_of
from inspections.tasks import DEADLINES, promise_deadlines
from lms.base.dates import today
from lms.base.jobs import run_due
from lms.notices.models import Notice
from tests.factories import inspections as make
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
BODY = [make.decision.Party("CQNN", "CQ-1", "Cơ quan Một")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("pk").select_related("person")
    return [(row.person.full_name, row.key.rsplit("/", 1)[1]) for row in rows]


@pytest.mark.parametrize(
    ("last_day", "stage"),
    [
        (date(2026, 9, 10), None),
        (date(2026, 9, 9), Stage.AHEAD),
        (date(2026, 9, 8), Stage.AHEAD),
        (date(2026, 9, 7), Stage.LAST),
        (date(2026, 9, 4), Stage.LAST),
        (date(2026, 9, 3), Stage.OVER),
    ],
)
def test_the_stages_are_counted_in_working_days(last_day, stage):
    friday = date(2026, 9, 4)
    assert stage_of(last_day, friday, WorkingCalendar()) == stage


def test_each_stage_of_a_case_is_told_once_and_what_is_late_to_the_signer_too(who):
    last_day = make.announced(who, parties=BODY).announcement.last_day
    for ahead in (20, 4, 4, 0, 0, -1, -2):
        warn_of_deadlines(on=last_day - timedelta(days=ahead))
    leader, head = who.leader.full_name, who.head.full_name
    assert told()[-2:] == [(leader, "over"), (head, "over")]
    assert told()[:-2] in ([(leader, "ahead"), (leader, "last")], [(leader, "last")])
    assert Notice.objects.filter(is_grave=True).count() == 2


def test_an_extension_is_warned_of_anew(who):
    case = make.announced(who, parties=BODY)
    first = case.announcement.last_day
    warn_of_deadlines(on=first)
    course.extend(by=who.head, inspection=case, reason="Phức tạp", paper=make.paper())
    last = Announcement.objects.get().last_day
    warn_of_deadlines(on=last)
    assert [key for _name, key in told()] == ["last", "last"]


def test_nobody_is_warned_of_what_stands_still_is_closed_or_far_away(who):
    case = make.announced(who, parties=BODY)
    warn_of_deadlines(on=today())
    course.suspend(by=who.head, inspection=case, reason="Bão", on=today(), paper=make.paper())
    warn_of_deadlines(on=today() + timedelta(days=60))
    make.completed(who, parties=[make.decision.Party("CQNN", "CQ-2", "Hai")], decision_no="2/QĐ")
    warn_of_deadlines(on=today() + timedelta(days=60))
    assert told() == []


class TestRemedies:
    @pytest.fixture
    def remedy(self, who):
        case = make.with_findings(who, parties=BODY)
        course.issue_result(by=who.head, inspection=case, number="22/TB", issued_on=today())
        course.complete(by=who.leader, inspection=case)
        return make.remedy_of(case, by=who.leader, deadline=today() + timedelta(days=30))

    def test_near_to_the_leader_over_to_the_head_too(self, who, remedy):
        for days in (-30, 0, 1, 2):
            warn_of_deadlines(on=remedy.deadline + timedelta(days=days))
        leader, head = who.leader.full_name, who.head.full_name
        assert told() == [(leader, "last"), (leader, "over"), (head, "over")]

    def test_what_was_handed_in_is_told_of_only_when_it_is_over(self, who, remedy):
        make.bring(remedy, by=who.leader)
        make.remedies.hand_in(by=who.leader, remedy=remedy)
        warn_of_deadlines(on=remedy.deadline)
        assert told() == []
        warn_of_deadlines(on=remedy.deadline + timedelta(days=1))
        assert len(told()) == 2

    def test_what_was_accepted_is_told_of_no_more(self, who, remedy):
        Remedy.objects.update(state="ACCEPTED")
        warn_of_deadlines(on=remedy.deadline + timedelta(days=9))
        assert told() == []


def test_the_nightly_job_warns_and_the_boards_show_it(who, client, monkeypatch):
    case = make.announced(who, parties=BODY)
    Announcement.objects.update(
        announced_on=today() - timedelta(days=20),
        deadline_on=today() - timedelta(days=1),
        last_day=today() - timedelta(days=1),
    )
    promise_deadlines.call_local()
    run_due()
    assert len(told()) == 2, DEADLINES
    for somebody, address in ((who.leader, "mine"), (who.head, "head")):
        sign_in(client, somebody)
        page = client.get(f"/inspections/{address}/").content.decode()
        assert "Warnings: 1" in page
        assert f"{case.code} is late" in page
