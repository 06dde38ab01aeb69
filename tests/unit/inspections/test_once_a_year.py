"""Case D2 of the indicator rules: NQ 198/2025/QH15 Điều 4."""

import pytest

from inspections.rules import Earlier, Ruling, once_a_year

HISTORY = {
    "DN1": [Earlier(act="KT", field="ATTP", year=2026)],
    "DN2": [Earlier(act="TT", field="PCCC", year=2026)],
}


def ruling(history: list[Earlier], **kw: object) -> Ruling:
    question = {"subject_kind": "DN", "act": "KT", "field": "ATTP", "year": 2026, "clear_signs": False, **kw}
    return once_a_year(history=history, **question)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "field", "year", "clear_signs", "expected"),
    [
        ("DN1", "PCCC", 2026, False, "BLOCK"),
        ("DN1", "PCCC", 2026, True, "ALLOW_WITH_REASON"),
        ("DN1", "ATTP", 2027, False, "ALLOW"),
        ("DN2", "PCCC", 2026, False, "BLOCK"),
    ],
)
def test_case_d2(subject: str, field: str, year: int, clear_signs: bool, expected: str) -> None:
    assert ruling(HISTORY[subject], field=field, year=year, clear_signs=clear_signs) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("DN", "BLOCK"), ("HKD", "BLOCK"), ("CNKD", "BLOCK"), ("CQNN", "ALLOW"), ("OTHER", "ALLOW")],
)
def test_only_businesses_are_protected(kind: str, expected: str) -> None:
    assert ruling(HISTORY["DN1"], subject_kind=kind) == expected


def test_a_thanh_tra_on_another_field_leaves_the_inspection_free() -> None:
    assert ruling(HISTORY["DN2"], field="ATTP") == "ALLOW"


def test_the_field_is_compared_without_case() -> None:
    assert ruling(HISTORY["DN2"], field="pccc") == "BLOCK"


def test_a_party_inspection_uses_up_nothing_and_is_not_limited() -> None:
    assert ruling([Earlier(act="DANG", field="ATTP", year=2026)]) == "ALLOW"
    assert ruling(HISTORY["DN1"], act="DANG") == "ALLOW"
