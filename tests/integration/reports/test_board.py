"""The board of figures: who sees which, and that every number opens a list of as many rows."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.factories.people import agency, person, post, sign_in, succeed
from tests.factories.sheets import import_rows
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

DAY = "2025-12-31"


@pytest.fixture
def province():
    root = agency("82", name="Tỉnh Đồng Tháp")
    snv = agency("SNV", name="Sở Nội vụ", parent=root)
    stc = agency("STC", name="Sở Tài chính", parent=root)
    return root, snv, stc


@pytest.fixture
def staffed(province):
    _root, snv, stc = province
    for number in range(3):
        completion(person(f"Trần Thị Ánh {number}", agency=snv))
    person("Đỗ Văn Ẩn", agency=snv)
    person("Lê Thị Bé", agency=stc)
    return province


def officer(at, role="hr_officer"):
    return sign_in(Client(), person("Cán bộ nhân sự", role=role, at=at))


def everywhere():
    return officer(None, "provincial_hr")


def board(client, **question):
    return client.get(reverse("targets"), {"as_of": DAY, **question})


def rows_of(client, name="target-people", **question):
    response = client.get(reverse(name), {"as_of": DAY, **question})
    assert response.status_code == 200, response.content
    return response


def test_a_stranger_is_sent_to_sign_in_and_a_learner_is_refused(staffed):
    assert board(Client()).status_code == 302
    learner = sign_in(Client(), person("Người học"))
    assert board(learner).status_code == 403
    assert learner.get(reverse("target-people")).status_code == 403
    assert learner.get(reverse("target-inspections")).status_code == 403


def test_the_provinces_figures_are_open_to_all_who_see_any_but_not_by_unit(staffed):
    _root, snv, _stc = staffed
    page = board(officer(snv), agency="")
    assert page.status_code == 200
    assert page.context["figures"].i1.den == 5
    assert page.context["rows"] is None
    assert page.context["may_list"] is False
    assert "Đỗ Văn Ẩn" not in page.content.decode()


def test_an_officer_starts_at_the_own_agency_and_sees_who_is_missing(staffed):
    _root, snv, _stc = staffed
    page = board(officer(snv))
    figures = page.context["figures"]
    assert (figures.i1.num, figures.i1.den) == (3, 4)
    text = page.content.decode()
    assert "Đỗ Văn Ẩn" in text
    assert "Lê Thị Bé" not in text


@pytest.mark.parametrize("name", ["targets", "target-people", "target-inspections"])
def test_a_sibling_agency_and_the_parent_are_refused(staffed, name):
    _root, snv, _stc = staffed
    client = officer(snv)
    assert client.get(reverse(name), {"agency": "STC", "as_of": DAY}).status_code == 403
    assert client.get(reverse(name), {"agency": "82", "as_of": DAY}).status_code == 403
    assert client.get(reverse(name), {"agency": "SNV", "as_of": DAY}).status_code == 200


def test_the_whole_provinces_lists_are_refused_to_a_units_officer(staffed):
    _root, snv, _stc = staffed
    assert officer(snv).get(reverse("target-people"), {"agency": "", "as_of": DAY}).status_code == 403


def test_who_may_see_figures_but_not_lists_is_refused_the_lists(staffed):
    _root, snv, _stc = staffed
    client = officer(snv, "registry_clerk")
    assert client.get(reverse("target-people"), {"agency": "SNV"}).status_code == 403


def test_every_list_has_as_many_rows_as_its_figure(staffed):
    client = everywhere()
    for code in ("", "82", "SNV", "STC"):
        figures = board(client, agency=code).context["figures"]
        expected = {
            "all": figures.i1.den,
            "i1": figures.i1.num,
            "i1-missing": figures.i1.den - figures.i1.num,
            "i2": figures.i2.num,
            "i2-missing": figures.i2.den - figures.i2.num,
        }
        found = {side: rows_of(client, side=side, agency=code).context["listing"].count for side in expected}
        assert found == expected


def test_a_list_finds_names_without_accents_and_sorts_by_given_name(staffed):
    client = everywhere()
    page = rows_of(client, side="i1-missing")
    assert [found.full_name for _post, found, *_rest in page.context["rows"]] == ["Đỗ Văn Ẩn", "Lê Thị Bé"]
    page = rows_of(client, side="i1-missing", q="do van an")
    assert [found.full_name for _post, found, *_rest in page.context["rows"]] == ["Đỗ Văn Ẩn"]


def test_personal_numbers_are_masked_on_the_page(staffed):
    _root, snv, _stc = staffed
    whose = person("Bùi Thị Cúc", code="082123456789", agency=snv)
    text = rows_of(everywhere(), side="i1-missing", q=whose.full_name).content.decode()
    assert "082123456789" not in text
    assert "082******789" in text


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
def test_a_list_goes_out_as_a_file(staffed, layout):
    response = rows_of(everywhere(), side="i1", format=layout)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert f"targets-i1.{layout}" in response["Content-Disposition"]
    if layout == "csv":
        lines = content.decode("utf-8-sig").strip().splitlines()
        assert len(lines) == 1 + 3
        assert "Trần Thị Ánh 0,SNV,Sở Nội vụ" in lines[1]
        assert "16.00" in lines[1]
    else:
        assert content[:2] == b"PK"


def test_the_units_add_up_to_the_whole(staffed):
    page = board(everywhere(), agency="82", show="I1")
    rows = page.context["rows"]
    assert [(row.name, row.ratio.num, row.ratio.den) for row in rows] == [
        ("Sở Nội vụ", 3, 4),
        ("Sở Tài chính", 0, 1),
    ]


def test_the_agencys_own_people_are_a_unit_of_their_own(province):
    root, snv, _stc = province
    person(agency=root)
    person(agency=snv)
    rows = board(everywhere(), agency="82").context["rows"]
    assert [(row.ratio.den, "Tỉnh Đồng Tháp" in row.name) for row in rows] == [
        (1, False),
        (0, False),
        (1, True),
    ]


def test_a_day_that_is_no_day_is_answered_with_a_sentence(staffed):
    page = board(everywhere(), as_of="31/02/2025")
    assert page.status_code == 400
    assert escape("31/02/2025") in page.content.decode()


@pytest.mark.parametrize(
    "question",
    [
        {"agency": "KHÔNG-CÓ"},
        {"variant": "của tôi"},
        {"org_view": "sideways"},
        {"start": "2025-07-01", "end": "2025-01-01"},
        {"as_of": "9999-12-31"},
        {"known_at": "hôm qua"},
    ],
)
def test_a_question_that_cannot_be_answered_is_no_server_error(staffed, question):
    client = everywhere()
    assert board(client, **question).status_code == 400
    listed = client.get(reverse("target-people"), {"as_of": DAY, **question})
    assert listed.status_code == 302


def test_a_day_to_come_is_marked_provisional(staffed):
    assert board(everywhere(), as_of="2199-01-01").context["question"].is_provisional
    assert not board(everywhere()).context["question"].is_provisional


def test_a_closed_agencys_figures_are_open_to_who_sees_its_successor():
    old, new = agency("A", valid_to=date(2025, 7, 1)), agency("C", valid_from=date(2025, 7, 1))
    other = agency("B", valid_to=date(2025, 7, 1))
    agency("D", valid_from=date(2025, 7, 1))
    succeed(old, new, on=date(2025, 7, 1))
    holder = person()
    post(holder, old)
    client = officer(new)
    page = client.get(reverse("target-people"), {"agency": "A", "as_of": "2025-06-30", "side": "all"})
    assert page.context["listing"].count == 1
    assert client.get(reverse("targets"), {"agency": "B", "as_of": "2025-06-30"}).status_code == 403
    assert other.pk


def test_whose_agency_came_of_a_merger_starts_at_todays_agency_and_not_at_a_forerunner():
    old, new = agency("A", valid_to=date(2025, 7, 1)), agency("C", valid_from=date(2025, 7, 1))
    succeed(old, new, on=date(2025, 7, 1))
    page = officer(new).get(reverse("targets"))
    assert page.context["question"].agency_ids == (new.pk,)


def test_inspections_open_down_by_class(province):
    cases = [("K1", "DDDDD", "SNV"), ("K2", "DPDDD", "SNV"), ("K3", "PPPPP", "STC"), ("K4", "DDDDN", "STC")]
    import_rows(
        "inspections",
        [
            {
                "inspection_code": code,
                "lead_code": lead,
                "status": "COMPLETED",
                "completed_on": "2025-05-10",
                "method": "REMOTE",
                "subject_id": code,
                "subject_name": "Công ty Tân Phước",
                "subject_kind": "DN",
                "steps": steps,
            }
            for code, steps, lead in cases
        ],
    )
    client = everywhere()
    share = board(client).context["figures"].share
    assert (share.full, share.partial, share.paper, share.remote) == (2, 1, 1, 2)
    for side, expected in {
        "all": ["K1", "K2", "K3", "K4"],
        "full": ["K1", "K4"],
        "not-full": ["K2", "K3"],
        "partial": ["K2"],
        "paper": ["K3"],
        "remote": ["K1", "K4"],
        "beside": [],
    }.items():
        page = rows_of(client, "target-inspections", side=side, sort="code")
        assert [row.code for row, *_rest in page.context["rows"]] == expected
    page = rows_of(client, "target-inspections", side="all", agency="SNV", format="csv")
    lines = b"".join(page.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["K1", "K2"] or [
        line.split(",")[0] for line in lines[1:]
    ] == ["K2", "K1"]


@pytest.mark.parametrize(
    ("name", "limit"), [("targets", 25), ("target-people", 22), ("target-inspections", 22)]
)
def test_queries_do_not_grow_with_rows(province, django_assert_max_num_queries, name, limit):
    _root, snv, stc = province
    client = everywhere()
    counts = []
    for _round in range(2):
        for number in range(3):
            completion(person(agency=snv if number else stc))
            code = f"K{_round}{number}"
            import_rows(
                "inspections",
                [
                    {
                        "inspection_code": code,
                        "lead_code": "SNV",
                        "status": "COMPLETED",
                        "completed_on": f"2025-05-1{number}",
                        "subject_id": code,
                        "subject_name": "Công ty",
                        "subject_kind": "DN",
                        "steps": "DDDDD",
                    }
                ],
            )
        client.get(reverse(name), {"as_of": DAY})
        with django_assert_max_num_queries(limit) as captured:
            assert client.get(reverse(name), {"as_of": DAY}).status_code == 200
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]
