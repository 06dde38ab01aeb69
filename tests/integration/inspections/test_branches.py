"""Suspension, termination, extension, another team, hand-over, the work plan: each with reason and paper."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from inspections.actions import course, team, work_plan
from inspections.actions.gate import Paper
from inspections.models import Inspection, KindVersion, TransitionEntry
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db
MARCH_24 = date(2026, 3, 24)
PLAN = {
    "aims": "Đánh giá việc chấp hành",
    "content": "Hồ sơ cấp độ",
    "schedule": "Ngày 26/3 tại trụ sở",
    "assignments": "Ông A: hồ sơ; bà B: hiện trường",
}


@pytest.fixture
def who():
    return make.cast()


def on(day: date):
    """Let every clock show noon of that day."""
    moment = make.at(day, 12)
    return patch("django.utils.timezone.now", lambda: moment)


def last_day(case: Inspection) -> date:
    return Inspection.objects.get(pk=case.pk).announcement.last_day


def log_of(case: Inspection) -> list[tuple[str, str, str]]:
    return list(case.entries.values_list("event", "source", "target"))


class TestClock:
    """Case D1, and what suspension and extension make of it."""

    @pytest.mark.parametrize(
        ("mode", "days", "expected"),
        [
            ("calendar", 10, date(2026, 4, 3)),
            ("calendar", 15, date(2026, 4, 8)),
            ("working", 10, date(2026, 4, 7)),
        ],
    )
    def test_case_d1_through_records(self, who, mode, days, expected):
        lead = agency("BO", name="Cục thuộc Bộ")
        lead.level = "ministry"
        lead.save()
        KindVersion.objects.filter(kind__code="kiem-tra-chuyen-nganh").update(day_mode=mode)
        inspector = person("Thanh Kiểm", agency=lead, role="inspector")
        with on(MARCH_24):
            case = make.opened(who, by=inspector, lead=lead, days=days)
            places = [team.Place(inspector, "LEADER")]
            team.form_team(by=inspector, inspection=case, places=places)
            clock = course.announce(by=inspector, inspection=case, announced_on=MARCH_24)
        assert (clock.deadline_on, clock.last_day) == (expected, expected)

    def test_the_days_of_a_suspension_are_not_counted(self, who):
        with on(MARCH_24):
            case = make.announced(who, on=MARCH_24)
        with on(date(2026, 3, 26)):
            course.suspend(by=who.head, inspection=case, reason="Bão số 3", paper=make.paper(on=MARCH_24))
        with on(date(2026, 3, 30)):
            course.resume(by=who.head, inspection=case, reason="Hết bão")
        # 25/3 counts, 26–29/3 do not, the tenth day is 7/4.
        assert last_day(case) == date(2026, 4, 7)
        assert case.announcement.deadline_on == date(2026, 4, 3)
        assert list(case.suspensions.values_list("suspended_on", "resumed_on")) == [
            (date(2026, 3, 26), date(2026, 3, 30))
        ]

    def test_an_extension_after_a_suspension_counts_both(self, who):
        with on(MARCH_24):
            case = make.announced(who, on=MARCH_24)
        with on(date(2026, 3, 26)):
            course.suspend(by=who.head, inspection=case, reason="Bão số 3", paper=make.paper(on=MARCH_24))
        with on(date(2026, 3, 30)):
            course.resume(by=who.head, inspection=case, reason="Hết bão")
        with on(date(2026, 4, 6)):  # past the first last day, not past the moved one
            clock = course.extend(
                by=who.head, inspection=case, reason="Nhiều hồ sơ", paper=make.paper(on=MARCH_24)
            )
        assert clock.last_day == date(2026, 4, 13)  # 12/4 is a Sunday

    def test_a_stop_is_not_dated_before_the_announcement_or_to_come(self, who):
        case = make.announced(who)
        for day in (date(2020, 1, 1), date(2999, 1, 1)):
            with pytest.raises(ValidationError) as refusal:
                course.suspend(by=who.head, inspection=case, reason="Bão", paper=make.paper(), on=day)
            assert "on" in refusal.value.message_dict


class TestLog:
    """The log tells the whole way, and the database holds it to the table."""

    def test_the_log_replays_to_the_status(self, who):
        case = make.announced(who)
        course.suspend(by=who.head, inspection=case, reason="Bão", paper=make.paper("40/QĐ-SKHCN"))
        course.terminate(by=who.head, inspection=case, reason="Đã khởi tố", paper=make.paper("41/QĐ-SKHCN"))
        assert log_of(case) == [
            ("open", "", "PLANNED"),
            ("form_team", "PLANNED", "PLANNED"),
            ("announce", "PLANNED", "IN_PROGRESS"),
            ("suspend", "IN_PROGRESS", "SUSPENDED"),
            ("terminate", "SUSPENDED", "TERMINATED"),
        ]
        last = case.entries.last()
        assert (last.reason, last.paper_type, last.paper_number, last.by) == (
            "Đã khởi tố",
            "quyet-dinh-dinh-chi",
            "41/QĐ-SKHCN",
            who.head,
        )
        case.refresh_from_db()
        assert (case.suspended_on, case.stopped_on is not None) == (None, True)

    def test_the_paper_s_file_is_kept_with_its_hash(self, who):
        case = make.announced(who)
        paper = Paper(
            "40/QĐ", make.today(), SimpleUploadedFile("qd.pdf", b"%PDF-1.7 x", content_type="application/pdf")
        )
        course.suspend(by=who.head, inspection=case, reason="Bão", paper=paper)
        entry = case.entries.last()
        assert entry.paper_file.read() == b"%PDF-1.7 x"
        assert len(entry.paper_sha256) == 64

    @pytest.mark.parametrize(
        ("paper", "field"),
        [
            (Paper("40/QĐ", date(2020, 1, 1)), "paper_on"),
            (Paper("40/QĐ", date(2999, 1, 1)), "paper_on"),
            (Paper("  ", make.today()), "paper_number"),
            (Paper("40/QĐ", make.today(), SimpleUploadedFile("qd.pdf", b"<html>")), "paper_file"),
        ],
    )
    def test_a_paper_that_cannot_be_is_refused_and_nothing_is_written(self, who, paper, field):
        case = make.announced(who)
        with pytest.raises(ValidationError) as refusal:
            course.suspend(by=who.head, inspection=case, reason="Bão", paper=paper)
        assert field in refusal.value.message_dict
        case.refresh_from_db()
        assert (case.status, case.suspensions.count(), case.entries.count()) == ("IN_PROGRESS", 0, 3)

    @pytest.mark.parametrize(
        "entry",
        [
            {"event": "complete", "source": "PLANNED", "target": "COMPLETED"},
            {"event": "open", "source": "COMPLETED", "target": "PLANNED"},
            {"event": "suspend", "source": "IN_PROGRESS", "target": "SUSPENDED", "reason": ""},
            {"event": "suspend", "source": "IN_PROGRESS", "target": "SUSPENDED", "paper_number": ""},
            {"event": "send_back_plan", "source": "PLANNED", "target": "PLANNED", "reason": ""},
            {"event": "extend", "source": "IN_PROGRESS", "target": "IN_PROGRESS", "paper_on": None},
        ],
    )
    def test_the_database_refuses_an_entry_the_table_does_not_know(self, who, entry):
        case = make.announced(who)
        sound = {
            "reason": "x",
            "paper_type": "quyet-dinh-tam-dung",
            "paper_number": "1/QĐ",
            "paper_on": make.today(),
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            TransitionEntry.objects.create(inspection=case, **{**sound, **entry})

    @pytest.mark.parametrize(
        "change",
        [
            {"status": "SUSPENDED"},
            {"status": "TERMINATED"},
            {"status": "PLANNED"},
            {"suspended_on": date(2026, 3, 25)},
            {"stopped_on": date(2026, 3, 25)},
            {"announced_on": None},
            {"announced_on": date(2026, 3, 23)},
            {"status": "SUSPENDED", "suspended_on": date(2026, 3, 23), "status_reason": "x"},
            {"status": "SUSPENDED", "suspended_on": date(2026, 3, 25)},
            {"status": "COMPLETED", "completed_on": date(2026, 3, 23)},
        ],
    )
    def test_the_database_refuses_a_state_without_its_dates(self, who, change):
        with on(MARCH_24):
            case = make.announced(who, on=MARCH_24)
        with pytest.raises(IntegrityError), transaction.atomic():
            Inspection.objects.filter(pk=case.pk).update(**change)
        lawful = {"status": "SUSPENDED", "suspended_on": date(2026, 3, 25), "status_reason": "Bão"}
        assert Inspection.objects.filter(pk=case.pk).update(**lawful) == 1


class TestTeam:
    """A team is changed after the announcement by the signer, with reason and paper."""

    def change(self, who, case, places=None, **given):
        other = person("Người Mới", agency=who.lead)
        places = places or [team.Place(who.leader, "LEADER"), team.Place(other, "SECRETARY")]
        facts = {"by": who.head, "reason": "Thư ký nghỉ ốm", "paper": make.paper("50/QĐ"), **given}
        return team.change_team(inspection=case, places=places, **facts)

    def test_who_leaves_stays_on_record_as_they_were(self, who):
        case = make.announced(who)
        self.change(who, case)
        assert set(case.team.values_list("name", "duty")) == {
            ("Trần Thị Trưởng", "LEADER"),
            ("Người Mới", "SECRETARY"),
        }
        former = case.former_members.get()
        assert (former.name, former.duty) == ("Lê Minh Thư", "SECRETARY")
        entry = case.entries.last()
        assert (entry.event, entry.reason, entry.paper_number) == ("change_team", "Thư ký nghỉ ốm", "50/QĐ")
        assert entry.detail["old"] == {"Trần Thị Trưởng": "LEADER", "Lê Minh Thư": "SECRETARY"}

    def test_it_needs_reason_paper_and_the_signer_s_hand(self, who):
        case = make.announced(who)
        for given in ({"reason": " "}, {"paper": None}):
            with pytest.raises(ValidationError):
                self.change(who, case, **given)
        with pytest.raises(PermissionDenied):
            self.change(who, case, by=who.leader)
        assert case.former_members.count() == 0

    def test_the_signer_does_not_slip_in(self, who):
        case = make.announced(who)
        for duty in ("LEADER", "MEMBER"):
            places = [
                team.Place(who.leader, "LEADER" if duty == "MEMBER" else "MEMBER"),
                team.Place(who.head, duty),
            ]
            with pytest.raises(ValidationError):
                self.change(who, case, places)

    def test_the_same_team_again_is_no_change(self, who):
        case = make.announced(who)
        places = [team.Place(who.leader, "LEADER"), team.Place(who.secretary, "SECRETARY")]
        with pytest.raises(ValidationError):
            self.change(who, case, places)

    def test_a_former_member_runs_the_case_no_more(self, who):
        case = make.announced(who)
        self.change(who, case)
        with pytest.raises(PermissionDenied):
            make.send_sheet(who, case.subjects.get(), by=who.secretary)

    def test_two_secretaries_are_one_too_many(self, who):
        case = make.opened(who)
        other = person("Người Mới", agency=who.lead)
        places = [
            team.Place(who.leader, "LEADER"),
            team.Place(who.secretary, "SECRETARY"),
            team.Place(other, "SECRETARY"),
        ]
        with pytest.raises(ValidationError):
            team.form_team(by=who.leader, inspection=case, places=places)


class TestWorkPlan:
    """Điều 14: by the leader, approved by the signer; sent back only with a reason."""

    def test_submitted_sent_back_submitted_approved(self, who):
        case = make.teamed(who)
        work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)
        with pytest.raises(ValidationError):
            work_plan.send_back_plan(by=who.head, inspection=case, reason="")
        work_plan.send_back_plan(by=who.head, inspection=case, reason="Thiếu phân công")
        work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)
        plan = work_plan.approve_plan(by=who.head, inspection=case)
        assert (plan.is_approved, plan.decided_by) == (True, who.head)
        assert [event for event, _from, _to in log_of(case)][2:] == [
            "submit_plan",
            "send_back_plan",
            "submit_plan",
            "approve_plan",
        ]
        with pytest.raises(ValidationError):
            work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)

    def test_only_the_leader_submits_and_only_the_signer_decides(self, who):
        case = make.teamed(who)
        with pytest.raises(PermissionDenied):
            work_plan.submit_plan(by=who.secretary, inspection=case, **PLAN)
        work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)
        with pytest.raises(PermissionDenied):
            work_plan.approve_plan(by=who.leader, inspection=case)

    def test_a_plan_without_its_contents_is_refused(self, who):
        case = make.teamed(who)
        with pytest.raises(ValidationError) as refusal:
            work_plan.submit_plan(by=who.leader, inspection=case, **{**PLAN, "assignments": " "})
        assert "assignments" in refusal.value.message_dict

    def test_a_kind_that_asks_for_it_is_not_announced_without(self, who):
        KindVersion.objects.filter(kind__code="kiem-tra-chuyen-nganh").update(requires_plan=True)
        case = make.teamed(who)
        with pytest.raises(ValidationError):
            course.announce(by=who.leader, inspection=case, announced_on=make.today())
        work_plan.submit_plan(by=who.leader, inspection=case, **PLAN)
        work_plan.approve_plan(by=who.head, inspection=case)
        assert course.announce(by=who.leader, inspection=case, announced_on=make.today()).pk


def test_a_violation_is_handed_over_with_recipient_reason_and_paper(who):
    case = make.announced(who)
    facts = {
        "by": who.head,
        "inspection": case,
        "reason": "Có dấu hiệu tội phạm",
        "recipient": "Công an tỉnh",
    }
    with pytest.raises(ValidationError):
        course.hand_over(**facts)
    with pytest.raises(ValidationError) as refusal:
        course.hand_over(**{**facts, "recipient": " "}, paper=make.paper())
    assert "recipient" in refusal.value.message_dict
    course.hand_over(**facts, paper=make.paper("9/CV"))
    assert case.entries.last().detail["recipient"] == "Công an tỉnh"
    assert AuditEvent.objects.latest("pk").action == "inspections.hand_over"
