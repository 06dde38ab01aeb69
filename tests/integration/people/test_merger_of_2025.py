"""The merger of 1 July 2025 on the demonstration's own agencies, decree by decree, and all of it undone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils import timezone

from courses.models import Completion
from lms.demonstration.sheets.agencies import PROVINCES_MERGED, units
from lms.people.actions.organisation import (
    ChangeRefused,
    apply_change,
    discard_change,
    prepare_change,
    reverse_change,
)
from lms.people.changes.request import Founding, Request
from lms.people.changes.staff import planned
from lms.people.models import OrganisationChange, Person, Post
from lms.people.organisation import Organisation, code_bearer
from lms.reports.period import data_hash, numbers_of
from lms.targets.figures import ask
from tests.factories.before_merger import import_before, units_before
from tests.factories.organisation import rows
from tests.factories.people import person

pytestmark = pytest.mark.django_db

EVE, DAY = date(2025, 6, 30), PROVINCES_MERGED
DECREE = "NQ 202/2025/QH15; NQ 1663/NQ-UBTVQH15"
OFFICIAL = {unit.code: unit for unit in units() if unit.valid_from == DAY}


def one_person_an_agency():
    """Staff every agency of the eve with one person; two in three have the eight periods."""
    agencies = sorted(Organisation.on(EVE).agencies)
    people = [Person(code=f"0990000{pk:05d}", full_name=f"Nguyễn Văn {pk}", password="!") for pk in agencies]
    for someone in people:
        someone.derive_name_forms()
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(person=who, agency_id=pk, category="CC", valid_from=date(2020, 1, 1))
        for who, pk in zip(people, agencies, strict=True)
    )
    Completion.objects.bulk_create(
        Completion(
            person=who, person_name=who.full_name, course_code="DS", course_name="Kỹ năng số", hours=Decimal(8),
            is_ds=True, is_da=False, passed=True, source="import", completed_on=date(2025, 1, 15),
            verified_on=date(2025, 1, 15), completed_at=timezone.make_aware(datetime.combine(date(2025, 1, 15), time(9))),
        )
        for number, who in enumerate(people) if number % 3
    )  # fmt: skip


def report(view="historic"):
    """Return the hash of the whole province's report of the eve, as the report itself prints it."""
    return data_hash(numbers_of(ask(as_of=EVE, org_view=view)))


def here(code):
    return code_bearer(code, DAY).pk


def founding(code):
    unit = OFFICIAL[code]
    return Founding(
        code, unit.name, unit.level, unit.kind, unit.place_name,
        here(unit.parent_code) if unit.parent_code else None,
    )  # fmt: skip


def decrees():
    """Yield the requests' makers: provinces, then departments and those below them, communes, districts."""
    ending = [unit for unit in units_before() if unit.valid_to == DAY]
    groups = defaultdict(list)
    for unit in ending:
        if not unit.is_split and unit.level != "district":
            groups[unit.successors[0]].append(unit)
    cut = {unit.code: unit for unit in ending if unit.level == "commune" and unit.is_split}
    for code, merged in groups.items():
        if code in cut:  # its code is free only when the commune that bore it is split
            yield (lambda code=code, merged=merged: absorption(code, merged))
            continue
        if len(merged) > 1 or (merged[0].code, merged[0].name) != (code, OFFICIAL[code].name):
            yield (lambda code=code, merged=merged: merger(code, merged))
        if len(merged) == 1 and merged[0].level == "commune":
            yield (
                lambda code=code: Request(
                    "move", DAY, DECREE, (here(code),), parent_id=here(OFFICIAL[code].parent_code)
                )
            )
    for unit in (unit for unit in ending if unit.is_split):
        yield (lambda unit=unit: split(unit))


def merger(code, merged):
    """Merge several into a new one; one alone is renamed."""
    unit, ids = OFFICIAL[code], tuple(here(old.code) for old in merged)
    if len(ids) == 1:
        return Request("rename", DAY, DECREE, ids, code=code, name=unit.name, place_name=unit.place_name)
    return Request("merge", DAY, DECREE, ids, founded=(founding(code),), successors=(-1,))


def absorption(code, merged):
    """Merge agencies into one that another decree of the day founds."""
    bearer = code_bearer(code, DAY)
    ids = tuple(here(old.code) for old in merged)
    return Request("merge", DAY, DECREE, ids, successors=(bearer.pk if bearer.valid_from == DAY else None,))


def split(unit):
    """Send the staff of a district, or of a commune cut in two, to the first of its successors."""
    successors = tuple(-1 if code == unit.code else here(code) for code in unit.successors)
    founded = (founding(unit.code),) if -1 in successors else ()
    asked = Request("split", DAY, DECREE, (here(unit.code),), founded=founded, successors=successors)
    staff = {holder.post_id: successors[0] for holder in planned(asked, staff_later=True).holders}
    return replace(asked, staff=staff)


def carry_out_all(officer):
    """Carry out every decree; one that must wait for another (a code still borne) is tried again."""
    done, waiting = [], list(decrees())
    while waiting:
        left, why = [], "an agency is missing"
        for make in waiting:
            try:
                change = prepare_change(request=make(), by=officer)
            except (AttributeError, TypeError):  # a successor that another decree founds
                left.append(make)
                continue
            try:
                done.append(apply_change(change=change, by=officer))
            except ChangeRefused as refused:
                discard_change(change=change, by=officer)
                left.append(make)
                why = refused.sentences
        assert len(left) < len(waiting), why
        waiting = left
    return done


def test_the_merger_of_1_july_2025_is_carried_out_and_the_report_of_the_eve_does_not_change():
    import_before(units_before())
    one_person_an_agency()
    officer = person(category="HD", role="provincial_hr")
    before, hashes, kept = report(), rows(), Completion.objects.count()

    done = carry_out_all(officer)

    tree = Organisation.on(DAY)
    assert {(tree.code(pk), tree.name(pk), tree.code(tree.parent(pk)) if tree.parent(pk) else "") for pk in tree.agencies} == {
        (unit.code, unit.name, unit.parent_code) for unit in units() if unit.valid_from <= DAY and not (unit.valid_to and unit.valid_to <= DAY)
    }  # fmt: skip
    assert report() == before
    assert report("current") != before  # the control: as organised now, the lines are those of today
    assert Completion.objects.count() == kept
    whole = numbers_of(ask(as_of=DAY))["total"]
    assert (whole["staff"], whole["skilled"]) == (kept_staff := len(Organisation.on(EVE).agencies), kept)
    assert kept_staff > 350

    for change in reversed(done):
        reverse_change(change=change, reason="diễn tập", by=officer)
    assert report() == before
    assert rows() == hashes
    assert set(OrganisationChange.objects.values_list("state", flat=True)) == {"reversed"}
