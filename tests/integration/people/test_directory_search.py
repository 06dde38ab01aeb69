"""Finding people: words with and without accents, numbers, agencies, positions; few and many alike."""

import itertools

import pytest

from lms.people import directory
from lms.people.directory import People, with_number
from lms.people.models import Person, PersonName, Post
from lms.people.positions import positions_holding
from lms.people.words import Words
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db

NAMES = [
    "Nguyễn Văn Ân",
    "Nguyễn Văn An",
    "Nguyễn Thị Ấn",
    "Trần Nguyên Ánh",
    "Nguyên Vân Ân",
    "Lê Văn Đức",
    "Lê Văn Dực",
    "Đỗ Thị Yến",
    "Phạm Xuân Vy",
    "Hồ Thị Ước",
    "Hồ Thị Uyên",
    "NGUYỄN VĂN ÂN",
]


@pytest.fixture
def unit():
    row = agency("SNV")
    for number, name in enumerate(NAMES):
        person(name, code=f"0820000000{number:02d}", agency=row)
    return row


@pytest.fixture(params=["few", "names listed", "names asked"])
def way(request, monkeypatch):
    """All ways of reading, which must find the same."""
    monkeypatch.setattr(directory, "FEW", 20_000 if request.param == "few" else 0)
    monkeypatch.setattr(directory, "NAMES_LISTED", 0 if request.param == "names asked" else 10_000)
    monkeypatch.setattr(directory, "NAMES_AT_ONCE", 2)
    return request.param


def people(text, posts=None, **options):
    held = Post.objects.all() if posts is None else posts
    return People(Person.objects.all(), held, Words.read(text), **options)


def names(text, **options):
    return [row.full_name for row in people(text, **options).page()]


def test_words_without_accents_find_every_spelling_in_vietnamese_order(unit, way):
    assert names("nguyen an") == [
        "Nguyễn Văn An",
        "Trần Nguyên Ánh",
        "Nguyên Vân Ân",
        "Nguyễn Văn Ân",
        "NGUYỄN VĂN ÂN",
        "Nguyễn Thị Ấn",
    ]


def test_with_accents_the_exact_ones_come_first_and_the_others_after(unit, way):
    assert names("Nguyễn Văn Ân") == ["Nguyễn Văn Ân", "NGUYỄN VĂN ÂN", "Nguyễn Văn An", "Nguyên Vân Ân"]
    assert names("nguyễn văn â") == ["Nguyễn Văn Ân", "NGUYỄN VĂN ÂN", "Nguyễn Văn An", "Nguyên Vân Ân"]
    assert names("đức") == ["Lê Văn Đức", "Lê Văn Dực"]


def test_decomposed_letters_are_the_same_letters(unit, way):
    assert names("Đức")[0] == "Lê Văn Đức"  # as macOS sends it


def test_words_stand_in_any_order_and_begin_a_word(unit, way):
    assert names("an van nguy") == names("nguy van an")
    assert names("guyen") == []
    assert names("xyz") == []


def test_given_names_sort_by_the_vietnamese_alphabet(unit, way):
    sorted_names = names("")
    # Letters first, then tones: ngang < hỏi < sắc; Ă after A, Đ after D, Ư after U, V, Y at the end.
    assert [name.split()[-1] for name in sorted_names] == [
        "An", "Ánh", "Ân", "Ân", "ÂN", "Ấn", "Dực", "Đức", "Uyên", "Ước", "Vy", "Yến",
    ]  # fmt: skip


def test_names_sort_alike_in_the_database_and_here(unit):
    """A collation of a language would skip the key's blanks and signs."""
    keys = list(Person.objects.order_by("name_key").values_list("name_key", flat=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize("text", ["", "nguyen", "Nguyễn Văn", "an"])
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_hold_everybody_once_forward_and_back(unit, way, text, backwards):
    whole = [row.pk for row in people(text, size=100, backwards=backwards).page()]
    shown, page = [], people(text, size=2, backwards=backwards).page()
    while True:
        shown += [row.pk for row in page]
        if not page.has_next:
            break
        page = people(text, size=2, backwards=backwards).page(after=str(page[-1].pk))
    assert shown == whole
    back, last = [row.pk for row in page], page
    while last.has_previous:
        last = people(text, size=2, backwards=backwards).page(before=str(last[0].pk))
        back = [row.pk for row in last] + back
        assert len(back) <= len(whole)
    assert back == whole
    assert people(text).counted == len(whole)


def test_a_duplicate_leads_to_the_record_that_is_kept(way):
    unit = agency("SNV")
    kept = person("Nguyễn Thị Hoa", code="082000000001")
    twin = person("Nguyễn Thị Hoa", code="CB-17", agency=unit)
    Person.objects.filter(pk=twin.pk).update(merged_into=kept)
    assert [row.pk for row in people("hoa").page()] == [kept.pk]
    assert people("hoa").counted == 1


def test_a_made_up_place_shows_the_first_page(unit, way):
    first = [row.pk for row in people("an").page()]
    stranger = person("Người Lạ")
    for place in ("x", "-1", "9" * 30, "²", str(stranger.pk)):
        assert [row.pk for row in people("an").page(after=place)] == first
        assert [row.pk for row in people("an").page(before=place)] == first


def test_a_number_whole_or_by_its_last_digits(unit):
    everybody = Person.objects.all()
    assert [row.full_name for row in with_number(everybody, "082000000005", 10)] == ["Lê Văn Đức"]
    assert [row.full_name for row in with_number(everybody, " 0820 0000 0005 ", 10)] == ["Lê Văn Đức"]
    assert [row.full_name for row in with_number(everybody, "0005", 10)] == ["Lê Văn Đức"]
    assert with_number(everybody, "99", 10) == []
    assert with_number(Person.objects.none(), "082000000005", 10) == []


def test_positions_are_found_by_their_words(unit):
    Post.objects.filter(person__full_name="Nguyễn Văn Ân").update(position="Kế toán viên")
    Post.objects.filter(person__full_name="Lê Văn Đức").update(position="Kế toán trưởng")
    assert positions_holding("ke toan") == ["Kế toán trưởng", "Kế toán viên"]
    assert positions_holding("chuyên") == ["Chuyên viên"]
    assert positions_holding("không có") == []


def test_the_database_keeps_the_names_however_persons_are_written():
    assert PersonName.objects.count() == 0
    person("Lê Thị Bưởi")
    bulk = Person(code="X1", full_name="Trần Thị Cam", password="!")
    bulk.derive_name_forms()
    Person.objects.bulk_create([bulk])
    bulk.full_name = "Trần Thị Quýt"
    bulk.derive_name_forms()
    Person.objects.bulk_update([bulk], ["full_name", "name_folded", "name_key"])
    person("Lê Thị Bưởi")
    assert sorted(PersonName.objects.values_list("full_name", flat=True)) == [
        "Lê Thị Bưởi",
        "Trần Thị Cam",
        "Trần Thị Quýt",
    ]


def test_a_name_nobody_bears_any_more_hides_nobody(way, unit):
    for number, given in itertools.product(range(3), "ABCDE"):
        row = person(f"Nguyễn Văn {given}{number}o", agency=unit)
        Person.objects.filter(pk=row.pk).update(full_name="Khác", name_folded="khac", name_key="K 0")
    assert len(names("nguyen an")) == 6
