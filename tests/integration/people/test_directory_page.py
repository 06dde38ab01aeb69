"""The directory's page: who sees whom, numbers never in an address, a fixed number of queries."""

import pytest
from django.urls import reverse

from lms.people.actions.roles import grant_role
from lms.people.models import AccessEvent, Person, Post
from tests.factories.people import agency, person, post, sign_in, succeed

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"


@pytest.fixture
def province():
    root = agency("82", name="Tỉnh Đồng Tháp")
    home = agency("SNV", name="Sở Nội vụ", parent=root)
    below = agency("SNV-TT", name="Trung tâm Lưu trữ", parent=home)
    sister = agency("STC", name="Sở Tài chính", parent=root)
    return {"root": root, "home": home, "below": below, "sister": sister}


@pytest.fixture
def staff(province):
    return {
        "own": person("Nguyễn Thị Sen", code="082300000001", agency=province["home"]),
        "below": person("Trần Văn Tràm", code="082300000002", agency=province["below"]),
        "sister": person("Lê Thị Bần", code="082300009999", agency=province["sister"]),
        "parent": person("Phạm Văn Đước", code="082300000004", agency=province["root"]),
    }


def officer(province, role="hr_officer", at="home"):
    return person("Võ Cán Bộ", code="CB-OFFICER", role=role, at=province[at])


def shown(answer):
    return [line["person"].full_name for line in answer.context["lines"]]


def test_a_unit_officer_sees_own_agency_and_below_and_nobody_else(client, province, staff):
    sign_in(client, officer(province))
    assert shown(client.get(PEOPLE)) == ["Nguyễn Thị Sen", "Trần Văn Tràm"]
    for words in ("ban", "le thi ban", "duoc"):
        assert shown(client.get(PEOPLE, {"q": words})) == []
    assert shown(client.get(PEOPLE, {"agency": "STC"})) == []


@pytest.mark.parametrize("role", ["provincial_hr", "auditor"])
def test_the_province_and_the_auditor_see_all(client, province, staff, role):
    sign_in(client, officer(province, role, "root"))
    assert set(shown(client.get(PEOPLE))) >= {row.full_name for row in staff.values()}


@pytest.mark.parametrize("role", [None, "author", "trainer", "inspector", "administrator", "registry_clerk"])
def test_others_do_not_come_in(client, province, staff, role):
    who = person("Người Khác", agency=province["home"], role=role)
    sign_in(client, who)
    assert client.get(PEOPLE).status_code == 403
    assert client.post(reverse("people-search"), {"q": "sen"}).status_code == 403
    assert client.get(reverse("person", args=[staff["own"].pk])).status_code == 403


def test_a_person_outside_is_not_to_be_opened_by_their_key(client, province, staff):
    sign_in(client, officer(province))
    assert client.get(reverse("person", args=[staff["own"].pk])).status_code == 200
    for name in ("sister", "parent"):
        assert client.get(reverse("person", args=[staff[name].pk])).status_code == 404
    assert AccessEvent.objects.filter(person__in=[staff["sister"], staff["parent"]]).count() == 0


def test_words_and_filters_go_into_the_address_and_a_number_does_not(client, province, staff):
    sign_in(client, officer(province))
    answer = client.post(reverse("people-search"), {"q": "Trần", "agency": "luu tru", "position": ""})
    assert answer.url == "/people/?q=Tr%E1%BA%A7n&agency=luu+tru"
    assert shown(client.get(answer.url)) == ["Trần Văn Tràm"]
    answer = client.post(reverse("people-search"), {"q": "082300000002"})
    assert answer.url == reverse("person", args=[staff["below"].pk])
    person("Nguyễn Thị Hai", code="092300000002", agency=province["home"])
    answer = client.post(reverse("people-search"), {"q": "0002"})
    assert "0002" not in answer.url
    assert shown(client.get(answer.url)) == ["Nguyễn Thị Hai", "Trần Văn Tràm"]


def test_a_number_somebody_puts_into_the_address_is_taken_out_of_it(client, province, staff):
    sign_in(client, officer(province))
    for name in ("q", "agency", "position"):
        answer = client.get(PEOPLE, {name: "082300000002"})
        assert (answer.status_code, answer.url) == (302, PEOPLE)


def test_a_number_of_somebody_elsewhere_is_nobodys(client, province, staff):
    sign_in(client, officer(province))
    for number in ("082300009999", "9999"):
        answer = client.post(reverse("people-search"), {"q": number}, follow=True)
        assert answer.redirect_chain == [(PEOPLE, 302)]
        assert [str(message) for message in answer.context["messages"]]


def test_somebody_elses_search_finds_nothing(client, province, staff):
    sign_in(client, officer(province))
    assert shown(client.get(PEOPLE, {"found": "made-up"})) == ["Nguyễn Thị Sen", "Trần Văn Tràm"]
    session = client.session
    session["people_found"] = {"x": [staff["sister"].pk]}
    session.save()
    assert shown(client.get(PEOPLE, {"found": "x"})) == []


def test_too_short_an_ending_is_refused_in_words(client, province):
    sign_in(client, officer(province))
    answer = client.post(reverse("people-search"), {"q": "12"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["q"]
    answer = client.post(reverse("people-search"), {"agency": "082300000002"})
    assert answer.status_code == 422


def test_lists_show_masked_numbers(client, province, staff):
    sign_in(client, officer(province))
    page = client.get(PEOPLE).content.decode()
    assert "082******001" in page
    assert "082300000001" not in page
    page = client.get(reverse("person", args=[staff["own"].pk])).content.decode()
    assert "082******001" in page
    assert "082300000001" not in page


def test_a_position_narrows(client, province, staff):
    Post.objects.filter(person=staff["own"]).update(position="Kế toán trưởng")
    sign_in(client, officer(province))
    assert shown(client.get(PEOPLE, {"position": "ke toan"})) == ["Nguyễn Thị Sen"]
    assert shown(client.get(PEOPLE, {"position": "khong co"})) == []


def test_a_post_left_in_a_merged_agency_is_found_in_the_one_that_goes_on(client, province):
    old = agency("CCVTLT", name="Chi cục Văn thư", valid_to="2025-07-01")
    succeed(old, province["home"], on="2025-07-01")
    left = person("Hồ Thị Còn", agency=old)
    sign_in(client, officer(province))
    answer = client.get(PEOPLE, {"agency": "SNV"})
    assert shown(answer) == ["Hồ Thị Còn"]
    assert answer.context["lines"][0]["agency"] == "Sở Nội vụ"
    assert client.get(reverse("person", args=[left.pk])).status_code == 200


def test_a_file_holds_the_numbers_and_is_written_down_for_each(client, province, staff):
    who = officer(province)
    sign_in(client, who)
    lines = client.get(PEOPLE, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["082300000001", "082300000002"]
    written = AccessEvent.objects.filter(page="directory_file").values_list("person", "reader_name")
    assert set(written) == {(staff["own"].pk, "Võ Cán Bộ"), (staff["below"].pk, "Võ Cán Bộ")}
    answer = client.get(PEOPLE, {"format": "xlsx", "q": "sen"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


QUERIES = ["", "q=nguyen", "q=Nguy%E1%BB%85n", "agency=SNV", "position=chuyen", "q=nguyen&agency=SNV"]


@pytest.mark.parametrize("role,at", [("hr_officer", "home"), ("auditor", None)])
def test_the_number_of_queries_does_not_grow(client, province, role, at, django_assert_max_num_queries):
    who = person("Võ Cán Bộ", code="CB-OFFICER")
    grant_role(person=who, role=role, agency=province[at] if at else None, valid_from="2020-01-01", by=None)
    sign_in(client, who)
    counted = {query: [] for query in QUERIES}
    for count in (1, 3, 10_000):
        _fill(province["home"], count)
        client.get(PEOPLE)  # the tree of agencies and the site are read once a process
        for query in QUERIES:
            with django_assert_max_num_queries(24) as captured:
                assert client.get(f"{PEOPLE}?{query}").status_code == 200
            counted[query].append(len(captured))
    for query, (one, three, many) in counted.items():
        assert one == three, query
        # Few people are read and sorted here; many are counted, and read through the names in use.
        assert many <= three + 3, query


def _fill(home, count):
    have = Person.objects.filter(code__startswith="N").count()
    rows = [
        Person(code=f"N{n:05d}", full_name=f"Nguyễn Văn {'ABC'[n % 3]}n", password="!")
        for n in range(have, count)
    ]
    for row in rows:
        row.derive_name_forms()
    Person.objects.bulk_create(rows, batch_size=1000)
    Post.objects.bulk_create(
        [
            Post(person=row, agency=home, category="CC", position="Chuyên viên", valid_from="2020-01-01")
            for row in rows
        ],
        batch_size=1000,
    )


def test_ten_thousand_people_are_paged_to_the_last(client, province):
    _fill(province["home"], 10_000)
    sign_in(client, officer(province))
    answer = client.get(f"{PEOPLE}?sort=-name")
    assert len(shown(answer)) == 50
    answer = client.get(f"{PEOPLE}?{answer.context['listing'].next_query}")
    assert answer.context["listing"].page.has_previous
    assert answer.context["listing"].count == 10_000


def test_a_second_post_shows_the_primary_one(client, province, staff):
    post(staff["sister"], province["home"], primary=False)
    sign_in(client, officer(province))
    answer = client.get(PEOPLE, {"q": "bần"})
    assert shown(answer) == ["Lê Thị Bần"]
    assert answer.context["lines"][0]["agency"] == "Sở Tài chính"
