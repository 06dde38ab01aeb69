"""Pages that go on after a row: every row once, whatever the order, at the same price."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from lms.base.keyset import Order, Tiers
from lms.base.tables import Listing
from lms.people.models import Person
from tests.factories.people import person

pytestmark = pytest.mark.django_db
SORTS = {"name": ("name_key",), "born": ("birth_date", "name_key"), "code": ("code",)}


def listing(query="", **options):
    options = {"sorts": SORTS, "default_sort": "name", "keyset": True, "per_page": 3, **options}
    rows = options.pop("rows", Person.objects.filter(code__startswith="K"))
    return Listing(RequestFactory().get(f"/x/?{query}"), rows, **options)


def make(count, **fields):
    rows = [
        Person(code=f"K{n:05d}", full_name=f"Nguyễn Văn {'AĂÂBC'[n % 5]}n", password="!", **fields)
        for n in range(count)
    ]
    for row in rows:
        row.derive_name_forms()
    Person.objects.bulk_create(rows, batch_size=1000)


def walk(query, forward=True, **options):
    """Return the keys of all rows from the first page to the last, or from the last back to the first."""
    shown, found = [], listing(query, **options)
    while True:
        keys = [row.pk for row in found.page]
        shown = shown + keys if forward else keys + shown
        if not (found.page.has_next if forward else found.page.has_previous):
            return shown, found
        assert len(shown) < 1000, "the pages do not end"
        found = listing(found.next_query if forward else found.previous_query, **options)


@pytest.mark.parametrize("sort", ["name", "-name", "born", "-born", "code", "-code"])
@pytest.mark.parametrize("count", [0, 1, 3, 4, 17])
def test_every_row_stands_once_on_the_pages_forward_and_back(sort, count):
    make(count)
    for number, row in enumerate(Person.objects.filter(code__startswith="K").order_by("pk")):
        Person.objects.filter(pk=row.pk).update(
            birth_date=f"19{60 + number % 4}-01-01" if number % 3 else None
        )
    everything = [row.pk for row in listing(f"sort={sort}").rows]
    assert len(everything) == count
    shown, last = walk(f"sort={sort}")
    assert shown == everything
    if last.page.has_previous:
        back, _first = walk(last.previous_query, forward=False)
        assert back == everything[: len(everything) - len(last.page)]


def test_empty_values_come_last_and_first_the_other_way_round():
    person("A", code="K1")
    Person.objects.filter(pk=person("B", code="K2").pk).update(birth_date="1990-01-01")
    assert [row.code for row in listing("sort=born").page] == ["K2", "K1"]
    assert [row.code for row in listing("sort=-born").page] == ["K1", "K2"]


def test_exact_hits_stand_before_the_others_on_the_pages_too():
    make(10)
    rows = Person.objects.filter(code__startswith="K")
    exact, other = (
        rows.filter(code__in=["K00003", "K00007", "K00009"]),
        rows.exclude(code__in=["K00003", "K00007", "K00009"]),
    )
    tiers = Tiers([exact, other], Order.by(["code"]))
    shown, page = [], tiers.page(after="", before="", size=2)
    while True:
        shown += [row.code for row in page]
        if not page.has_next:
            break
        page = tiers.page(after=str(page[-1].pk), before="", size=2)
    assert shown[:4] == ["K00003", "K00007", "K00009", "K00000"]
    assert len(set(shown)) == len(shown) == 10
    middle = Person.objects.get(code="K00001")
    before = tiers.page(after="", before=str(middle.pk), size=2)
    assert [row.code for row in before] == ["K00009", "K00000"]


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "before=99999999999999999999999", "after=7&before=q"]
)
def test_an_address_somebody_made_up_shows_the_first_page(query):
    make(4)
    assert [row.pk for row in listing(query).page] == [row.pk for row in listing().page]


def test_a_row_the_reader_may_not_see_opens_nothing():
    make(4)
    foreign = person("Người Ở Nơi Khác", code="X1")
    assert [row.pk for row in listing(f"after={foreign.pk}").page] == [row.pk for row in listing().page]


def test_counting_stops_at_ten_thousand():
    make(10_001)
    found = listing()
    assert (found.count, found.count_is_capped) == (10_000, True)
    Person.objects.filter(code="K00000").delete()
    found = listing()
    assert (found.count, found.count_is_capped) == (10_000, False)


@pytest.mark.parametrize("count", [1, 3, 10_001])
def test_a_page_and_its_count_are_two_queries(count, django_assert_num_queries):
    make(count)
    found = listing()
    with django_assert_num_queries(2):
        list(found.page)
        assert found.count >= 1
    if found.page.has_next:
        again = listing(found.next_query)
        with django_assert_num_queries(3):
            list(again.page)
            assert again.count == 10_000


def test_an_address_holds_no_value_that_the_list_is_sorted_by():
    make(7)
    found = listing("sort=code&q=x")
    assert QueryDict(found.next_query).dict() == {"sort": "code", "q": "x", "after": str(found.page[-1].pk)}
    again = listing(found.next_query)
    assert QueryDict(again.first_query).dict() == {"sort": "code", "q": "x"}
    assert "after" not in QueryDict(again.sorted_query("name"))
    assert dict(again.kept) == {"sort": "code"}


def test_the_pager_leads_on_back_and_to_the_first_page():
    make(7)
    first = listing()
    shown = render_to_string("base/components/pager.html", {"listing": first})
    assert 'rel="next"' in shown
    assert 'rel="prev"' not in shown
    shown = render_to_string("base/components/pager.html", {"listing": listing(first.next_query)})
    assert 'rel="next"' in shown
    assert 'rel="prev"' in shown
    assert render_to_string("base/components/pager.html", {"listing": listing(per_page=9)}).strip() == ""


def test_a_list_without_an_order_has_no_such_pages():
    with pytest.raises(ValueError, match="default_sort"):
        listing(default_sort="")
