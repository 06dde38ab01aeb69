"""What is noticed about an attempt, and what is not: figures against limits, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from courses.rules.integrity import Seen, Told, signals_of
from courses.states import Signal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEVICE = uuid4()


def told(*answers: str, gap: float = 30, right: str = "a") -> dict[int, Told]:
    return {
        number: Told({"chosen": [one]}, one == right, NOON + timedelta(seconds=gap * number))
        for number, one in enumerate(answers, start=1)
    }


def seen(person: int = 1, **facts) -> Seen:
    given = {
        "key": f"key-{person}",
        "person_id": person,
        "started_at": NOON,
        "closed_at": NOON + timedelta(minutes=9),
        "questions": 10,
        "answers": told(*"abcdabcdab"),
        "addresses": frozenset({"10.0.0.1"}),
        "devices": frozenset({DEVICE}),
    }
    return Seen(**{**given, **facts})


def noticed(attempt: Seen, *others: Seen) -> set[Signal]:
    return set(signals_of(attempt, others))


def test_an_honest_attempt_raises_nothing():
    assert noticed(seen()) == set()


def test_ten_questions_in_forty_nine_seconds_are_very_fast_and_in_fifty_are_not():
    assert Signal.FAST_WHOLE in noticed(seen(answers=told(*"abcdabcdab", gap=4.9)))
    assert Signal.FAST_WHOLE not in noticed(seen(answers=told(*"abcdabcdab", gap=5)))


def test_few_answers_say_nothing_of_speed():
    assert noticed(seen(answers=told(*"abcd", gap=0.1))) == set()
    assert noticed(seen(questions=4, answers=told(*"abcd", gap=0.1))) == set()


def test_half_of_the_answers_in_a_moment_are_noticed():
    slow, quick = told(*"abcdabcdab"), told(*"abcdabcdab", gap=1)
    mixed = {number: (quick if number < 6 else slow)[number] for number in slow}
    assert signals_of(seen(answers=quick), [])[Signal.FAST_QUESTION] == {
        "quick": 9,
        "answered": 10,
        "within": 2,
    }
    assert Signal.FAST_QUESTION not in noticed(seen(answers=mixed))


def test_the_same_wrong_answers_from_one_address_are_noticed():
    facts = signals_of(seen(), [seen(2, devices=frozenset())])[Signal.SAME_ANSWERS]
    assert facts == {"other": "key-2", "same": 10, "of": 10, "wrong": 7}


def test_the_same_answers_from_elsewhere_by_the_same_person_or_all_right_are_not():
    far = seen(2, devices=frozenset(), addresses=frozenset({"10.9.9.9"}))
    again = seen(1, key="key-again", devices=frozenset())
    assert noticed(seen(), far) == set()
    assert noticed(seen(), again) == set()
    right = told(*"aaaaaaaaaa")
    assert noticed(seen(answers=right), seen(2, answers=right, devices=frozenset())) == set()


def test_eight_of_ten_the_same_are_not_noticed_and_nine_are():
    eight, nine = told(*"abcdabcdba"), told(*"abcdabcdac")
    assert noticed(seen(), seen(2, answers=eight, devices=frozenset())) == set()
    assert noticed(seen(), seen(2, answers=nine, devices=frozenset())) == {Signal.SAME_ANSWERS}


def test_several_options_clicked_in_another_order_are_the_same_answer():
    one = {n: Told({"chosen": ["x", "y"]}, False, NOON + n * timedelta(seconds=30)) for n in range(1, 7)}
    two = {n: Told({"chosen": ["y", "x"]}, False, NOON + n * timedelta(seconds=30)) for n in range(1, 7)}
    found = signals_of(seen(answers=one), [seen(2, answers=two, devices=frozenset())])
    assert found[Signal.SAME_ANSWERS]["same"] == 6


def test_other_persons_on_the_device_are_counted():
    others = [seen(2, addresses=frozenset()), seen(3, addresses=frozenset()), seen(3, addresses=frozenset())]
    assert signals_of(seen(), others)[Signal.SHARED_DEVICE] == {"persons": 2}
    assert Signal.SHARED_DEVICE not in noticed(seen(), seen(1, key="again"))


def test_a_page_left_five_times_and_four_addresses_are_noticed():
    assert noticed(seen(away=4, addresses=frozenset("abc"))) == set()
    assert signals_of(seen(away=5, addresses=frozenset("abcd")), []) == {
        Signal.FOCUS_LOST: {"times": 5},
        Signal.MANY_ADDRESSES: {"addresses": 4},
    }
