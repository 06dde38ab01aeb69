"""What a sheet says was wanting."""

from datetime import date

import pytest

from inspections.rules.findings import article_in, asked_by, wanting

CHOICES = {
    "dat": "Đạt",
    "chua_dat": "Chưa đạt",
    "khong_xuat_trinh": "Không xuất trình",
    "khong_ap_dung": "KAD",
}


def question(name, kind="select one", group="1. Sao lưu", hint=""):
    return {"name": name, "type": kind, "label": "Kết quả", "group": group, "hint": hint, "choices": CHOICES}


@pytest.mark.parametrize(
    ("answer", "found"), [("dat", 0), ("khong_ap_dung", 0), ("chua_dat", 1), ("khong_xuat_trinh", 1)]
)
def test_only_what_is_not_met_or_not_shown_is_wanting(answer, found):
    assert len(wanting([question("a_kq")], {"a_kq": answer})) == found


def test_a_note_and_files_are_those_of_the_item():
    asked = [
        question("a_kq", hint="Xem. Căn cứ: Điều 9 Luật 86/2015/QH13."),
        question("a_ghi_chu", "text"),
        question("b_kq", group="2. Khác"),
    ]
    [one] = wanting(asked, {"a_kq": "chua_dat", "a_ghi_chu": "Chưa thử", "b_kq": "dat"})
    assert (one.item, one.label, one.result, one.words) == ("a_kq", "Sao lưu", "Chưa đạt", "Chưa thử")
    assert (one.article, one.numbers) == ("Điều 9 Luật 86/2015/QH13", ("86/2015/QH13",))
    assert one.questions == {"a_kq", "a_ghi_chu"}


@pytest.mark.parametrize(("hint", "article"), [("", ""), ("Xem.", ""), ("Căn cứ: Điều 1.", "Điều 1")])
def test_the_ground_of_a_hint(hint, article):
    assert article_in(hint) == article


@pytest.mark.parametrize(
    ("answers", "day"), [({}, None), ({"a_han": "2026-12-01"}, date(2026, 12, 1)), ({"a_han": "mai"}, None)]
)
def test_the_day_the_sheet_asks_for(answers, day):
    assert asked_by("a_kq", answers) == day
