"""The rule for one completion and the set of all that are due never disagree."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.queries import completions_due
from certificates.rules import earns
from courses.models import Completion, Revocation
from tests.factories import certificates as made
from tests.factories import people

pytestmark = pytest.mark.django_db


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    source=st.sampled_from(["exam", "class", "import"]),
    passed=st.booleans(),
    verified=st.booleans(),
    kind=st.sampled_from(["giay_chung_nhan", "chung_chi", "none"]),
    outside=st.booleans(),
    withdrawn=st.booleans(),
)
def test_row_and_set_agree(source, passed, verified, kind, outside, withdrawn):
    course = made.course(certificate_kind=kind)
    facts = {"passed": passed or source == "exam", "verified_on": date(2026, 11, 5) if verified else None}
    if outside and source != "exam":
        facts["course"] = None
    completion = made.completion(people.person(), course, source=source, **facts)
    if withdrawn:
        Revocation.objects.create(
            completion=completion, on=date(2026, 11, 6), mode="ab_initio", reason="Sai", by_name="x"
        )
    row = Completion.objects.get(pk=completion.pk)
    assert completions_due().filter(pk=row.pk).exists() is earns(row)
