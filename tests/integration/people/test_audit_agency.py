"""The audit log names the agency at which somebody stands on the day."""

from datetime import date

import pytest

from tests.factories.people import agency, person, succeed

pytestmark = pytest.mark.django_db


def test_a_post_that_outlives_its_agency_is_named_after_the_single_successor():
    old, new = (
        agency("A", name="Sở Cũ", valid_to=date(2025, 7, 1)),
        agency("B", name="Sở Mới", valid_from=date(2025, 7, 1)),
    )
    someone = person(agency=old)
    assert someone.audit_place[0] == "Sở Cũ"
    succeed(old, new, on=date(2025, 7, 1))
    assert someone.audit_place[0] == "Sở Mới"


def test_after_a_split_nobody_alone_goes_on_and_the_last_name_stays():
    old = agency("A", name="Sở Cũ", valid_to=date(2025, 7, 1))
    parts = [agency(code, valid_from=date(2025, 7, 1)) for code in ("B", "C")]
    succeed(old, *parts, on=date(2025, 7, 1), kind="split")
    assert person(agency=old).audit_place[0] == "Sở Cũ"
    assert person().audit_place[0] == ""
