"""Importing twice is importing once; the order of rows does not matter."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.importing import TrainingImporter
from courses.models import Completion, Revocation
from lms.people.models import Person
from tests.factories import people

pytestmark = pytest.mark.django_db
HEAD = "person_id,course_code,completed_at,tags,hours,passed,verified,revoked_on,revoked_mode"
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["P-1", "P-2"]),
        st.sampled_from(["A", "B", "C"]),
        st.sampled_from(["2024-03-01", "2024-03-01T09:00:00+07:00", "05/01/2025"]),
        st.sampled_from(["", "DS", "DA", "DS;DA"]),
        st.sampled_from(["", "8", "7.5"]),
        st.sampled_from(["", "yes", "no"]),
        st.sampled_from(["", "yes", "no"]),
        st.sampled_from(["", "2025-06-01"]),
        st.sampled_from(["", "from_date", "ab_initio"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[:3],
)
FACTS = ("person__code", "course_code", "completed_at", "is_ds", "is_da", "hours", "passed", "verified_on")


def load(rows) -> tuple[int, int, int]:
    text = "\n".join([HEAD, *(",".join(row) for row in rows)])
    outcome = TrainingImporter().run(text.encode(), "t.csv")
    return outcome.added, outcome.changed, outcome.unchanged


def state() -> tuple[set, set]:
    withdrawn = Revocation.objects.values_list(
        "completion__course_code", "completion__completed_at", "on", "mode"
    )
    return set(Completion.objects.values_list(*FACTS)), set(withdrawn)


def clear() -> None:
    Revocation.objects.all().delete()
    Completion.objects.all()._raw_delete("default")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_twice_is_once_in_any_order(rows, seed):
    for code in ("P-1", "P-2"):
        if not Person.objects.filter(code=code).exists():
            people.person(code=code)
    clear()
    assert load(rows) == (len(rows), 0, 0)
    first = state()
    assert load(rows) == (0, 0, len(rows))
    clear()
    load(random.Random(seed).sample(rows, len(rows)))
    assert state() == first
