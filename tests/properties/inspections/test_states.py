"""No forbidden state is ever reached: random ways through the table, in the head and through the records."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.actions import course, team, work_plan
from inspections.models import Inspection
from inspections.states import BY_EVENT, CLOSED, TRANSITIONS, UNLOGGED, Event, Status, passages
from lms.base.dates import today
from tests.factories import inspections as make

REACHED = st.sampled_from(list(Event))
PLAN = {"aims": "a", "content": "b", "schedule": "c", "assignments": "d"}


@given(st.lists(REACHED, max_size=30))
def test_a_way_through_the_table_never_leaves_a_closed_state(events):
    status = None
    for event in events:
        row = BY_EVENT[event]
        if status in row.sources and event != Event.REGISTER:
            assert status not in CLOSED
            status = row.target or status
            assert status in Status


def test_the_passages_are_the_table_row_by_row():
    told = {
        (row.event, source or "", end)
        for row in TRANSITIONS
        for source in row.sources
        for end in row.ends(source)
    }
    assert set(passages()) == {passage for passage in told if passage[0] not in UNLOGGED}


def _act(who, case, event):
    facts = {"by": who.head, "inspection": case, "reason": "Lý do"}
    papered = {**facts, "paper": make.paper()}
    places = [team.Place(who.leader, "LEADER"), team.Place(who.secretary, "MEMBER")]
    actions = {
        Event.FORM_TEAM: lambda: team.form_team(by=who.leader, inspection=case, places=places),
        Event.SUBMIT_PLAN: lambda: work_plan.submit_plan(by=who.leader, inspection=case, **PLAN),
        Event.APPROVE_PLAN: lambda: work_plan.approve_plan(by=who.head, inspection=case),
        Event.SEND_BACK_PLAN: lambda: work_plan.send_back_plan(**facts),
        Event.ANNOUNCE: lambda: course.announce(by=who.leader, inspection=case, announced_on=today()),
        Event.EXTEND: lambda: course.extend(**papered),
        Event.CHANGE_TEAM: lambda: team.change_team(**papered, places=places),
        Event.HAND_OVER: lambda: course.hand_over(**papered, recipient="Công an tỉnh"),
        Event.WAIVE_RESULT: lambda: course.waive_result(by=who.leader, inspection=case, reason="x"),
        Event.ISSUE_RESULT: lambda: course.issue_result(
            by=who.head, inspection=case, number="1/TB", issued_on=today()
        ),
        Event.COMPLETE: lambda: course.complete(by=who.leader, inspection=case),
        Event.SUSPEND: lambda: course.suspend(**papered),
        Event.RESUME: lambda: course.resume(**facts),
        Event.TERMINATE: lambda: course.terminate(**papered),
        Event.CANCEL: lambda: course.cancel(**facts),
        Event.REQUEST: lambda: _request(who, case),
        Event.RECORD: lambda: make.send_sheet(who, case.subjects.get()),
        Event.LOCK_MINUTES: lambda: _lock(who, case),
    }
    return actions[event]()


def _request(who, case):
    return make.handed_over(who, case.subjects.get(), make.collection.Wanted("Quy chế"), by=make.clerk(who))


def _lock(who, case):
    subject = case.subjects.get()
    make.write(who, subject)
    return make.minutes.lock_minutes(by=who.leader, subject=subject)


WAYS = st.lists(st.sampled_from([e for e in Event if e not in (Event.OPEN, Event.REGISTER)]), max_size=10)
# Ways that reach far: the middle of a case, from which anything is tried.
FAR = st.builds(
    lambda stage, way: [*stage, *way],
    st.sampled_from(
        [
            [],
            [Event.ANNOUNCE],
            [Event.ANNOUNCE, Event.SUSPEND],
            [Event.ANNOUNCE, Event.RECORD, Event.LOCK_MINUTES],
            [Event.ANNOUNCE, Event.RECORD, Event.LOCK_MINUTES, Event.WAIVE_RESULT],
        ]
    ),
    WAYS,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(way=FAR)
def test_random_acts_on_real_records_keep_to_the_table_and_to_the_log(way):
    with transaction.atomic():
        who = make.cast()
        case = make.teamed(who)
        for event in way:
            before = Inspection.objects.get(pk=case.pk).status
            try:
                _act(who, Inspection.objects.get(pk=case.pk), event)
            except ValidationError:
                done = False
            else:
                done = True
            after = Inspection.objects.get(pk=case.pk)
            row = BY_EVENT[event]
            if done:
                assert before in row.sources and after.status == (row.target or before)
            else:
                assert after.status == before
            _agrees(after)
        transaction.set_rollback(True)


def _agrees(case):
    """The log ends where the case stands, each entry begins where the one before ended, dates go with the state."""
    entries = list(case.entries.all())
    assert entries[-1].target == case.status
    assert all(later.source == earlier.target for earlier, later in pairwise(entries))
    assert (case.announced_on is None) == (case.status in ("PLANNED", "CANCELLED"))
    assert (case.suspended_on is not None) == (case.status == "SUSPENDED")
    assert (case.stopped_on is not None) == (case.status in ("TERMINATED", "CANCELLED"))
    assert (case.completed_on is not None) == (case.status == "COMPLETED")
    if case.status == "COMPLETED":
        assert all(subject.minutes.is_locked for subject in case.subjects.all())
        assert hasattr(case, "result") or case.result_waiver
