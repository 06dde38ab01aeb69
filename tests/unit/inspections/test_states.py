"""The table of states, read as a lawyer reads it."""

import pytest

from inspections.rules import may_happen, problem_with_team
from inspections.states import CLOSED, TRANSITIONS, Event, Status, events_from


def test_each_event_has_one_row_with_its_article() -> None:
    assert sorted(row.event for row in TRANSITIONS) == sorted(Event)
    assert all("Điều" in row.article for row in TRANSITIONS)


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_nothing_leaves_a_closed_case(status: Status) -> None:
    assert events_from(status) == ()


def test_a_case_is_cancelled_only_before_it_is_announced() -> None:
    assert may_happen(Event.CANCEL, Status.PLANNED)
    assert not may_happen(Event.CANCEL, Status.IN_PROGRESS)


def test_a_suspended_case_can_only_resume_or_be_terminated() -> None:
    assert set(events_from(Status.SUSPENDED)) == {Event.RESUME, Event.TERMINATE}


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


def test_the_signer_may_be_a_member_but_not_lead() -> None:
    assert problem(member_ids=[1, 3]) is None
