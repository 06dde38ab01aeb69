"""The tree on any day, an agency's life, and the wizard's pages."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from lms.people.models import OrganisationChange, Post
from lms.people.organisation import Organisation, code_bearer
from tests.factories.organisation import DECREE, MERGER, carried_out, founding
from tests.factories.people import agency, person, post, sign_in, succeed

pytestmark = pytest.mark.django_db

TREE = "/people/organisation/"
NEW = "/people/organisation/changes/new/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def province():
    """Tiền Giang with two departments to 30/06/2025, and who goes on for it."""
    old = agency("82", name="Tỉnh Tiền Giang", valid_to=MERGER)
    new = agency("82", name="Tỉnh Đồng Tháp", valid_from=MERGER)
    succeed(old, new, on=MERGER)
    one = agency("SNV", name="Sở Nội vụ", parent=old)
    two = agency("STC", name="Sở Tài chính", parent=old)
    return old, new, one, two


@pytest.fixture
def officer(client):
    who = person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")
    sign_in(client, who)
    return who


def text(response):
    return response.content.decode()


def test_the_tree_of_any_day_for_anybody_signed_in(client, province):
    sign_in(client, person())
    then, now = client.get(TREE, {"on": "2025-06-30"}), client.get(TREE)
    assert "Tỉnh Tiền Giang" in text(then)
    assert "Tỉnh Đồng Tháp" not in text(then)
    assert "Tỉnh Đồng Tháp" in text(now)
    assert "Tỉnh Tiền Giang" not in text(now)
    assert reverse("organisation-new") not in text(now)


@pytest.mark.parametrize("day", ["2025-02-30", "gestern", "0001-01-01", "99999-01-01"])
def test_an_impossible_day_gets_a_sentence_and_todays_tree(client, province, day):
    sign_in(client, person())
    answer = client.get(TREE, {"on": day})
    assert answer.status_code == 422
    assert "This is no day of the calendar" in text(answer) or "The day must lie between" in text(answer)
    assert "Tỉnh Đồng Tháp" in text(answer)


def test_agencies_are_found_without_accents_and_by_code(client, province):
    sign_in(client, person())
    for words in ("so noi vu", "SNV", "Nội vụ"):
        page = text(client.get(TREE, {"q": words}))
        assert "Sở Nội vụ" in page
        assert "Sở Tài chính" not in page
    assert "No agency found" in text(client.get(TREE, {"q": "zzz"}))


def test_the_tree_as_a_file_has_a_row_an_agency(client, province):
    sign_in(client, person())
    lines = b"".join(client.get(TREE, {"on": "2025-06-30", "format": "csv"}).streaming_content).decode()
    assert [line.split(",")[0] for line in lines.splitlines()[1:]] == ["82", "SNV", "STC"]
    book = client.get(TREE, {"on": "2025-07-01", "format": "xlsx"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[1:]] == [
        ["82", "Tỉnh Đồng Tháp"],
        ["SNV", "Sở Nội vụ"],
        ["STC", "Sở Tài chính"],
    ]


def test_the_tree_asks_the_same_number_of_queries_for_more_agencies(client, django_assert_num_queries):
    root = agency("82")
    sign_in(client, person())
    for _round in range(2):
        client.get(TREE)
        with django_assert_num_queries(5):
            client.get(TREE)
        for number in range(3):
            agency(f"A{_round}{number}", parent=root)


def test_an_agencys_life_names_codes_parents_heads_predecessors_and_successors(client, province, officer):
    old, new, one, _two = province
    head = person("Nguyễn Văn Đứng Đầu")
    post(head, one, valid_to=date(2024, 1, 1))
    Post.objects.filter(person=head).update(position="Giám đốc Sở")
    deputy = person("Trần Thị Phó", agency=one)
    Post.objects.filter(person=deputy).update(position="Phó Giám đốc Sở")
    carried_out(officer, "rename", one, on=date(2026, 1, 1), name="Sở Nội vụ và Lao động", code="SNVLD")
    page = client.get(reverse("agency", args=[one.pk]))
    spans = [(span.start, span.code, span.name, span.parent) for span in page.context["spans"]]
    assert spans == [
        (date(2020, 1, 1), "SNV", "Sở Nội vụ", "Tỉnh Tiền Giang"),
        (MERGER, "SNV", "Sở Nội vụ", "Tỉnh Đồng Tháp"),
        (date(2026, 1, 1), "SNVLD", "Sở Nội vụ và Lao động", "Tỉnh Đồng Tháp"),
    ]
    assert [(row.name, row.title) for row in page.context["heads"]] == [
        ("Nguyễn Văn Đứng Đầu", "Giám đốc Sở")
    ]
    assert "Trần Thị Phó" not in text(page)
    assert DECREE in text(page)
    gone = client.get(reverse("agency", args=[old.pk]))
    assert [row["pk"] for row in gone.context["became"]] == [new.pk]
    assert [row["pk"] for row in client.get(reverse("agency", args=[new.pk])).context["came_from"]] == [
        old.pk
    ]
    assert "ended: " in text(gone)


def test_the_wizard_is_for_provincial_hr_alone(client, province):
    change = carried_out(person(), "rename", province[2], name="Sở Mới")
    paths = [
        NEW,
        reverse("organisation-changes"),
        reverse("organisation-change", args=[change.pk]),
        reverse("organisation-split", args=[change.pk]),
    ]
    for role in (None, "hr_officer", "agency_head", "auditor", "administrator"):
        sign_in(client, person(agency=province[2], role=role) if role else person())
        assert {client.get(path).status_code for path in paths} == {403}
        for name in ("apply", "reverse", "discard"):
            assert client.post(reverse(f"organisation-{name}", args=[change.pk])).status_code == 403
    change.refresh_from_db()
    assert change.state == "applied"


def test_an_officer_of_one_province_does_not_change_another(client, province):
    _old, new, one, two = province
    sign_in(client, person(role="provincial_hr", at=two))
    mine = client.get(NEW, {"kind": "rename", "on": "2026-01-01"})
    assert [value for value, _label in mine.context["form"].fields["agency"].choices] == ["", str(two.pk)]
    foreign = carried_out(person(), "rename", one, name="Sở Mới")
    assert client.get(reverse("organisation-change", args=[foreign.pk])).status_code == 403
    assert client.post(reverse("organisation-reverse", args=[foreign.pk]), {"reason": "x"}).status_code == 403
    given = {"decree": DECREE, "parent": str(new.pk)}
    answer = client.post(f"{NEW}?kind=move&on=2026-01-01&agency={two.pk}", given)
    assert (answer.status_code, OrganisationChange.objects.count()) == (422, 1)


def start(client, kind, on="2026-01-01", agency=None, **given):
    query = f"?kind={kind}&on={on}&parts=2" + (f"&agency={agency.pk}" if agency else "")
    return client.post(NEW + query, {"decree": DECREE, **given})


def test_a_merger_through_the_pages_and_back(client, province, officer):
    _old, new, one, two = province
    given = {
        "agencies": [one.pk, two.pk],
        "successor": "new",
        "new_name": "Sở Nội vụ và Tài chính",
        "new_code": "SNVTC",
        "new_level": "province",
        "new_parent": new.pk,
    }
    answer = start(client, "merge", **given)
    change = OrganisationChange.objects.get()
    assert answer.url == reverse("organisation-change", args=[change.pk])
    page = client.get(answer.url)
    assert page.context["written"][-1] == "“Sở Nội vụ và Tài chính” (SNVTC) begins, under “Tỉnh Đồng Tháp”."
    client.post(reverse("organisation-apply", args=[change.pk]), {"fingerprint": page.context["fingerprint"]})
    merged = code_bearer("SNVTC", date(2026, 1, 1))
    assert set(merged.predecessors.all()) == {one, two}
    client.post(reverse("organisation-reverse", args=[change.pk]), {"reason": ""})
    assert code_bearer("SNVTC", date(2026, 1, 1)) == merged
    client.post(reverse("organisation-reverse", args=[change.pk]), {"reason": "Nghị quyết bị thay thế"})
    assert code_bearer("SNVTC", date(2026, 1, 1)) is None
    assert "Nghị quyết bị thay thế" in text(client.get(answer.url))


def test_what_speaks_against_it_stands_above_the_form_and_nothing_is_lost(client, province, officer):
    _old, _new, one, _two = province
    answer = start(client, "rename", agency=one, name="Sở Khác", code="STC", place_name="Mỹ Tho")
    assert answer.status_code == 422
    assert "The code STC belongs to “Sở Tài chính”" in text(answer)
    assert 'value="Sở Khác"' in text(answer)
    assert OrganisationChange.objects.count() == 0
    circle = agency("P", name="Phòng Một", parent=one)
    answer = start(client, "move", agency=one, parent=circle.pk)
    assert "Sở Nội vụ → Phòng Một → Sở Nội vụ" in text(answer)


def test_impossible_days_in_the_wizard(client, province, officer):
    for day in ("2025-02-30", "", "0001-01-01"):
        assert client.get(NEW, {"kind": "rename", "on": day}).status_code == 422
    assert client.get(NEW, {"kind": "explode", "on": "2025-01-01"}).status_code == 422


def test_nobody_becomes_a_province_because_a_select_was_overlooked(client, province, officer):
    _old, _new, one, two = province
    agency("P", name="Phòng Một", parent=one)
    assert start(client, "move", agency=two, parent="").status_code == 422
    parts = {"part_1": "new", "name_1": "Sở Một", "code_1": "S1", "part_2": str(two.pk)}
    assert start(client, "split", agency=one, **parts).status_code == 422
    below = f"child_{Organisation.on(MERGER).children(one.pk)[0]}"
    assert start(client, "split", agency=one, **parts, **{below: "part:3"}).status_code == 422
    assert OrganisationChange.objects.count() == 0
    assert start(client, "split", agency=one, **parts, **{below: "part:2"}).status_code == 302
    assert list(OrganisationChange.objects.get().request["children"].values()) == [two.pk]


def test_a_split_asks_into_how_many(client, province, officer):
    address = f"{NEW}?kind=split&on=2026-01-01&agency={province[2].pk}"
    for parts in ("", "&parts=1", "&parts=21", "&parts=zwei"):
        assert "parts" in client.get(address + parts).context["form"].fields
    fields = client.get(f"{address}&parts=9").context["form"].fields
    assert [name for name in fields if name.startswith("part_")] == [f"part_{n}" for n in range(1, 10)]


def test_a_change_can_be_thrown_away_before_it_is_carried_out(client, province, officer):
    start(client, "abolish", agency=province[2])
    change = OrganisationChange.objects.get()
    client.post(reverse("organisation-discard", args=[change.pk]))
    assert OrganisationChange.objects.count() == 0


@pytest.fixture
def split(client, province, officer):
    """A prepared split of a department with three people into a new one and a standing one."""
    _old, _new, one, two = province
    people = [person(name, agency=one) for name in ("Trần Văn An", "Lê Thị Bình", "Võ Văn Cảnh")]
    answer = start(
        client, "split", agency=one, part_1="new", name_1="Sở Một", code_1="S1", part_2=str(two.pk)
    )
    assert answer.status_code == 302
    return OrganisationChange.objects.get(), people


def send(client, change, *rows):
    content = "\n".join(["person_id,successor_code,position", *rows])
    upload = SimpleUploadedFile("danh sách.csv", content.encode())
    return client.post(reverse("organisation-split", args=[change.pk]), {"file": upload})


def test_a_list_places_everybody(client, split):
    change, people = split
    answer = send(client, change, f"{people[0].code},S1,", f"{people[1].code},S1,", f"{people[2].code},STC,")
    assert answer.url == reverse("organisation-change", args=[change.pk])
    page = client.get(answer.url)
    assert page.context["effects"].posts == 3
    client.post(reverse("organisation-apply", args=[change.pk]), {"fingerprint": page.context["fingerprint"]})
    posts = Post.objects.filter(valid_from=date(2026, 1, 1)).order_by("person__name_key")
    assert [(row.person, str(row.agency)) for row in posts] == [
        (people[0], "Sở Một"),
        (people[1], "Sở Một"),
        (people[2], "Sở Tài chính"),
    ]


def test_a_list_that_leaves_somebody_over_is_named_in_the_preview(client, split):
    change, people = split
    answer = send(client, change, f"{people[0].code},S1,", f"{people[1].code},S1,")
    assert answer.url == reverse("organisation-split", args=[change.pk])
    assert "1 post is left over." in text(client.get(answer.url))
    page = client.get(reverse("organisation-change", args=[change.pk]))
    assert page.context["refusals"] == [
        "1 person of “Sở Nội vụ” is left over: Võ Văn Cảnh. Say where they go."
    ]
    client.post(reverse("organisation-apply", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == "prepared"


def test_bad_rows_of_a_list_are_named_and_nothing_is_kept(client, split, province):
    change, people = split
    stranger = person("Người Lạ", agency=province[3])
    answer = send(
        client,
        change,
        f"{people[0].code},S1,",
        f"{people[0].code},STC,",
        f"{people[1].code},S9,",
        f"{stranger.code},S1,",
        "082000000000,S1,",
        ",S1,",
    )
    assert answer.status_code == 422
    found = [(row.row, row.column, row.message) for row in answer.context["problems"]]
    assert found == [
        (3, "person_id", "is placed by row 2 already"),
        (4, "successor_code", "is none of the successors: S1, STC"),
        (5, "person_id", "has no post at “Sở Nội vụ” on 01/01/2026"),
        (6, "person_id", "nobody has this number"),
        (7, "person_id", "is missing"),
    ]
    change.refresh_from_db()
    assert change.request["staff"] == {}


def test_a_file_that_cannot_be_read_gets_a_sentence(client, split):
    change, _people = split
    upload = SimpleUploadedFile("danh sách.xlsx", b"PK\x03\x04 no workbook")
    answer = client.post(reverse("organisation-split", args=[change.pk]), {"file": upload})
    assert answer.status_code == 422
    assert "The workbook is damaged." in text(answer)


def test_the_list_to_fill_in_comes_back_as_it_was_sent(client, split):
    change, people = split
    send(client, change, *(f"{someone.code},STC," for someone in people))
    url = reverse("organisation-split-list", args=[change.pk, "csv"])
    content = b"".join(client.get(url).streaming_content)
    upload = SimpleUploadedFile("list.csv", content)
    before = OrganisationChange.objects.get().request["staff"]
    assert client.post(reverse("organisation-split", args=[change.pk]), {"file": upload}).status_code == 302
    assert OrganisationChange.objects.get().request["staff"] == before
    assert len(before) == 3


def test_people_are_placed_one_by_one(client, split):
    change, people = split
    posts = [Post.objects.get(person=someone) for someone in people]
    url = reverse("organisation-split", args=[change.pk])
    client.post(url, {"by_person": "1", f"post-{posts[0].pk}": "S1", f"post-{posts[1].pk}": "S1"})
    answer = client.post(url, {"by_person": "1", f"post-{posts[2].pk}": "STC", f"post-{posts[0].pk}": "S9"})
    assert answer.url == reverse("organisation-change", args=[change.pk])
    assert len(OrganisationChange.objects.get().request["staff"]) == 3


def test_the_list_of_changes_asks_the_same_number_of_queries(
    client, province, officer, django_assert_num_queries
):
    for number in range(3):
        carried_out(officer, "rename", province[2], on=date(2026, 1, 1 + number), name=f"Sở {number}")
        client.get(reverse("organisation-changes"))
        with django_assert_num_queries(7):
            client.get(reverse("organisation-changes"))


def test_an_agency_to_come_has_a_page(client, province, officer):
    carried_out(
        officer,
        "merge",
        *province[2:],
        on=date(2050, 1, 1),
        successors=[founding("X", "Sở Sau", province[1])],
    )
    page = text(client.get(reverse("agency", args=[code_bearer("X", date(2050, 1, 1)).pk])))
    assert "begins on 01/01/2050" in page
