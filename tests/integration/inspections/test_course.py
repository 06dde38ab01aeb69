"""From decision to completion: who may, what must exist, and what the records earn."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from inspections.actions import course, decision, minutes
from inspections.actions.steps import derive_steps, drifted, working_calendar
from inspections.models import Inspection
from inspections.rules import classify_all, explain
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return make.cast()


def steps(case: Inspection) -> list[str]:
    return list(case.subjects.order_by("pk").values_list("steps", flat=True))


def on(day: date):
    """Let every clock show noon of that day."""
    moment = make.at(day, 12)
    return patch("django.utils.timezone.now", lambda: moment)


def test_the_whole_chain_in_the_system_is_fully_digital(who):
    case = make.completed(who)
    assert (case.status, case.completed_on, steps(case)) == ("COMPLETED", today(), ["DDDDD"])
    assert classify_all(steps(case)) == "FULL"
    actions = AuditEvent.objects.filter(target_type="inspections.Inspection")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "inspections.open",
        "inspections.form_team",
        "inspections.announce",
        "inspections.record",
        "inspections.record",
        "inspections.lock_minutes",
        "inspections.issue_result",
        "inspections.complete",
    ]


def test_the_steps_follow_the_records_one_by_one(who):
    case = make.opened(who)
    assert steps(case) == ["DNNNN"]
    decision.form_team(by=who.leader, inspection=case, places=[decision.Place(who.leader, "LEADER")])
    course.announce(by=who.leader, inspection=case, announced_on=today())
    assert steps(case) == ["DDNNN"]
    subject = Inspection.objects.get(pk=case.pk).subjects.get()
    make.send_sheet(who, subject, by=who.leader)
    assert steps(case) == ["DDDNN"]
    minutes.write_minutes(
        by=who.leader,
        subject=subject,
        started_at=make.timezone.now(),
        ended_at=make.timezone.now(),
        place="Mỹ Tho",
        representative="Ông A",
    )
    minutes.lock_minutes(by=who.leader, subject=subject)
    assert steps(case) == ["DDDDN"]


def test_a_decision_entered_late_counts_as_paper(who):
    with on(date(2026, 3, 27)):  # entered on Friday, signed on Tuesday
        case = make.opened(who, signed_on=date(2026, 3, 24))
    assert steps(case)[0][0] == "P"
    with on(date(2026, 3, 27)):
        other = make.opened(
            who, signed_on=date(2026, 3, 26), parties=[decision.Party("CQNN", "H1", "UBND xã")]
        )
    assert steps(other)[0][0] == "D"


def test_minutes_locked_two_working_days_later_count_as_paper(who):
    with on(date(2026, 3, 24)):
        case = make.announced(who)
        subject = case.subjects.get()
        make.send_sheet(who, subject)
        make.write(who, subject)
    with on(date(2026, 3, 26)):
        minutes.lock_minutes(by=who.leader, subject=subject)
    assert steps(case) == ["DDDPN"]
    case = Inspection.objects.get(pk=case.pk)
    why = explain(case.subjects.get(), working_calendar())[3].why
    assert "24/03/2026" in why and "26/03/2026" in why and "25/03/2026" in why


def test_stored_steps_always_equal_what_the_records_say(who):
    case = make.completed(who)
    assert drifted() == []
    case.subjects.update(steps="PPPPP")
    assert drifted() == [case.code]
    assert derive_steps(case) == ["DDDDD"]


def test_caught_in_the_act_needs_no_announcement(who):
    case = make.teamed(who)
    course.announce(by=who.leader, inspection=case, announced_on=today(), flagrant=True)
    assert steps(case) == ["DNNNN"]


def test_without_a_result_document_the_last_minutes_close_the_case(who):
    case = make.with_minutes(who)
    with pytest.raises(ValidationError):
        course.complete(by=who.leader, inspection=case)
    course.waive_result(by=who.leader, inspection=case, reason="Không phát hiện vi phạm")
    course.complete(by=who.leader, inspection=case)
    case.refresh_from_db()
    assert (case.status, case.completed_on, steps(case)) == ("COMPLETED", today(), ["DDDDN"])


def test_three_subjects_need_three_minutes(who):
    parties = [decision.Party("DN", f"12003{n}", f"Công ty {n}") for n in range(3)]
    case = make.announced(who, parties=parties)
    first, second, _third = case.subjects.all()
    for subject in (first, second):
        make.send_sheet(who, subject)
        make.write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
    with pytest.raises(ValidationError, match="Công ty 2"):
        course.issue_result(by=who.head, inspection=case, number="1/TB", issued_on=today())
    assert steps(case) == ["DDDDN", "DDDDN", "DDNNN"]


def test_the_deadline_is_computed_and_kept(who):
    with on(date(2026, 3, 24)):
        case = make.announced(who, on=date(2026, 3, 24))
    assert case.announcement.deadline_on == date(2026, 4, 3)
    with on(date(2026, 3, 30)):
        clock = course.extend(by=who.head, inspection=case, reason="Nhiều hồ sơ", paper=make.paper())
    assert (clock.extra_days, clock.extended_deadline_on) == (5, date(2026, 4, 8))
    with on(date(2026, 3, 31)), pytest.raises(ValidationError):
        course.extend(by=who.head, inspection=case, reason="Nữa", paper=make.paper())


def test_a_deadline_that_has_passed_is_not_extended(who):
    with on(date(2026, 3, 24)):
        case = make.announced(who, on=date(2026, 3, 24))
    with on(date(2026, 4, 4)), pytest.raises(ValidationError):
        course.extend(by=who.head, inspection=case, reason="Quá hạn", paper=make.paper())


def test_a_commune_has_seven_days(who):
    commune = agency("28001", name="Xã Tân Hương", level="commune")
    inspector = person("Cán bộ xã", agency=commune, role="inspector")
    with pytest.raises(ValidationError) as refusal:
        make.opened(who, by=inspector, lead=commune, days=10)
    assert "days" in refusal.value.message_dict
    assert make.opened(who, by=inspector, lead=commune, days=7).pk


@pytest.mark.parametrize(
    ("action", "reached"),
    [(course.suspend, "SUSPENDED"), (course.terminate, "TERMINATED")],
)
def test_a_stop_needs_a_reason_and_the_signer(who, action, reached):
    case = make.announced(who)
    with pytest.raises(ValidationError):
        action(by=who.head, inspection=case, reason="  ", paper=make.paper())
    with pytest.raises(ValidationError) as refusal:
        action(by=who.head, inspection=case, reason="Bão số 3")
    assert "paper_number" in refusal.value.message_dict
    with pytest.raises(PermissionDenied):
        action(by=who.leader, inspection=case, reason="Bão số 3", paper=make.paper())
    action(by=who.head, inspection=case, reason="Bão số 3", paper=make.paper())
    case.refresh_from_db()
    assert (case.status, case.status_reason) == (reached, "Bão số 3")
    event = AuditEvent.objects.latest("pk")
    assert (event.reason, event.actor_name) == ("Bão số 3", who.head.full_name)


def test_a_suspended_case_rests_until_it_is_resumed(who):
    case = make.announced(who)
    course.suspend(by=who.head, inspection=case, reason="Bão", paper=make.paper())
    with pytest.raises(ValidationError):
        make.send_sheet(who, case.subjects.get())
    course.resume(by=who.head, inspection=case, reason="Hết bão")
    assert make.send_sheet(who, case.subjects.get()).state == "created"


def test_only_before_the_announcement_a_case_is_cancelled(who):
    case = make.teamed(who)
    course.cancel(by=who.head, inspection=case, reason="Trùng thanh tra")
    other = make.announced(who, parties=[decision.Party("CQNN", "H2", "UBND xã B")])
    with pytest.raises(ValidationError):
        course.cancel(by=who.head, inspection=other, reason="Muộn")


def test_nothing_is_announced_without_a_leader(who):
    case = make.opened(who)
    with pytest.raises(ValidationError):
        course.announce(by=who.leader, inspection=case, announced_on=today())


def test_no_date_lies_in_the_future_or_before_what_precedes_it(who):
    tomorrow = today() + timedelta(days=1)
    with pytest.raises(ValidationError):
        make.opened(who, signed_on=tomorrow)
    case = make.teamed(who)
    for day in (tomorrow, today() - timedelta(days=1)):
        with pytest.raises(ValidationError):
            course.announce(by=who.leader, inspection=case, announced_on=day)


class TestTeam:
    """Separation of duties: Điều 12.2 NĐ 217/2025."""

    def test_the_signer_cannot_lead(self, who):
        case = make.opened(who)
        with pytest.raises(ValidationError):
            decision.form_team(by=who.leader, inspection=case, places=[decision.Place(who.head, "LEADER")])
        assert not case.team.exists()

    def test_nobody_with_a_conflict_of_interest(self, who):
        case = make.opened(who)
        places = [decision.Place(who.leader, "LEADER"), decision.Place(who.secretary, "MEMBER", False)]
        with pytest.raises(ValidationError):
            decision.form_team(by=who.leader, inspection=case, places=places)

    def test_two_leaders_or_one_person_twice(self, who):
        case = make.opened(who)
        for duties in ("LEADER", "MEMBER"):
            places = [decision.Place(who.leader, "LEADER"), decision.Place(who.leader, duties)]
            with pytest.raises(ValidationError):
                decision.form_team(by=who.leader, inspection=case, places=places)

    def test_names_and_titles_are_kept_as_they_were(self, who):
        case = make.teamed(who)
        who.leader.full_name = "Tên Mới"
        who.leader.save()
        assert case.team.get(duty="LEADER").name == "Trần Thị Trưởng"
        assert "Sở Khoa học và Công nghệ" in case.team.get(duty="LEADER").title


class TestOnceAYear:
    """NQ 198/2025/QH15 Điều 4, across agencies."""

    def test_a_second_inspection_by_another_agency_is_refused_and_says_which_stands_in_the_way(self, who):
        first = make.opened(who)
        other = make.cast("SYT", "Sở Y tế")
        with pytest.raises(ValidationError) as refusal:
            make.opened(other, field="An toàn thực phẩm")
        said = str(refusal.value.message_dict["subjects"])
        assert first.code in said and "Sở Khoa học và Công nghệ" in said
        assert Inspection.objects.count() == 1

    def test_a_cancelled_case_uses_up_nothing(self, who):
        case = make.teamed(who)
        course.cancel(by=who.head, inspection=case, reason="Trùng")
        assert make.opened(who).pk

    def test_state_bodies_are_not_protected(self, who):
        body = [decision.Party("CQNN", "H58.01", "UBND phường Mỹ Tho")]
        assert make.opened(who, parties=body).pk != make.opened(who, parties=body).pk

    def test_the_year_is_that_of_the_decision(self, who):
        with on(date(2025, 12, 30)):
            make.opened(who, signed_on=date(2025, 12, 30))
        with on(date(2026, 1, 5)):
            assert make.opened(who, signed_on=date(2026, 1, 5)).pk


class TestRegistration:
    """What was done on paper is counted too."""

    def register(self, by, lead, **given):
        facts = {
            "by": by,
            "lead": lead,
            "decision_no": "99/QĐ-SCT",
            "decided_on": date(2026, 3, 2),
            "completed_on": date(2026, 3, 20),
            "parties": [make.PARTY],
            "result_issued": False,
            **given,
        }
        return decision.register_paper_inspection(**facts)

    def test_a_registered_inspection_is_paper_and_stays_declared(self, who):
        clerk = person("Văn thư", agency=who.lead, role="registry_clerk")
        case = self.register(clerk, who.lead)
        assert (case.origin, case.status, steps(case)) == ("REGISTERED", "COMPLETED", ["PPPPN"])
        assert derive_steps(case) == ["PPPPN"]
        with pytest.raises(ValidationError):
            course.suspend(by=who.head, inspection=case, reason="x", paper=make.paper())

    def test_the_past_is_not_refused_by_once_a_year(self, who):
        clerk = person("Văn thư", agency=who.lead, role="registry_clerk")
        self.register(clerk, who.lead)
        assert self.register(clerk, who.lead, decision_no="100/QĐ-SCT").pk

    def test_a_head_or_a_foreign_clerk_does_not_register(self, who):
        foreign = person("Văn thư Sở Y tế", agency=agency("SYT"), role="registry_clerk")
        for by in (foreign, who.head, who.secretary):
            with pytest.raises(PermissionDenied):
                self.register(by, who.lead)


class TestAuthority:
    """By whom, at whose agency."""

    def test_a_sibling_a_foreign_inspector_and_nobody_are_refused(self, who):
        sibling = person("Anh Em", agency=agency("SYT"), role="inspector")
        plain = person("Người học", agency=who.lead)
        auditor = person("Kiểm toán", agency=who.lead, role="auditor")
        for by in (sibling, plain, auditor):
            with pytest.raises(PermissionDenied):
                make.opened(who, by=by)
        case = make.teamed(who)
        for by in (sibling, plain, auditor):
            with pytest.raises(PermissionDenied):
                course.announce(by=by, inspection=case, announced_on=today())

    def test_a_member_of_the_team_runs_the_own_case_and_no_other(self, who):
        case = make.announced(who)
        assert make.send_sheet(who, case.subjects.get(), by=who.secretary).state == "created"
        other = make.cast("SYT", "Sở Y tế")
        foreign = make.announced(other, parties=[decision.Party("CQNN", "H9", "Trạm y tế")])
        with pytest.raises(PermissionDenied):
            make.send_sheet(other, foreign.subjects.get(), by=who.secretary)

    def test_only_the_leader_locks(self, who):
        case = make.announced(who)
        subject = case.subjects.get()
        make.send_sheet(who, subject)
        make.write(who, subject)
        for by in (who.secretary, who.head, person("Khác", agency=who.lead, role="inspector")):
            with pytest.raises(PermissionDenied):
                minutes.lock_minutes(by=by, subject=subject)

    def test_scoped_reading(self, who):
        case = make.teamed(who)
        elsewhere = person("Sở khác", agency=agency("SYT"), role="inspector")
        read = lambda someone: list(Inspection.scoped.for_person(someone, "inspections.view"))  # noqa: E731
        assert read(who.head) == [case]
        assert read(who.secretary) == [case]
        assert read(elsewhere) == []
        assert read(person("Người học", agency=who.lead)) == []
        assert read(person("Kiểm toán", agency=who.lead, role="auditor")) == [case]
