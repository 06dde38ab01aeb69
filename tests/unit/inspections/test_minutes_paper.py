"""What the minutes call the team, and in which columns they are signed."""

import io

import pdfplumber
import pytest

from inspections.documents.minutes import as_document, minutes_pdf, places_of
from tests.unit.inspections.test_documents import MM, measured

CONTENT = {
    "lead": "Sở Nội vụ",
    "code": "KT-1",
    "field": "Cải cách hành chính",
    "legal_basis": "Nghị quyết số 76/NQ-CP",
    "decision_no": "05/QĐ-SNV",
    "decided_on": "2026-01-05",
    "signer_title": "Giám đốc",
    "content": "Việc thực hiện kế hoạch",
    "started_at": "2026-01-12T08:00:00+07:00",
    "ended_at": "2026-01-12T10:30:00+07:00",
    "place": "Trụ sở",
    "team": [
        {"name": "Trần Thị Trưởng", "title": "Trưởng phòng", "duty": "Tổ trưởng"},
        {"name": "Lê Minh Thư", "title": "", "duty": "Thư ký"},
    ],
    "team_name": "Tổ kiểm tra",
    "subject": {"name": "Sở Y tế", "identifier": "", "address": ""},
    "representative": "Phạm Thị Đại Diện",
    "representative_title": "Giám đốc",
    "others": "Võ Ẵm, Chánh Văn phòng",
    "items": [],
    "remarks": [],
    "evidence": [],
    "conclusion": "",
    "opinion": "",
    "refused": False,
    "sheet": {},
}


def test_a_kind_with_a_group_says_group():
    paper = as_document(CONTENT)
    assert paper.letterhead.issuer == "Tổ kiểm tra theo Quyết định số 05/QĐ-SNV"
    assert paper.letterhead.symbol == "BB-TKT"
    assert not paper.letterhead.place  # no place and no day at its head
    titles = {one.key: one.title for one in paper.signatures}
    assert titles["LEADER"] == ("Tổ trưởng tổ kiểm tra",)
    assert titles["SECRETARY"] == ("Thư ký tổ kiểm tra",)


def test_minutes_locked_before_the_name_was_kept_print_as_they_did():
    team = [{"name": "Trần Thị Trưởng", "title": "", "duty": "Trưởng đoàn"}]
    old = {key: value for key, value in CONTENT.items() if key != "team_name"} | {"team": team}
    paper = as_document(old)
    assert (paper.letterhead.issuer, paper.letterhead.symbol) == (
        "Đoàn kiểm tra theo Quyết định số 05/QĐ-SNV",
        "BB-ĐKT",
    )
    assert {one.key: one.title for one in paper.signatures}["LEADER"] == ("Trưởng đoàn kiểm tra",)


@pytest.mark.parametrize("kind", ["COMMUNE", "PERSON"])
def test_of_a_refusal_the_witness_signs_in_the_subject_s_place(kind):
    refused = {
        "refused": True,
        "refusal_reason": "Không đồng ý",
        "witness_kind": kind,
        "witness_name": "Lê Văn Chứng",
        "witness_title": "Ấp 1",
    }
    places = places_of({**CONTENT, **refused})
    assert [place.key for place in places] == ["WITNESS", "SECRETARY", "LEADER", "RELATED-1"]
    assert (places[0].name, places[0].below) == ("Lê Văn Chứng", "Ấp 1")


@pytest.fixture(scope="module")
def pages():
    drawn = {
        "LEADER": {"strokes": [[[100, 100], [800, 300]]], "typed": "", "at": "2026-01-12T10:33:05+07:00"},
        "SUBJECT": {"strokes": [], "typed": "Phạm Thị Đại Diện", "at": "2026-01-12T10:31:05+07:00"},
    }
    return pdfplumber.open(io.BytesIO(minutes_pdf({**CONTENT, "others": "", "drawn": drawn}))).pages


def test_the_head_is_measured(pages):
    first = pages[0]
    assert measured(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == (13, "Tinos-Bold")
    assert measured(first, "Độc lập - Tự do - Hạnh phúc") == (14, "Tinos-Bold")
    assert measured(first, "BIÊN BẢN KIỂM TRA") == (14, "Tinos-Bold")
    assert measured(first, "/BB-TKT") == (13, "Tinos-Regular")
    head = first.crop((0, 0, first.width, 70 * MM)).extract_text()
    assert "tháng" not in head
    edges = [(char["x0"], char["x1"]) for page in pages for char in page.chars if char["text"].strip()]
    assert min(left for left, _right in edges) >= 30 * MM - 1
    assert max(right for _left, right in edges) <= 195 * MM + 1


def test_names_stand_level_and_what_was_drawn_between_title_and_name(pages):
    last = pages[-1]
    title = last.search("TỔ TRƯỞNG")[-1]
    names = [last.search(name)[-1] for name in ("Phạm Thị Đại Diện", "Lê Minh Thư", "Trần Thị Trưởng")]
    assert len({round(name["top"]) for name in names}) == 1
    ink = [one for one in last.curves + last.lines if one["stroking_color"] not in ((0,), (0, 0, 0), 0, None)]
    assert len(ink) == 1
    assert title["bottom"] < ink[0]["top"] and ink[0]["bottom"] < names[2]["top"]
    middle = (ink[0]["x0"] + ink[0]["x1"]) / 2
    assert middle == pytest.approx((names[2]["x0"] + names[2]["x1"]) / 2, abs=2)
    typed = last.search("Gõ tên xác nhận 10:31:05 12/01/2026")
    assert typed and typed[0]["bottom"] <= names[0]["top"] + 2
