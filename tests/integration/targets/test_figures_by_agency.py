"""The figures that the rooms below ask for through the port of `lms.people`."""

from datetime import date

import pytest
from django.db import transaction

from lms.people.actions.organisation import note_organisation_changed
from lms.people.models import AgencyPeriod
from lms.people.ports import AgencyFigures, figures_of
from lms.targets.figures import ask, figures
from tests.factories.people import agency, person
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 30)


@pytest.fixture
def province():
    """A province with two departments: two people in one (both skilled, one an analyst), one in the other."""
    root = agency("82")
    one, other = agency("SNV", parent=root), agency("STC", parent=root)
    completion(person(agency=one), hours="8")
    completion(person(agency=one), hours="16", tags="DS;DA")
    person(agency=other)
    return root, one, other


def test_a_row_an_agency_in_the_order_asked(province):
    root, one, other = province
    rows = figures_of([other.pk, one.pk, root.pk, None], DAY)
    assert [(row.agency_id, row.n, row.i1_num, row.i2_num) for row in rows] == [
        (other.pk, 1, 0, 0),
        (one.pk, 2, 2, 1),
        (root.pk, 3, 2, 1),
        (None, 3, 2, 1),
    ]
    assert {(row.on, row.i1_den == row.n == row.i2_den) for row in rows} == {(DAY, True)}


def test_the_rows_equal_the_command_of_the_contract(province):
    _root, one, _other = province
    answer = figures(ask(as_of=DAY, codes=["SNV"]))
    assert figures_of([one.pk], DAY) == [
        AgencyFigures(one.pk, DAY, 2, answer.i1.num, answer.i1.den, answer.i2.num, answer.i2.den, 0, 0)
    ]


def test_an_agency_that_is_not_there_on_the_day_has_zeros(province):
    root, *_others = province
    founded_later = agency("SNN", parent=root, valid_from=date(2025, 7, 1))
    person(agency=founded_later, valid_from=date(2025, 7, 1))
    assert figures_of([founded_later.pk], DAY)[0].n == 0
    assert figures_of([founded_later.pk], date(2025, 7, 1))[0].n == 1


def test_after_a_change_that_is_rolled_back_the_figures_are_the_old_ones(province):
    root, one, _other = province
    before = figures_of([root.pk, one.pk], DAY)
    with transaction.atomic():
        AgencyPeriod.objects.filter(agency=one).update(parent=None)
        note_organisation_changed()
        inside = figures_of([root.pk, one.pk], DAY)
        transaction.set_rollback(True)
    assert [row.n for row in inside] == [1, 2]
    assert figures_of([root.pk, one.pk], DAY) == before
