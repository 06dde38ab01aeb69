"""Where a permission reaches, for whom and on which day."""

from datetime import date

import pytest

from lms.people.actions.roles import end_grant, grant_role
from lms.people.models import Person, Post
from lms.people.queries import ScopeMissing
from lms.people.rules import may, may_see_person, scope_of
from tests.factories.people import agency, person, post, succeed

pytestmark = pytest.mark.django_db


def test_a_grant_reaches_the_agency_and_all_below_and_nobody_beside():
    province = agency("82", name="Tỉnh Đồng Tháp")
    department = agency("SNV", parent=province)
    office = agency("SNV.VP", parent=department)
    sibling = agency("STC", parent=province)
    officer = person(agency=department, role="hr_officer")
    assert may(officer, "people.view", department)
    assert may(officer, "people.view", office)
    assert not may(officer, "people.view", sibling)
    assert not may(officer, "people.view", province)


def test_a_grant_without_agency_reaches_the_province_and_no_grant_reaches_nothing():
    department = agency("SNV")
    assert may(person(role="auditor"), "people.view", department)
    assert not may(person(agency=department), "people.view", department)


def test_the_administrator_sees_no_personal_records():
    department = agency("SNV")
    assert not may(person(role="administrator"), "people.view", department)


def test_a_grant_ends_on_its_day():
    department = agency("SNV")
    officer = person(agency=department)
    grant = grant_role(
        person=officer, role="hr_officer", agency=department, valid_from=date(2024, 1, 1), by=None
    )
    end_grant(grant=grant, on=date(2025, 1, 1), by=None, reason="nghỉ hưu")
    assert may(officer, "people.view", department, on=date(2024, 12, 31))
    officer = Person.objects.get(pk=officer.pk)
    assert not may(officer, "people.view", department, on=date(2025, 1, 1))


def test_reach_follows_a_renaming_but_never_widens_by_a_merger():
    renamed_from, renamed_to = (
        agency("A", valid_to=date(2025, 7, 1)),
        agency("B", valid_from=date(2025, 7, 1)),
    )
    succeed(renamed_from, renamed_to, on=date(2025, 7, 1), kind="rename")
    merged_1, merged_2 = agency("C", valid_to=date(2025, 7, 1)), agency("D", valid_to=date(2025, 7, 1))
    merged = agency("E", valid_from=date(2025, 7, 1))
    succeed(merged_1, merged, on=date(2025, 7, 1))
    succeed(merged_2, merged, on=date(2025, 7, 1))
    assert may(person(role="hr_officer", at=renamed_from), "people.view", renamed_to)
    assert not may(person(role="hr_officer", at=merged_1), "people.view", merged)


def test_reach_holds_those_whose_post_still_names_what_was_merged_into_the_agency():
    merged_1, split = agency("C", valid_to=date(2025, 7, 1)), agency("D", valid_to=date(2025, 7, 1))
    merged, other = agency("E", valid_from=date(2025, 7, 1)), agency("F", valid_from=date(2025, 7, 1))
    succeed(merged_1, merged, on=date(2025, 7, 1))
    succeed(split, merged, other, on=date(2025, 7, 1), kind="split")
    staying, from_split = person(agency=merged_1), person(agency=split)
    officer, beside = person(agency=merged, role="hr_officer"), person(agency=other, role="hr_officer")
    assert set(Person.scoped.for_person(officer, "people.view")) == {officer, staying}
    assert may_see_person(officer, "people.view", staying)
    assert not may_see_person(beside, "people.view", staying)
    # Nobody alone stands for a split agency: its people need a post by list.
    assert not may_see_person(officer, "people.view", from_split)


def test_reading_people_without_a_scope_raises():
    with pytest.raises(ScopeMissing):
        list(Person.scoped.all())
    with pytest.raises(ScopeMissing):
        Post.scoped.count()


def test_a_scoped_read_holds_only_the_agency_s_people():
    department, other = agency("SNV"), agency("STC")
    officer, stranger = person(agency=department, role="hr_officer"), person(agency=other)
    assert set(Person.scoped.for_person(officer, "people.view")) == {officer}
    assert stranger in Person.scoped.unscoped(reason="test")
    assert may_see_person(officer, "people.view", officer)
    assert not may_see_person(officer, "people.view", stranger)


def test_somebody_who_left_is_out_of_the_officer_s_reach():
    department = agency("SNV")
    officer, leaver = person(agency=department, role="hr_officer"), person()
    post(leaver, department, valid_to=date(2024, 1, 1))
    assert leaver not in Person.scoped.for_person(officer, "people.view")


def test_an_inactive_account_reaches_nothing():
    officer = person(role="auditor")
    officer.is_active = False
    assert not scope_of(officer, "people.view")
