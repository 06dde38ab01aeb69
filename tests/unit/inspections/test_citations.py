"""Which texts a text cites, and which are out of force."""

from datetime import date

import pytest

from inspections.rules import Text, cited_in, problems_of

OLD = Text("101/2017/NĐ-CP", date(2017, 10, 21), date(2025, 7, 1), "171/2025/NĐ-CP")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị định số 217/2025/NĐ-CP ngày 05/8/2025", ["217/2025/NĐ-CP"]),
        ("Luật 84/2025/QH15; Luật 84/2025/QH15", ["84/2025/QH15"]),
        ("Nghị quyết 57-NQ/TW và 76/NQ-CP", ["57-NQ/TW", "76/NQ-CP"]),
        ("Thông tư 12/2022/TT-BTTTT.", ["12/2022/TT-BTTTT"]),
        ("Kế hoạch số 05/KH-UBND ngày 02/01/2026", ["05/KH-UBND"]),
        ("Quyết định số 129/2007/QĐ-TTg, Chỉ thị 20/CT-TTg", ["129/2007/QĐ-TTg", "20/CT-TTg"]),
        ("ngày 05/08/2025, điểm 3/4, 1.234", []),
    ],
)
def test_numbers_are_found(text, numbers):
    assert cited_in(text) == numbers


def test_a_text_is_out_of_force_from_its_end_on():
    assert problems_of([OLD], date(2025, 6, 30)) == []
    (sentence,) = problems_of([OLD], date(2025, 7, 1))
    assert "101/2017/NĐ-CP" in sentence and "171/2025/NĐ-CP" in sentence


def test_a_text_not_yet_in_force_is_told():
    (sentence,) = problems_of([OLD], date(2017, 10, 20))
    assert "21/10/2017" in sentence
