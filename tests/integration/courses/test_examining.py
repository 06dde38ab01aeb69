"""Examiners: who they are, what they decide alone, what needs two, and what is never done."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.html import escape

from courses.actions import save_answer, start_attempt, submit_attempt
from courses.actions.examining import (
    give_extra_time,
    look_at_flag,
    order_resit,
    order_resits_of_sample,
    reopen_attempt,
)
from courses.models import Attempt, Completion, Enrolment, ExtraTime, Haste, IntegrityFlag, Reopening, Resit
from courses.rules import Refused
from courses.states import Signal
from courses.two_examiners import propose_attempts, propose_more_time, propose_reopening
from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.people.actions.approvals import approve
from lms.people.approvals import NotPossible
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """A department whose course is examined by two trainers; a third trains elsewhere."""
    unit, other = people.agency("SNV", name="Sở Nội vụ"), people.agency("SYT", name="Sở Y tế")
    course = courses.course("DS06", pass_rule="exam", agency=unit)
    courses.course_page(course, lessons=0)
    exam = courses.exam(course, attempts_allowed=1, pass_mark=60)
    learner = people.person("Trần Thị Học", agency=other)
    return SimpleNamespace(
        course=course,
        exam=exam,
        learner=learner,
        enrolment=courses.enrolled(learner, course),
        examiner=people.person("Lê Văn Chấm", agency=unit, role="trainer"),
        second=people.person("Ngô Thị Duyệt", agency=unit, role="trainer"),
        stranger=people.person("Vũ Nơi Khác", agency=other, role="trainer"),
    )


def sat(house, *, right: int) -> Attempt:
    attempt = start_attempt(enrolment=house.enrolment, by=house.learner)
    courses.answer(attempt, right=right)
    return submit_attempt(attempt=attempt, by=house.learner, at=timezone.now())


def refused(act, **given) -> str:
    with pytest.raises(Refused) as refusal:
        act(**given)
    return refusal.value.code


def test_the_last_extra_time_counts_has_a_reason_and_is_audited(house):
    given = {"enrolment": house.enrolment, "by": house.examiner}
    give_extra_time(percent=25, minutes=0, reason="Khuyết tật vận động", **given)
    give_extra_time(percent=50, minutes=0, reason="Đánh giá lại", **given)
    attempt = start_attempt(enrolment=house.enrolment, by=None)
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=30)
    event = AuditEvent.objects.filter(action="courses.give_extra_time").latest("pk")
    assert (event.old, event.reason) == ({"percent": 25, "minutes": 0}, "Đánh giá lại")
    assert refused(give_extra_time, percent=10, minutes=0, reason=" ", **given) == "no_reason"
    assert refused(give_extra_time, percent=-1, minutes=0, reason="x", **given) == "negative"
    assert refused(give_extra_time, percent=10, minutes=5, reason="x", **given) == "both"


def test_nobody_decides_about_an_exam_of_their_own(house):
    own = courses.enrolled(house.examiner, house.course)
    code = refused(give_extra_time, enrolment=own, percent=25, minutes=0, reason="x", by=house.examiner)
    assert code == "own"


def test_more_time_for_a_running_attempt_needs_two_and_moves_the_promise(house):
    attempt = start_attempt(enrolment=house.enrolment, by=None)
    before = attempt.deadline_at
    proposal = propose_more_time(attempt=attempt, minutes=10, reason="Mất điện", by=house.examiner)
    attempt.refresh_from_db()
    assert attempt.deadline_at == before
    with pytest.raises(PermissionDenied):
        approve(approval=proposal, by=house.examiner)
    with pytest.raises(PermissionDenied):
        approve(approval=proposal, by=house.stranger)
    approve(approval=proposal, by=house.second)
    attempt.refresh_from_db()
    assert attempt.deadline_at == before + timedelta(minutes=10)
    row = ExtraTime.objects.get()
    assert (row.attempt, row.by, row.second) == (attempt, house.examiner, house.second)
    promised = Job.objects.filter(kind="courses.close_attempt").order_by("run_after")
    assert [job.run_after for job in promised] == [before, attempt.deadline_at]


def test_the_first_promise_does_not_close_an_attempt_that_was_given_more_time(house):
    attempt = start_attempt(enrolment=house.enrolment, by=None)
    Job.objects.filter(kind="courses.close_attempt").update(run_after=timezone.now())
    run_due()
    attempt.refresh_from_db()
    assert attempt.closed_at is None


def test_more_attempts_need_two_and_a_reason_and_are_refused_after_a_completion(client, house):
    sat(house, right=0)
    assert refused(start_attempt, enrolment=house.enrolment, by=None) == "used_up"
    proposal = propose_attempts(enrolment=house.enrolment, count=1, reason="Lỗi mạng", by=house.examiner)
    assert refused(start_attempt, enrolment=house.enrolment, by=None) == "used_up"
    approve(approval=proposal, by=house.second)
    house.enrolment.refresh_from_db()
    assert (
        house.enrolment.extra_attempts
        == sum(row.count for row in house.enrolment.extra_attempt_rows.all())
        == 1
    )
    sat(house, right=5)
    house.enrolment.refresh_from_db()
    code = refused(propose_attempts, enrolment=house.enrolment, count=1, reason="x", by=house.examiner)
    assert code == "finished"


def test_an_attempt_opened_again_keeps_its_answers_and_how_it_had_ended(house):
    attempt = sat(house, right=2)
    approve(
        approval=propose_reopening(attempt=attempt, minutes=15, reason="Máy chủ lỗi", by=house.examiner),
        by=house.second,
    )
    attempt.refresh_from_db()
    assert (attempt.closed_at, attempt.score, attempt.passed, attempt.closing) == (None, None, None, "")
    was = Reopening.objects.get()
    assert (was.score, was.closing, was.second) == (40, "SUBMITTED", house.second)
    put = attempt.questions.get(position=3)
    save_answer(
        attempt=attempt,
        position=3,
        client_id="11111111-1111-4111-8111-111111111111",
        sequence=2,
        response=courses.right_response(put),
        by=None,
        at=timezone.now(),
    )
    assert submit_attempt(attempt=attempt, by=None, at=timezone.now()).right == 3
    assert Completion.objects.count() == 1


def test_an_attempt_that_earned_a_completion_is_never_opened_again(house):
    attempt = sat(house, right=5)
    given = {"attempt": attempt, "minutes": 10, "reason": "x"}
    assert refused(propose_reopening, **given, by=house.examiner) == "earned"
    assert refused(reopen_attempt, **given, by=house.examiner, second=house.second) == "earned"
    assert Completion.objects.count() == 1


def test_what_is_no_longer_possible_is_said_at_the_approval_and_nothing_is_written(house):
    attempt = start_attempt(enrolment=house.enrolment, by=None)
    proposal = propose_more_time(attempt=attempt, minutes=10, reason="Mất điện", by=house.examiner)
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    with pytest.raises(NotPossible):
        approve(approval=proposal, by=house.second)
    proposal.refresh_from_db()
    assert proposal.state == "pending"
    assert not ExtraTime.objects.exists()


def test_a_resit_is_sat_with_the_supervisors_code_and_changes_nothing_by_itself(house):
    attempt = sat(house, right=5)
    resit = order_resit(attempt=attempt, reason="Kiểm tra xác suất", by=house.examiner)
    assert refused(order_resit, attempt=attempt, reason="x", by=house.examiner) == "ordered"
    assert refused(start_attempt, enrolment=house.enrolment, by=None) == "no_code"
    again = start_attempt(enrolment=house.enrolment, by=None, code=resit.code.lower())
    assert again.resit == resit
    courses.answer(again, right=0)
    submit_attempt(attempt=again, by=None, at=timezone.now())
    attempt.refresh_from_db()
    assert attempt.passed is True
    fact = Completion.objects.get()
    assert fact.evidence["attempt"] == str(attempt.key)
    assert refused(start_attempt, enrolment=house.enrolment, by=None) == "passed"


def test_a_sample_is_drawn_by_lot_with_its_seed_kept(house):
    for _ in range(6):
        house.enrolment = courses.enrolled(people.person(), house.course)
        sat(house, right=5)
    given = {"exam": house.exam, "reason": "Theo kế hoạch 8", "by": house.examiner}
    rows = order_resits_of_sample(count=4, **given)
    assert len({row.attempt_id for row in rows}) == 4
    assert len({row.sample for row in rows}) == 1
    assert AuditEvent.objects.filter(action="courses.order_resit").count() == 4
    assert refused(order_resits_of_sample, count=3, **given) == "sample"
    assert Resit.objects.count() == 4


def test_a_flag_is_looked_at_once_with_a_note(house):
    attempt = sat(house, right=2)
    flag = IntegrityFlag.objects.create(attempt=attempt, signal="focus_lost", facts={"times": 7})
    assert refused(look_at_flag, flag=flag, note="  ", by=house.examiner) == "no_note"
    look_at_flag(flag=flag, note="Đã hỏi, điện thoại reo.", by=house.examiner)
    assert refused(look_at_flag, flag=flag, note="x", by=house.second) == "looked"
    flag.refresh_from_db()
    assert (flag.looked_by, flag.note) == (house.examiner, "Đã hỏi, điện thoại reo.")


def test_a_person_s_page_shows_every_signal_leads_to_the_other_attempt_and_names_hurried_lessons(
    client, house
):
    attempt, mine = sat(house, right=2), house.enrolment
    house.enrolment = courses.enrolled(people.person("Đỗ Bên Cạnh", agency=house.course.agency), house.course)
    other = sat(house, right=2)
    facts = {"same": 9, "of": 10, "wrong": 4, "other": str(other.key), "persons": 2, "times": 7}
    facts |= {"answered": 10, "seconds": 12, "quick": 8, "within": 2, "addresses": 5}
    for signal in Signal.values:
        IntegrityFlag.objects.create(attempt=attempt, signal=signal, facts=facts)
    Haste.objects.create(
        enrolment=mine, lesson_key=uuid4(), lesson_title="Mật khẩu", seconds=20, least_seconds=396
    )
    people.sign_in(client, house.examiner)
    page = client.get(f"/examining/people/{mine.pk}/").content.decode()
    for signal in Signal:
        assert escape(str(signal.label)) in page
    assert f'href="/examining/people/{other.enrolment_id}/"' in page
    assert "Đỗ Bên Cạnh" in page
    assert "Mật khẩu" in page


def test_the_examiners_pages_lead_from_exam_to_decision(client, house, django_assert_num_queries):
    attempt = sat(house, right=2)
    flag = IntegrityFlag.objects.create(attempt=attempt, signal="focus_lost", facts={"times": 7})
    people.sign_in(client, house.examiner)
    assert "DS06" in client.get("/examining/").content.decode()
    page = f"/examining/exams/{house.exam.pk}/"
    assert "Trần Thị Học" in client.get(page, {"noticed": "open"}).content.decode()
    person = f"/examining/people/{house.enrolment.pk}/"
    assert "7" in client.get(person).content.decode()
    client.post(f"/examining/flags/{flag.pk}/look/", {"note": "Đã xem"})
    assert "Trần Thị Học" not in client.get(page, {"noticed": "open"}).content.decode()
    reply = client.post(f"{person}time/", {"percent": 25, "minutes": 0, "reason": "Giấy y tế"})
    assert reply.status_code == 302
    assert ExtraTime.objects.get().percent == 25
    wrong = client.post(f"{person}time/", {"percent": -5, "minutes": 0, "reason": "x"})
    assert wrong.status_code == 422
    assert "percent" in wrong.context["extra_time_form"].errors
    reply = client.post(f"/examining/attempts/{attempt.key}/reopen/", {"minutes": 10, "reason": "Lỗi"})
    assert reply.url.startswith("/approvals/")
    assert client.get(reply.url).status_code == 200
    reply = client.post(f"/examining/attempts/{attempt.key}/reopen/", {"minutes": 10, "reason": "Lỗi"})
    assert reply.status_code == 422, "it waits for the second person already"
    assert (
        client.post(f"/examining/exams/{house.exam.pk}/sample/", {"count": 9, "reason": "x"}).status_code
        == 422
    )


def test_who_examines_elsewhere_sees_nothing(client, house):
    attempt = sat(house, right=2)
    people.sign_in(client, house.stranger)
    assert "DS06" not in client.get("/examining/").content.decode()
    for path in (f"exams/{house.exam.pk}/", f"people/{house.enrolment.pk}/"):
        assert client.get(f"/examining/{path}").status_code == 404
    for path in (f"people/{house.enrolment.pk}/time/", f"attempts/{attempt.key}/reopen/"):
        assert (
            client.post(f"/examining/{path}", {"percent": 9, "minutes": 9, "reason": "x"}).status_code == 404
        )
    with pytest.raises(PermissionDenied):
        propose_reopening(attempt=attempt, minutes=9, reason="x", by=house.stranger)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_an_exam_asks_as_often_for_one_as_for_three(
    client, house, count, django_assert_num_queries
):
    Enrolment.objects.all().delete()
    for _ in range(count):
        house.enrolment = courses.enrolled(people.person(), house.course)
        sat(house, right=2)
    people.sign_in(client, house.examiner)
    client.get("/examining/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(f"/examining/exams/{house.exam.pk}/")


LIST_QUERIES = 12
