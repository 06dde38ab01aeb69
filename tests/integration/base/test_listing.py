"""Lists: search without accents, filters, sorting, pages, all kept in the address."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from lms.base.tables import Filter, Listing
from lms.people.models import Person
from tests.factories.people import person

pytestmark = pytest.mark.django_db
SORTS = {"name": ("name_key",), "code": ("code",)}


def listing(query="", **options):
    options = {"search": ("name_folded__contains",), "sorts": SORTS, "default_sort": "name", **options}
    return Listing(
        RequestFactory().get(f"/x/?{query}"), Person.objects.filter(code__startswith="T"), **options
    )


def names(found):
    return [row.full_name for row in found.page]


@pytest.fixture(autouse=True)
def three():
    person("Trần Văn Đức", code="T1")
    person("Nguyễn Thị Ánh", code="T2")
    person("Lê Đức Anh", code="T3")


@pytest.mark.parametrize("words", ["duc", "ĐỨC", "Đức", " đưc "])
def test_words_are_found_without_accents(words):
    assert names(listing(f"q={words}")) == ["Lê Đức Anh", "Trần Văn Đức"]


def test_every_word_must_be_found():
    assert names(listing("q=duc+tran")) == ["Trần Văn Đức"]
    assert names(listing("q=duc+hoa")) == []


def test_names_sort_by_given_name_in_vietnamese_order_and_back():
    assert names(listing()) == ["Lê Đức Anh", "Nguyễn Thị Ánh", "Trần Văn Đức"]
    assert names(listing("sort=-name")) == ["Trần Văn Đức", "Nguyễn Thị Ánh", "Lê Đức Anh"]
    assert names(listing("sort=code")) == ["Trần Văn Đức", "Nguyễn Thị Ánh", "Lê Đức Anh"]


def test_a_head_sorts_and_then_sorts_back():
    found = listing("q=a&sort=code&page=2")
    assert found.direction("code") == "ascending"
    assert found.direction("name") == ""
    assert QueryDict(found.sorted_query("code")).dict() == {"q": "a", "sort": "-code"}
    assert QueryDict(found.sorted_query("name")).dict() == {"q": "a", "sort": "name"}


@pytest.mark.parametrize(
    "query", ["sort=password", "sort=-agency__code", "page=0", "page=x", "page=99", "code=nothing"]
)
def test_an_address_somebody_made_up_shows_the_list_and_no_error(query):
    found = listing(query, filters=[Filter("code", "Mã", [("T1", "một")])])
    assert found.count == 3
    assert len(names(found)) == 3


def test_a_filter_narrows_by_its_lookup_or_its_own_rule():
    by_lookup = Filter("one", "Một", [("T1", "một")], lookup="code")
    assert names(listing("one=T1", filters=[by_lookup])) == ["Trần Văn Đức"]
    by_rule = Filter(
        "end", "Cuối", [("3", "ba")], apply=lambda rows, value: rows.filter(code__endswith=value)
    )
    found = listing("end=3&q=duc", filters=[by_rule])
    assert names(found) == ["Lê Đức Anh"]
    assert found.narrowed
    assert found.widest_query == ""


def test_pages_keep_what_was_asked():
    found = listing("q=n&as_of=2025-12-31&sort=code", per_page=1)
    assert (found.count, found.page.paginator.num_pages) == (3, 3)
    assert QueryDict(found.next_query).dict() == {
        "q": "n",
        "as_of": "2025-12-31",
        "sort": "code",
        "page": "2",
    }
    assert dict(found.kept) == {"as_of": "2025-12-31", "sort": "code"}


def test_the_export_is_of_the_whole_list_as_it_was_narrowed():
    found = listing("q=duc&page=2&format=csv", per_page=1)
    assert found.export_query == "q=duc&"
    assert found.rows.count() == 2


def test_an_apostrophe_or_a_sign_of_sql_is_a_word_like_any_other():
    assert names(listing("q=%27%3B--%25")) == []
