"""Duplicate records: candidates, merger with a reason, separation; every fact stays where it was reported."""

from datetime import date

import pytest

from courses.models import Completion
from lms.base.models import AuditEvent
from lms.people.actions.duplicates import NotMerged, merge_records, separate_records
from lms.people.alike import alike_within
from lms.people.models import AccessEvent, DistinctPair, Merger, Person, Post
from tests.factories.certificates import certificate, course
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
BORN = date(1990, 5, 6)


@pytest.fixture
def unit():
    return agency("SNV")


def staff(name, code, where, born=BORN):
    row = person(name, code=code, agency=where)
    Person.objects.filter(pk=row.pk).update(birth_date=born)
    row.refresh_from_db()
    return row


@pytest.fixture
def officer(client, unit):
    who = person("Lê Thị Mỹ Hạnh", code="HR", agency=unit, role="hr_officer")
    sign_in(client, who)
    return who


def pairs():
    return [(pair.first.code, pair.second.code, len(pair.why)) for pair in alike_within(Person.objects.all())]


def test_candidates_by_number_and_by_name_with_birth_date(unit):
    staff("Đặng Thị Mỹ", "082190001234", unit)
    staff("Đặng Thị Mỹ", "CB-7", unit)
    staff("Dang Thi My", "82190001234", unit, born=None)
    staff("Đặng Thị Mỹ", "X9", unit, born=date(1991, 1, 1))
    staff("Trần Văn A", "082190009999", unit)
    assert pairs() == [("082190001234", "CB-7", 1), ("082190001234", "82190001234", 1)]


def test_both_reasons_are_named_and_merged_or_separate_people_are_no_candidates(unit, officer):
    one, other = staff("Lê B", "082190001234", unit), staff("Lê B", "082-190-001234", unit)
    assert pairs() == [("082190001234", "082-190-001234", 2)]
    merge_records(duplicate=other, kept=one, reason="cùng người", by=officer)
    assert pairs() == []


def test_merging_keeps_every_fact_on_its_own_record_and_reads_it_through_the_kept_one(unit, officer, client):
    kept, duplicate = staff("Lê B", "082190001234", unit), staff("Lê B", "CB-7", unit)
    paper = certificate(duplicate, course("DS06", issuer=unit), agency=unit)
    post = Post.objects.get(person=duplicate)
    answer = client.post(
        f"/people/duplicates/{kept.pk}/{duplicate.pk}/", {"decision": str(kept.pk), "reason": "cùng số"}
    )
    assert answer.status_code == 302
    duplicate.refresh_from_db()
    assert duplicate.canonical == kept
    assert (Completion.objects.get().person, Post.objects.get(pk=post.pk).person) == (duplicate, duplicate)
    assert [row.pk for row in type(paper).objects.of(kept)] == [paper.pk]
    event = AuditEvent.objects.get(action="people.merge")
    assert (event.actor_id, event.target_id, event.reason) == (str(officer.pk), str(duplicate.pk), "cùng số")

    client.post(f"/people/duplicates/{duplicate.pk}/separate/", {"reason": "nhầm"})
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None
    assert [row.pk for row in type(paper).objects.of(duplicate)] == [paper.pk]
    assert not type(paper).objects.of(kept).exists()
    assert Merger.objects.get().separation_reason == "nhầm"
    assert AuditEvent.objects.get(action="people.separate").reason == "nhầm"


def test_a_chain_is_led_on_and_given_back_exactly(unit, officer):
    a, b, c = (staff("Lê B", code, unit) for code in ("A", "B", "C"))
    merge_records(duplicate=a, kept=b, reason="x", by=officer)
    merge_records(duplicate=b, kept=c, reason="x", by=officer)
    assert {person.merged_into for person in Person.objects.filter(code__in="AB")} == {c}
    separate_records(duplicate=b, reason="x", by=officer)
    found = {person.code: person.merged_into for person in Person.objects.filter(code__in="ABC")}
    assert found == {"A": b, "B": None, "C": None}


def test_what_cannot_be_merged_is_refused(unit, officer):
    a, b, c = (staff("Lê B", code, unit) for code in ("A", "B", "C"))
    with pytest.raises(NotMerged):
        merge_records(duplicate=a, kept=a, reason="x", by=officer)
    merge_records(duplicate=a, kept=b, reason="x", by=officer)
    for one, other in ((a, c), (c, a)):
        with pytest.raises(NotMerged):
            merge_records(duplicate=one, kept=other, reason="x", by=officer)
    with pytest.raises(NotMerged):
        separate_records(duplicate=c, reason="x", by=officer)


def test_two_people_of_one_name_and_day_stay_two(unit, officer, client):
    one, other = staff("Lê B", "A", unit), staff("Lê B", "B", unit)
    client.post(f"/people/duplicates/{one.pk}/{other.pk}/", {"decision": "apart", "reason": "hai người"})
    assert DistinctPair.objects.get().reason == "hai người"
    assert pairs() == []
    assert client.get("/people/duplicates/").context["pairs"].paginator.count == 0


def test_a_decision_needs_a_reason(unit, officer, client):
    one, other = staff("Lê B", "A", unit), staff("Lê B", "B", unit)
    answer = client.post(f"/people/duplicates/{one.pk}/{other.pk}/", {"decision": str(one.pk)})
    assert answer.status_code == 422
    client.post(f"/people/duplicates/{other.pk}/separate/", {})
    assert not Merger.objects.exists()


def test_comparing_two_people_is_told_to_both(unit, officer, client):
    one, other = staff("Lê B", "A", unit), staff("Lê B", "B", unit)
    client.get(f"/people/duplicates/{one.pk}/{other.pk}/")
    assert {(row.person, row.reader_id) for row in AccessEvent.objects.all()} == {
        (one, str(officer.pk)),
        (other, str(officer.pk)),
    }


def test_an_officer_sees_and_merges_only_within_reach(unit, officer, client):
    elsewhere = agency("STC")
    mine, foreign = staff("Lê B", "A", unit), staff("Lê B", "B", elsewhere)
    staff("Lê B", "C", elsewhere)
    assert client.get("/people/duplicates/").context["pairs"].paginator.count == 0
    path = f"/people/duplicates/{mine.pk}/{foreign.pk}/"
    assert client.get(path).status_code == 404
    assert client.post(path, {"decision": str(mine.pk), "reason": "x"}).status_code == 404
    assert client.post(f"/people/duplicates/{foreign.pk}/separate/", {"reason": "x"}).status_code == 404
    sign_in(client, person(agency=unit))
    assert client.get("/people/duplicates/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    unit, officer, client, count, django_assert_max_num_queries
):
    for n in range(count):
        staff(f"Lê {n}", f"A{n}", unit)
        staff(f"Lê {n}", f"B{n}", unit)
        merge_records(
            duplicate=staff("X", f"C{n}", unit), kept=staff("X", f"D{n}", unit), reason="x", by=officer
        )
    client.get("/people/duplicates/")
    with django_assert_max_num_queries(16):
        assert (
            client.get("/people/duplicates/").context["pairs"].paginator.count
            == count + count * (count - 1) // 2
        )
