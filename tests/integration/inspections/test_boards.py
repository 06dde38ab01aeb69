"""Boards: what an inspector, a head and the province have before them, and every clock."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from inspections.actions import course, plans, work_plan
from inspections.rules import WorkingCalendar
from inspections.rules.days_left import working_days_between
from lms.base.dates import today
from lms.reports.inspections import year_of
from lms.targets.figures import ask
from tests.factories import inspections as make
from tests.factories.people import person, sign_in
from tests.integration.inspections.test_course import on

pytestmark = pytest.mark.django_db
PLAN = {"aims": "a", "content": "b", "schedule": "c", "assignments": "d"}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def other():
    return make.cast("SYT", "Sở Y tế")


def party(n: int):
    return [make.decision.Party("CQNN", f"CQ-{n}", f"Cơ quan số {n}")]


def page(client, somebody, address: str) -> str:
    sign_in(client, somebody)
    return client.get(f"/inspections/{address}").content.decode()


def running(cast, n: int = 1, **given):
    return make.announced(cast, decision_no=f"{n}/QĐ-X", parties=party(n), **given)


class TestMine:
    def test_it_lists_the_cases_of_my_teams_and_no_others(self, who, client):
        case = running(who)
        not_mine = make.opened(who, decision_no="2/QĐ-X", parties=party(2))
        shown = page(client, who.secretary, "mine/")
        assert case.code in shown
        assert not_mine.code not in shown

    def test_it_names_documents_to_sign(self, who, client):
        case = running(who)
        make.drafted(who, case, "quyet-dinh-kiem-tra")
        assert "Documents to sign: 1" in page(client, who.head, "head/")
        assert "Documents to sign" not in page(client, who.leader, "mine/")

    def test_it_names_remedies_to_judge_and_overdue(self, who, client):
        case = make.with_findings(who, parties=party(1))
        remedy = make.remedy_of(case, by=who.leader, deadline=today() + timedelta(days=1))
        make.bring(remedy, by=who.leader)
        make.remedies.hand_in(by=who.leader, remedy=remedy)
        with on(today() + timedelta(days=3)):
            shown = page(client, who.leader, "mine/")
        assert "Remedies to judge: 1" in shown
        assert "Remedies overdue: 1" in shown


class TestHead:
    def test_what_waits_for_the_signature(self, who, client):
        plans.send_plan(by=who.leader, version=make.plan_draft(who), sent_to="TTr")
        case = make.teamed(who, parties=party(1))
        work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)
        shown = page(client, who.head, "head/")
        assert "Work plans to approve: 1" in shown
        assert "Inspection plans to approve: 1" in shown

    def test_late_cases_and_teams_of_the_own_agency_only(self, who, other, client):
        mine, theirs = running(who), running(other, 2)
        with on(today() + timedelta(days=40)):
            shown = page(client, who.head, "head/")
        assert "1 inspection is late." in shown
        assert mine.code in shown
        assert theirs.code not in shown
        assert who.leader.full_name in shown

    def test_an_inspector_has_no_such_board(self, who, client):
        sign_in(client, who.leader)
        assert client.get("/inspections/head/").status_code == 403


class TestDeadlines:
    def test_extension_and_suspension_are_told(self, who, client):
        case = running(who)
        course.extend(by=who.head, inspection=case, reason="Phức tạp", paper=make.paper())
        assert "extended by" in page(client, who.leader, "deadlines/")
        course.suspend(by=who.head, inspection=case, reason="Bão", on=today(), paper=make.paper("32/QĐ"))
        with on(today() + timedelta(days=2)):
            shown = page(client, who.leader, "deadlines/")
        assert "standing still" in shown
        assert "stood still for 2 days" in shown

    @pytest.mark.parametrize(("word", "after"), [("late", 40), ("later", 0), ("near", None)])
    def test_the_filter_by_nearness(self, who, client, word, after):
        case = running(who)
        last = case.announcement.last_day
        day = last - timedelta(days=2) if after is None else today() + timedelta(days=after)
        with on(day):
            for asked in ("late", "near", "later", "suspended"):
                shown = page(client, who.leader, f"deadlines/?due={asked}")
                assert (case.code in shown) == (asked == word), asked

    def test_closed_cases_and_those_of_others_are_not_there(self, who, other, client):
        done, theirs = make.completed(who, parties=party(1)), running(other, 2)
        shown = page(client, who.leader, "deadlines/")
        assert done.code not in shown
        assert theirs.code not in shown


@pytest.mark.parametrize("address", ["mine/", "head/", "deadlines/"])
def test_a_board_asks_as_much_for_three_cases_as_for_one(who, client, address):
    counts = []
    for n in (1, 2, 3):
        running(who, n)
        if n == 2:
            continue
        with on(today() + timedelta(days=40)):
            sign_in(client, who.head if address == "head/" else who.leader)
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/inspections/{address}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_working_days_are_counted_both_ways():
    calendar = WorkingCalendar.of([(date(2026, 9, 2), False)])
    monday, friday = date(2026, 8, 31), date(2026, 9, 4)
    assert working_days_between(monday, friday, calendar) == 3
    assert working_days_between(friday, monday, calendar) == -3
    assert working_days_between(monday, monday, calendar) == 0


class TestProvince:
    """The year of the province: plan, course, findings, share."""

    def test_counts_and_share(self, who, other):
        line = make.approved_plan(
            who, lines=[([make.subject()], {}), ([make.subject("CQ-8", "CQ", "CQNN")], {})]
        )
        first = line.lines.first()
        make.completed(who, plan_line=first)
        running(other, 2)
        make.with_findings(other, parties=party(3), decision_no="3/QĐ", field="Y tế")
        year = year_of(ask(as_of=today()), today() + timedelta(days=40))
        assert (year.total.planned, year.total.planned_done) == (2, 1)
        assert (year.total.running, year.total.late, year.total.done) == (2, 2, 1)
        assert year.unplanned == 2
        assert (year.share.full, year.ratio.pct) == (1, "100.00")
        assert [(row.name, row.found) for row in year.fields] == [("Y tế", 1)]
        assert sum(row.found for row in year.places) == 1
        names = {row.name: (row.planned, row.running, row.done) for row in year.agencies}
        assert names == {"Sở Khoa học và Công nghệ": (2, 0, 1), "Sở Y tế": (0, 2, 0)}

    def test_one_agency_s_year_holds_no_other_s(self, who, other):
        running(who, 1)
        running(other, 2)
        year = year_of(ask(as_of=today(), codes=["SYT"]), today())
        assert (year.total.running, [row.name for row in year.agencies]) == (1, ["Sở Y tế"])

    def test_the_page_and_its_queries(self, who, other, client):
        head = person("Nguyễn Chủ Tịch", agency=who.lead, role="agency_head")
        counts = []
        for n in (1, 2, 3):
            running(who, n)
            sign_in(client, head)
            with CaptureQueriesContext(connection) as asked:
                shown = client.get("/targets/inspections/").content.decode()
            counts.append(len(asked))
        assert "Strict: digital and remote" in shown
        assert "Sở Y tế" not in shown.split("By lead agency", 1)[1]
        assert counts[1] == counts[2]

    def test_another_agency_s_year_is_refused(self, who, other, client):
        sign_in(client, who.head)
        assert client.get("/targets/inspections/?agency=SYT").status_code == 403
