"""One question of every type. Whatever only the key holds carries a mark that no page may show before release."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

SECRET = "MẬT-MÃ-7391"


def key(text: str) -> str:
    """Return an entry's key."""
    return str(uuid5(NAMESPACE_OID, text))


def options(right: int, wrong: int) -> list[dict]:
    """Return options, the right ones first."""
    return [
        {"key": key(f"Phương án {n}"), "text": f"Phương án {n}", "is_right": n < right}
        for n in range(right + wrong)
    ]


CONTENTS: dict[str, dict] = {
    "single": {"options": options(1, 3)},
    "multiple": {"options": options(2, 2), "partial": "right_minus_wrong"},
    "true_false": {"options": options(1, 1)},
    "matching": {
        "pairs": [
            {"key": key(left), "left": left, "right": right}
            for left, right in (("Họp", "Phòng họp"), ("Ký", "Chữ ký số"), ("Gửi", "Trục liên thông"))
        ],
        "decoys": ["Máy fax"],
        "partial": "per_pair",
    },
    "ordering": {
        "items": [{"key": key(text), "text": text} for text in ("Tiếp nhận", "Thẩm định", "Trình ký", "Trả")],
        "partial": "per_neighbours",
    },
    "numeric": {
        "value": "73.91",
        "tolerance": "0.0173",
        "units": [{"unit": "km", "factor": "1"}, {"unit": "dặm", "factor": "1.609391"}],
        "unit_required": True,
    },
    "short_text": {"answers": [{"text": SECRET}], "ignore_case": True},
    "blanks": {
        "text": "Tỉnh lỵ là [[1]], thuộc miền [[2]].",
        "blanks": [
            {"key": "1", "answers": [{"text": SECRET}, {"text": f"{SECRET}b", "percent": 50}]},
            {"key": "2", "answers": [{"text": "Tây"}], "choices": ["Đông", "Tây"]},
        ],
    },
    "spreadsheet": {
        "instructions": "Tính tổng cột A.",
        "rules": [{"cell": "A3", "check": "text", "value": SECRET, "message": f"Ô A3: {SECRET}"}],
    },
}
CONTENTS["case"] = {
    "text": "Một hồ sơ đến muộn.",
    "parts": [
        {"key": f"p{n}", "kind": kind, "text": f"Câu {n} của tình huống?", "points": n, "content": CONTENTS[kind]}
        for n, kind in enumerate(("single", "short_text", "ordering"), start=1)
    ],
}  # fmt: skip
