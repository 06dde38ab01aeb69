"""The table of states, read as a lawyer reads it."""

import pytest

from inspections.rules import may_happen, problem_with_team
from inspections.states import BY_EVENT, CLOSED, TRANSITIONS, Event, Status, events_from


def test_each_event_has_one_row_with_its_article() -> None:
    assert sorted(row.event for row in TRANSITIONS) == sorted(Event)
    assert all("Điều" in row.article for row in TRANSITIONS)


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_nothing_leaves_a_closed_case(status: Status) -> None:
    assert events_from(status) == ()


def test_a_case_is_cancelled_only_before_it_is_announced() -> None:
    assert may_happen(Event.CANCEL, Status.PLANNED)
    assert not may_happen(Event.CANCEL, Status.IN_PROGRESS)


def test_a_suspended_case_only_resumes_or_is_terminated() -> None:
    moving = {event for event in events_from(Status.SUSPENDED) if BY_EVENT[event].target}
    assert moving == {Event.RESUME, Event.TERMINATE}
    assert set(events_from(Status.SUSPENDED)) - moving == {Event.CHANGE_TEAM, Event.HAND_OVER}


@pytest.mark.parametrize("event", ["suspend", "terminate", "extend", "change_team", "hand_over"])
def test_a_branch_needs_its_reason_and_its_document(event: str) -> None:
    row = BY_EVENT[Event(event)]
    assert row.reason and row.paper


def test_sending_back_needs_a_reason() -> None:
    assert BY_EVENT[Event.SEND_BACK_PLAN].reason


def test_every_status_can_be_reached() -> None:
    assert {row.target for row in TRANSITIONS if row.target} == set(Status)


def problem(**kw: object) -> str | None:
    given = {"signer_id": 1, "leader_id": 2, "member_ids": [3, 4], "in_conflict": [], **kw}
    found = problem_with_team(**given)  # type: ignore[arg-type]
    return str(found) if found else None


def test_a_lawful_team() -> None:
    assert problem() is None


@pytest.mark.parametrize(
    "change",
    [
        {"leader_id": None},
        {"leader_id": 1},
        {"member_ids": [2, 4]},
        {"member_ids": [3, 3]},
        {"in_conflict": [4]},
        {"in_conflict": [2]},
    ],
)
def test_an_unlawful_team_is_told_why(change: dict[str, object]) -> None:
    assert problem(**change)


def test_the_signer_is_not_in_the_team_at_all() -> None:
    assert problem(member_ids=[1, 3])
