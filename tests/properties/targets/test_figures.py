"""What must hold for any province: parts make the whole, and neither order nor repetition nor a transfer matters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.targets.figures import Board, ask, figures, units
from lms.targets.rules import Ratio
from lms.targets.states import Variant
from tests.factories.sheets import import_rows

AS_OF = date(2025, 12, 31)
UNITS = ["A", "B", "C", "A.1", "A.2"]
SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

AGENCIES = [
    {"code": "82", "name": "Tỉnh", "level": "province", "valid_from": "2020-01-01"},
    *(
        {
            "code": code,
            "name": f"Cơ quan {code}",
            "level": "province",
            "parent_code": code.split(".")[0] if "." in code else "82",
            "valid_from": "2020-01-01",
        }
        for code in UNITS
    ),
]


class Undone(Exception):
    """Takes back what one example wrote."""


def in_a_world_of_its_own(check):
    """Run the check in a transaction that is undone, so that examples do not see each other."""
    try:
        with transaction.atomic():
            check()
            raise Undone
    except Undone:
        pass


@dataclass(frozen=True)
class Someone:
    """One invented person."""

    agency: str
    category: str
    courses: tuple[tuple[str, str, str, int, bool], ...]


days = st.integers(0, 1500).map(lambda offset: (date(2021, 6, 1) + timedelta(offset)).isoformat())
courses = st.tuples(
    st.sampled_from(["K1", "K2", "K3"]),
    days,
    st.sampled_from(["DS", "DA", "DS;DA"]),
    st.sampled_from([4, 8, 16]),
    st.booleans(),
)
people = st.lists(
    st.builds(
        Someone,
        st.sampled_from(UNITS),
        st.sampled_from(["CB", "CC", "VC", "HD"]),
        st.lists(courses, max_size=4, unique_by=lambda course: course[:2]).map(tuple),
    ),
    min_size=1,
    max_size=8,
)


def staff_rows(province):
    return [
        {
            "person_id": f"P{number}",
            "full_name": f"Người {number}",
            "category": someone.category,
            "agency_code": someone.agency,
            "post_from": "2021-01-01",
            "post_to": "",
        }
        for number, someone in enumerate(province)
    ]


def training_rows(province):
    return [
        {
            "person_id": f"P{number}",
            "course_code": code,
            "tags": tags,
            "hours": hours,
            "completed_at": day,
            "passed": "yes" if passed else "no",
            "verified": "yes",
        }
        for number, someone in enumerate(province)
        for code, day, tags, hours, passed in someone.courses
    ]


def load(staff, training):
    import_rows("agencies", AGENCIES)
    import_rows("staff", staff)
    if training:
        import_rows("training", training)


def answers():
    return {variant: figures(ask(as_of=AS_OF, variant=variant)).as_json() for variant in Variant.values}


@pytest.mark.django_db
@SLOW
@given(people)
def test_the_units_sum_to_the_whole(province):
    def check():
        load(staff_rows(province), training_rows(province))
        for scope in ([], ["82"], ["A"], ["A", "B"]):
            board = Board(ask(as_of=AS_OF, codes=scope))
            whole, parts = board.of(board.question.agency_ids), units(board)
            for name in ("i1", "i2"):
                summed = sum(
                    (getattr(part.figures, name) for part in parts), Ratio(0, 0, getattr(whole, name).target)
                )
                assert summed == getattr(whole, name)

    in_a_world_of_its_own(check)


@pytest.mark.django_db
@SLOW
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_twice_is_once(province, random):
    found = []

    def check(staff, training, times):
        def run():
            for _time in range(times):
                load(staff, training)
            found.append(json.dumps(answers(), sort_keys=True))

        in_a_world_of_its_own(run)

    staff, training = staff_rows(province), training_rows(province)
    check(staff, training, 1)
    check(random.sample(staff, len(staff)), random.sample(training, len(training)), 1)
    check(staff, training, 2)
    assert found[0] == found[1] == found[2]


@pytest.mark.django_db
@SLOW
@given(people, st.sampled_from(UNITS))
def test_a_transfer_changes_no_total_of_the_province(province, target):
    found = []

    def check(staff):
        def run():
            load(staff, training_rows(province))
            found.append(answers())

        in_a_world_of_its_own(run)

    staff = staff_rows(province)
    check(staff)
    moved = [{**row, "post_to": "2025-03-01"} for row in staff]
    moved += [{**row, "agency_code": target, "post_from": "2025-03-01"} for row in staff]
    check(moved)
    assert found[0] == found[1]


@pytest.mark.django_db
@SLOW
@given(people)
def test_every_list_has_as_many_rows_as_its_figure(province):
    def check():
        load(staff_rows(province), training_rows(province))
        for scope in ([], ["82"], ["A"], ["A.1", "C"]):
            for view in ("historic", "current"):
                board = Board(ask(as_of=AS_OF, codes=scope, org_view=view))
                whole = board.of(board.question.agency_ids)
                found = {
                    side: board.training.listed(side).count() for side in ("all", "i1", "i2", "i1-missing")
                }
                assert found == {
                    "all": whole.i1.den,
                    "i1": whole.i1.num,
                    "i2": whole.i2.num,
                    "i1-missing": whole.i1.den - whole.i1.num,
                }

    in_a_world_of_its_own(check)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 100))
def test_a_target_is_met_exactly_when_nothing_is_missing(num, den, target):
    ratio = Ratio(min(num, den), den, target)
    assert ratio.met is (None if den == 0 else ratio.missing == 0)
    if ratio.pct is not None:
        assert abs(float(ratio.pct) - ratio.num * 100 / den) <= 0.005 + 1e-9
