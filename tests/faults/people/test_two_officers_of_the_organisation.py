"""Two officers carry out the same or overlapping changes at once: one wins, the other gets a sentence."""

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.utils import translation

from lms.base.importing.lock import prepare_lock, take_lock
from lms.people.actions import organisation
from lms.people.actions.organisation import ChangeRefused, apply_change, prepare_change, reverse_change
from lms.people.changes.request import Request
from lms.people.models import OrganisationChange, Succession
from lms.people.organisation import history
from tests.factories.organisation import founding, request
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2026, 1, 1)
APPLIED = "applied"


@pytest.fixture
def departments():
    root = agency("82", name="Tỉnh")
    return [agency(code, name=f"Sở {code}", parent=root) for code in ("A", "B", "C", "D", "E")]


def merging(one, two, code):
    """Prepare a merger of two departments by an officer of its own."""
    by = person(role="provincial_hr")
    asked = request("merge", one, two, on=ON, successors=[founding(code, f"Sở {code}", None)])
    return prepare_change(request=asked, by=by), by


class Officer(threading.Thread):
    """Carries a change out in a thread and keeps what came of it."""

    def __init__(self, change, by, act=apply_change, **more):
        super().__init__()
        self.change, self.by, self.act, self.more, self.said = change, by, act, more, None

    def run(self):
        try:
            with translation.override("en"):
                self.act(change=self.change, by=self.by, **self.more)
            self.said = APPLIED
        except ChangeRefused as refused:
            self.said = " ".join(refused.sentences)
        except Exception as error:
            self.said = error
        finally:
            connections.close_all()


@pytest.fixture
def together(monkeypatch):
    """Let the first who writes wait there until all the others have come as far as they can."""

    def run(*officers):
        first_in, go_on = threading.Event(), threading.Event()
        write = organisation.write_rows

        def slowly(plan):
            if not first_in.is_set():
                first_in.set()
                go_on.wait(10)
            return write(plan)

        monkeypatch.setattr(organisation, "write_rows", slowly)
        officers[0].start()
        assert first_in.wait(10)
        for officer in officers[1:]:
            officer.start()
        for officer in officers[1:]:
            officer.join(0.7)
        go_on.set()
        for officer in officers:
            officer.join(30)
        return [officer.said for officer in officers]

    return run


def applied():
    return OrganisationChange.objects.filter(state="applied").count()


def test_the_same_change_is_carried_out_once(departments, together):
    change, by = merging(*departments[:2], "X")
    said = together(Officer(change, by), Officer(change, person(role="provincial_hr")))
    assert said == [APPLIED, "This change is already “Carried out”."]
    assert (applied(), Succession.objects.count()) == (1, 2)


def test_of_two_overlapping_changes_one_wins_and_the_other_says_why(departments, together):
    one, two, three, *_rest = departments
    first, second = merging(one, two, "X"), merging(two, three, "Y")
    said = together(Officer(*first), Officer(*second))
    assert said == [APPLIED, "“Sở B” ends on 01/01/2026 already: it cannot change on 01/01/2026."]
    assert (applied(), Succession.objects.count()) == (1, 2)


def test_two_changes_that_do_not_touch_each_other_are_both_carried_out(departments, together):
    one, two, three, four, _five = departments
    assert together(Officer(*merging(one, two, "X")), Officer(*merging(three, four, "Y"))) == [APPLIED] * 2
    assert {history().code_bearer(code, ON) for code in ("X", "Y")}.isdisjoint({None})


def test_of_three_who_wait_for_the_first_only_one_goes_on(departments, together):
    one, two, three, four, five = departments
    changes = [merging(three, four, "Y"), merging(four, five, "Z"), merging(three, five, "W")]
    said = together(Officer(*merging(one, two, "X")), *(Officer(*change) for change in changes))
    assert said[0] == APPLIED
    assert sorted(word == APPLIED for word in said[1:]) == [False, False, True]
    assert all(isinstance(word, str) for word in said)
    assert (applied(), Succession.objects.count()) == (2, 4)


def test_a_change_is_undone_once(departments):
    change, by = merging(*departments[:2], "X")
    apply_change(change=change, by=by)
    officers = [Officer(change, by, reverse_change, reason="Nhầm") for _ in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join(30)
    assert sorted(officer.said for officer in officers) == [
        "This change is already “Undone”.",
        APPLIED,
    ]
    assert Succession.objects.count() == 0


def test_the_control_by_the_plan_of_before_both_are_carried_out(departments, together, monkeypatch):
    """Without planning anew behind the lock the second writes what the first has made impossible."""
    one, two, three, *_rest = departments
    first, second = merging(one, two, "X"), merging(two, three, "Y")
    seen = {row.pk: organisation.planned(Request.from_json(row.request)) for row, _by in (first, second)}
    plans = {repr(plan.request): plan for plan in seen.values()}
    monkeypatch.setattr(organisation, "planned", lambda asked: plans[repr(asked)])
    assert together(Officer(*first), Officer(*second)) == [APPLIED] * 2
    assert Succession.objects.filter(predecessor=two).count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one write transaction is the lock")
class TestLock:
    def test_the_control_without_the_lock_both_are_carried_out(self, departments, together, monkeypatch):
        one, two, three, *_rest = departments
        monkeypatch.setattr(organisation, "one_at_a_time", lambda: None)
        monkeypatch.setattr(organisation, "note_organisation_changed", lambda: None)
        first, second = merging(one, two, "X"), merging(two, three, "Y")
        assert together(Officer(*first), Officer(*second)) == [APPLIED] * 2
        assert Succession.objects.filter(predecessor=two).count() == 2

    def test_behind_an_import_that_takes_long_one_gets_a_sentence(self, departments, monkeypatch):
        monkeypatch.setattr(organisation, "PATIENCE_SECONDS", 1)
        change, by = merging(*departments[:2], "X")
        prepare_lock("people")
        with transaction.atomic():
            take_lock("people")
            officer = Officer(change, by)
            officer.start()
            officer.join(20)
        assert officer.said == (
            "Another change or an import of people is being written just now. Nothing was done: try again in a"
            " moment."
        )
        assert applied() == 0
        apply_change(change=change, by=by)
