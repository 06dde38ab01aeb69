"""I1 and I2 of people made directly in the database, from the rules' own sentences."""

from datetime import date

import pytest

from lms.people.models import Leave
from lms.targets.figures import Board, ask, figures
from tests.factories.people import agency, person, post, succeed
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

YEAR_END = date(2025, 12, 31)


def counts(**question):
    """Return (staff, I1, I2) of the question."""
    answer = figures(ask(**{"as_of": YEAR_END, **question}))
    return answer.i1.den, answer.i1.num, answer.i2.num


def test_nobody_gives_no_rate():
    answer = figures(ask(as_of=YEAR_END))
    assert (answer.i1.den, answer.i1.pct, answer.i1.met, answer.i1.missing) == (0, None, None, 0)


def test_only_headline_categories_count_and_wide_adds_the_others():
    office = agency()
    for category in ("CB", "CC", "VC", "HD", "KCT"):
        completion(person(agency=office, category=category))
    assert counts() == (3, 3, 0)
    assert counts(variant="wide") == (5, 5, 0)


def test_a_secondary_post_does_not_count():
    office, other = agency("SNV"), agency("STC")
    someone = person(agency=office)
    post(someone, other, primary=False)
    assert counts(codes=["STC"]) == (0, 0, 0)
    assert counts() == (1, 0, 0)


def test_i1_needs_eight_periods_and_i2_also_sixteen_of_data():
    office = agency()
    completion(person(agency=office), hours="7.99")
    completion(person(agency=office), hours="8")
    analyst = person(agency=office)
    completion(analyst, hours="8", on=date(2024, 1, 1))
    completion(analyst, code="DA", hours="16", tags="DA", on=date(2024, 2, 1))
    not_skilled = person(agency=office)
    completion(not_skilled, hours="16", tags="DA")
    both = person(agency=office)
    completion(both, hours="16", tags="DS;DA")
    assert counts() == (5, 3, 2)


def test_tenths_of_a_period_add_up_exactly():
    someone = person(agency=agency())
    for number, hours in enumerate(["2.7", "2.7", "2.6"]):
        completion(someone, code=f"K{number}", hours=hours)
    assert counts() == (1, 1, 0)


def test_the_same_course_twice_counts_once_with_the_larger_number():
    office = agency()
    twice, larger = person(agency=office), person(agency=office)
    for someone, hours in ((twice, ("4", "4")), (larger, ("4", "8"))):
        for month, amount in enumerate(hours, start=1):
            completion(someone, code="K1", hours=amount, on=date(2025, month, 1))
    assert counts() == (2, 1, 0)


def test_a_completion_counts_from_its_own_day_and_annual_only_in_its_year():
    someone = person(agency=agency())
    completion(someone, on=date(2025, 3, 1))
    assert counts(as_of=date(2025, 2, 28)) == (1, 0, 0)
    assert counts(as_of=date(2025, 3, 1)) == (1, 1, 0)
    assert counts(as_of=date(2026, 1, 1)) == (1, 1, 0)
    assert counts(as_of=date(2025, 12, 31), variant="annual") == (1, 1, 0)
    assert counts(as_of=date(2026, 1, 1), variant="annual") == (1, 0, 0)


def test_a_verification_is_hidden_until_it_is_known():
    someone = person(agency=agency())
    completion(someone, on=date(2025, 6, 1), verified_on=date(2026, 1, 10))
    assert counts() == (1, 0, 0)
    assert counts(known_at=date(2026, 1, 9)) == (1, 0, 0)
    assert counts(known_at=date(2026, 1, 10)) == (1, 1, 0)


def test_failed_or_unverified_counts_for_nothing():
    office = agency()
    completion(person(agency=office), passed=False)
    completion(person(agency=office), verified_on=None)
    assert counts() == (2, 0, 0)


def test_a_revocation_from_a_day_stops_counting_on_that_day():
    someone = person(agency=agency())
    completion(someone, on=date(2024, 6, 1), revoked=(date(2025, 3, 1), "from_date"))
    assert counts(as_of=date(2025, 2, 28)) == (1, 1, 0)
    assert counts(as_of=date(2025, 3, 1)) == (1, 0, 0)
    assert counts(as_of=date(2025, 3, 1), known_at=date(2025, 2, 28)) == (1, 1, 0)
    assert counts(as_of=date(2025, 2, 28), known_at=date(2025, 6, 1)) == (1, 1, 0)


def test_a_revocation_from_the_start_never_counts_once_known():
    someone = person(agency=agency())
    completion(someone, on=date(2024, 6, 1), revoked=(date(2025, 3, 1), "ab_initio"))
    assert counts(as_of=date(2024, 12, 31)) == (1, 1, 0)
    assert counts(as_of=date(2024, 12, 31), known_at=date(2025, 3, 1)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (date(2025, 10, 1), date(2025, 12, 31), 1),  # over on the day
        (date(2025, 10, 3), date(2026, 1, 1), 1),  # 90 days are not longer than 90
        (date(2025, 10, 2), date(2026, 1, 1), 0),  # 91 days
        (date(2025, 12, 31), None, 0),  # without end
        (date(2026, 1, 1), None, 1),  # not begun
    ],
)
def test_long_leave_covering_the_day_leaves_the_adjusted_variant(start, end, left):
    someone = person(agency=agency())
    completion(someone)
    Leave.objects.create(person=someone, valid_from=start, valid_to=end)
    assert counts(variant="adjusted") == (left, left, 0)
    assert counts() == (1, 1, 0)


def test_leave_under_a_duplicate_record_is_the_persons_leave():
    someone = person(agency=agency())
    twin = person()
    twin.merged_into = someone
    twin.save()
    Leave.objects.create(person=twin, valid_from=date(2025, 1, 1))
    assert counts(variant="adjusted") == (0, 0, 0)


def test_duplicates_are_one_person_with_the_completions_of_both():
    office = agency()
    kept, twin = person(agency=office), person(agency=office)
    completion(kept, code="K1", hours="4")
    completion(twin, code="K2", hours="4")
    assert counts() == (2, 0, 0)
    twin.merged_into = kept
    twin.save()
    assert counts() == (1, 1, 0)


def test_the_same_course_under_both_records_counts_once():
    office = agency()
    kept, twin = person(agency=office), person(agency=office)
    completion(kept, code="K1", hours="4")
    completion(twin, code="K1", hours="4")
    twin.merged_into = kept
    twin.save()
    assert counts() == (1, 0, 0)


def test_the_kept_records_own_post_prevails():
    mine, other = agency("SNV"), agency("STC")
    kept, twin = person(agency=mine, category="HD"), person(agency=other)
    twin.merged_into = kept
    twin.save()
    assert counts() == (0, 0, 0)
    assert counts(variant="wide", codes=["SNV"]) == (1, 0, 0)
    assert counts(variant="wide", codes=["STC"]) == (0, 0, 0)


def test_the_duplicates_post_counts_while_the_kept_record_has_none():
    mine, other = agency("SNV"), agency("STC")
    kept, twin = person(), person(agency=other)
    post(kept, mine, valid_from=date(2026, 1, 1))
    twin.merged_into = kept
    twin.save()
    assert counts(codes=["STC"]) == (1, 0, 0)
    assert counts(as_of=date(2026, 1, 1), codes=["STC"]) == (0, 0, 0)
    assert counts(as_of=date(2026, 1, 1), codes=["SNV"]) == (1, 0, 0)


def test_of_two_duplicates_with_posts_one_counts_whatever_the_order():
    first, second = agency("SNV"), agency("STC")
    kept = person()
    for code, office in (("B", first), ("A", second)):
        twin = person(code=code, agency=office)
        twin.merged_into = kept
        twin.save()
    assert counts() == (1, 0, 0)
    assert counts(codes=["STC"]) == (1, 0, 0)


def test_an_open_post_goes_on_in_the_single_successor():
    old, new = agency("A", valid_to=date(2025, 7, 1)), agency("C", valid_from=date(2025, 7, 1))
    succeed(old, new, on=date(2025, 7, 1))
    completion(person(agency=old), on=date(2024, 1, 1))
    assert counts(as_of=date(2025, 6, 30), codes=["A"]) == (1, 1, 0)
    assert counts(as_of=date(2025, 7, 1), codes=["C"]) == (1, 1, 0)
    assert counts(as_of=date(2025, 7, 1), codes=["A"]) == (0, 0, 0)


def test_a_post_in_an_agency_without_a_single_successor_does_not_count():
    closed = agency("A", valid_to=date(2025, 7, 1))
    split = agency("B", valid_to=date(2025, 7, 1))
    parts = [agency(code, valid_from=date(2025, 7, 1)) for code in ("B1", "B2")]
    succeed(split, *parts, on=date(2025, 7, 1), kind="split")
    for office in (closed, split):
        person(agency=office)
    assert counts(as_of=date(2025, 6, 30)) == (2, 0, 0)
    assert counts(as_of=date(2025, 7, 1)) == (0, 0, 0)


def test_the_duplicates_post_counts_when_the_kept_records_agency_is_gone():
    closed, living = agency("A", valid_to=date(2025, 7, 1)), agency("B")
    kept, twin = person(agency=closed), person(agency=living)
    twin.merged_into = kept
    twin.save()
    assert counts(as_of=date(2025, 6, 30), codes=["A"]) == (1, 0, 0)
    assert counts(as_of=date(2025, 7, 1), codes=["B"]) == (1, 0, 0)


def test_a_scope_is_the_agency_and_all_below_and_several_are_one():
    province = agency("82")
    department = agency("SNV", parent=province)
    office, sibling = agency("SNV.VP", parent=department), agency("STC", parent=province)
    for place in (province, department, office, sibling):
        person(agency=place)
    assert counts(codes=["82"]) == (4, 0, 0)
    assert counts(codes=["SNV"]) == (2, 0, 0)
    assert counts(codes=["SNV", "SNV.VP"]) == (2, 0, 0)
    assert counts(codes=["SNV.VP", "STC"]) == (2, 0, 0)


def test_as_organised_now_facts_move_to_todays_successor_and_totals_stay():
    old = [agency(code, valid_to=date(2025, 7, 1)) for code in ("A", "B")]
    new = agency("C", valid_from=date(2025, 7, 1))
    for office in old:
        succeed(office, new, on=date(2025, 7, 1))
        completion(person(agency=office), on=date(2024, 1, 1))
    question = {"as_of": date(2025, 6, 30)}
    assert counts(**question, codes=["C"]) == (0, 0, 0)
    assert counts(**question, codes=["C"], org_view="current") == (2, 2, 0)
    assert counts(**question, codes=["A"]) == (1, 1, 0)
    assert counts(**question, codes=["A"], org_view="current") == (2, 2, 0)
    assert counts(**question) == counts(**question, org_view="current") == (2, 2, 0)


def test_after_a_split_a_person_belongs_where_their_next_post_is_else_to_the_first_named():
    old = agency("A", valid_to=date(2025, 7, 1))
    first, second = (agency(code, valid_from=date(2025, 7, 1)) for code in ("A1", "A2"))
    elsewhere = agency("Z")
    succeed(old, first, second, on=date(2025, 7, 1), kind="split")
    for following in (first, second, second, elsewhere, None):
        someone = person()
        post(someone, old, valid_to=date(2025, 7, 1))
        if following:
            post(someone, following, valid_from=date(2025, 7, 1))
    view = {"as_of": date(2025, 6, 30), "org_view": "current"}
    assert counts(**view, codes=["A1"]) == (3, 0, 0)
    assert counts(**view, codes=["A2"]) == (2, 0, 0)
    assert counts(**view, codes=["Z"]) == (0, 0, 0)
    assert counts(**view, codes=["A"]) == (5, 0, 0)
    assert counts(**view) == (5, 0, 0)


def test_a_code_borne_twice_means_its_bearer_of_the_day_and_now_who_goes_on_for_it():
    tien_giang = agency("82", valid_to=date(2025, 7, 1))
    dong_thap_old = agency("87", valid_to=date(2025, 7, 1))
    dong_thap = agency("82", valid_from=date(2025, 7, 1))
    for old in (tien_giang, dong_thap_old):
        succeed(old, dong_thap, on=date(2025, 7, 1))
        person(agency=old)
    assert counts(as_of=date(2025, 6, 30), codes=["82"]) == (1, 0, 0)
    assert counts(as_of=date(2025, 7, 1), codes=["82"]) == (2, 0, 0)
    assert counts(as_of=date(2025, 6, 30), codes=["82"], org_view="current") == (2, 0, 0)
    assert counts(as_of=date(2025, 7, 1), codes=["87"]) == (0, 0, 0)


def test_the_first_who_are_missing_are_those_of_the_list_however_far_down():
    office = agency()
    for number in range(25):
        someone = person(f"Trần Thị Ánh {number:02d}", agency=office)
        if number != 22:
            completion(someone)
    training = Board(ask(as_of=YEAR_END, codes=["SNV"])).training
    for limit in (1, 2, 10):
        assert [post.person.full_name for post in training.first_missing(limit)] == ["Trần Thị Ánh 22"]


def test_after_a_split_the_lists_have_as_many_rows_as_the_figures():
    old = agency("A", valid_to=date(2025, 7, 1))
    first, second = (agency(code, valid_from=date(2025, 7, 1)) for code in ("A1", "A2"))
    succeed(old, first, second, on=date(2025, 7, 1), kind="split")
    for number, following in enumerate((first, second, second, None)):
        someone = person()
        post(someone, old, valid_to=date(2025, 7, 1))
        if following:
            post(someone, following, valid_from=date(2025, 7, 1))
        if number % 2:
            completion(someone)
    for code, expected in (("A1", (2, 1, 1)), ("A2", (2, 1, 1))):
        board = Board(ask(as_of=date(2025, 6, 30), codes=[code], org_view="current"))
        whole = board.of(board.question.agency_ids)
        found = tuple(board.training.listed(side).count() for side in ("all", "i1", "i1-missing"))
        assert found == expected == (whole.i1.den, whole.i1.num, whole.i1.den - whole.i1.num)
        assert len(board.training.first_missing(5)) == 1
