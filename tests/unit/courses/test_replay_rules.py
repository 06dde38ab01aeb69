"""What facts amount to, whatever their order and however often they are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.rules import Fact, replay

START = datetime(2026, 11, 2, 2, tzinfo=UTC)
WRITTEN = {"completed_on": "2026-11-02", "hours": "8.00", "valid_until": "2028-11-02"}


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def closed(key: str, minutes: int, *, passed: bool) -> Fact:
    right = 5 if passed else 1
    return Fact("attempt", key, at(minutes), {"right": right, "score": f"{right * 20}.00", "passed": passed})


def test_nothing_happened_nothing_is_due():
    derived = replay([])
    assert (derived.finished_at, derived.earned, dict(derived.lessons)) == (None, None, {})


def test_the_first_passed_attempt_earns():
    facts = [
        Fact("lesson", "a", at(1)),
        closed("x", 5, passed=False),
        closed("y", 9, passed=True),
        Fact("completed", "", at(9), WRITTEN),
    ]
    derived = replay(facts)
    earned = derived.earned
    assert derived.finished_at == at(9)
    assert (earned.source, earned.verified_on, earned.hours) == ("exam", date(2026, 11, 2), Decimal(8))
    assert earned.valid_until == date(2028, 11, 2)
    assert earned.is_written
    assert [result.passed for result in derived.attempts.values()] == [False, True]


def test_a_failed_attempt_earns_nothing():
    assert replay([closed("x", 5, passed=False)]).earned is None


def test_of_an_attempt_closed_twice_the_last_result_holds():
    assert replay([closed("x", 5, passed=False), closed("x", 30, passed=True)]).finished_at == at(30)
    assert replay([closed("x", 5, passed=True), closed("x", 30, passed=False)]).earned is None


def test_practice_is_verified_by_the_first_decision_only():
    done = [Fact("lessons", "", at(3)), Fact("completed", "", at(3), WRITTEN)]
    assert replay(done).earned.verified_on is None
    refused = Fact("decision.refuse", "1", at(50), {"on": date(2026, 11, 3), "hours": None})
    assert replay([*done, refused]).earned.verified_on is None
    said = Fact("decision.recognise", "2", at(90), {"on": date(2026, 11, 4), "hours": None})
    assert replay([*done, refused, said]).earned.verified_on == date(2026, 11, 4)


def test_the_last_correction_of_periods_holds():
    done = [closed("y", 9, passed=True), Fact("completed", "", at(9), WRITTEN)]
    for minutes, hours in ((60, "6"), (90, "7.5")):
        done.append(
            Fact("decision.hours", hours, at(minutes), {"on": date(2026, 11, 3), "hours": Decimal(hours)})
        )
    assert replay(done).earned.hours == Decimal("7.5")


def test_what_is_due_and_was_never_written_is_seen():
    assert not replay([closed("y", 9, passed=True)]).earned.is_written


FACTS = st.lists(
    st.one_of(
        st.builds(Fact, st.just("lesson"), st.sampled_from("abc"), st.integers(0, 90).map(at)),
        st.builds(Fact, st.just("activity"), st.sampled_from(["a/1", "b/2"]), st.integers(0, 90).map(at)),
        st.builds(closed, st.sampled_from("xyz"), st.integers(0, 90), passed=st.booleans()),
        st.builds(Fact, st.just("lessons"), st.just(""), st.integers(0, 90).map(at)),
        st.builds(Fact, st.just("completed"), st.just(""), st.integers(0, 90).map(at), st.just(WRITTEN)),
        st.builds(
            Fact,
            st.just("decision.recognise"),
            st.just("1"),
            st.integers(0, 90).map(at),
            st.just({"on": date(2026, 11, 4), "hours": None}),
        ),
    ),
    max_size=12,
    unique_by=lambda fact: (fact.kind, fact.subject, fact.at),
)


@given(FACTS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_anything(facts, chance):
    derived = replay(facts)
    shuffled = [*facts, *facts[: len(facts) // 2]]
    chance.shuffle(shuffled)
    assert replay(shuffled) == derived
    assert replay(iter([*facts, *facts])) == derived
