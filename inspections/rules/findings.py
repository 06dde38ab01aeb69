"""From the answers of a sheet to what was found wanting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.rules.citations import cited_in

# Chưa đạt, Không xuất trình: what has to be put right.
WANTING = ("chua_dat", "khong_xuat_trinh")
GROUND = re.compile(r"Căn cứ:?\s*(.+)$", re.DOTALL)
RESULT, DEADLINE = "_kq", "_han"


@dataclass(frozen=True)
class Wanting:
    """One item that was not met or not shown: what was examined, the result, the note, the law it names."""

    item: str
    label: str
    result: str
    words: str
    article: str
    numbers: tuple[str, ...]
    questions: frozenset[str]


def wanting(questions: Iterable[Mapping[str, Any]], answers: Mapping[str, str]) -> list[Wanting]:
    """List the items of a sheet that were not met or not shown, in its order."""
    asked = list(questions)
    return [_found(one, asked, answers) for one in asked if answers.get(one["name"]) in WANTING]


def _found(
    question: Mapping[str, Any], asked: list[Mapping[str, Any]], answers: Mapping[str, str]
) -> Wanting:
    group, answer = question["group"], answers[question["name"]]
    beside = [other for other in asked if group and other["group"] == group] or [question]
    notes = [answers[one["name"]] for one in beside if one["type"] == "text" and one["name"] in answers]
    hint = question.get("hint", "")
    return Wanting(
        item=question["name"],
        label=(group or question["label"]).lstrip("0123456789").lstrip(". "),
        result=question["choices"].get(answer, answer),
        words=" ".join(notes),
        article=article_in(hint),
        numbers=tuple(cited_in(hint)),
        questions=frozenset(one["name"] for one in beside),
    )


def article_in(hint: str) -> str:
    """Return what a hint names as its ground.

    >>> article_in("Đối chiếu quyết định. Căn cứ: Điều 9 Nghị định số 85/2016/NĐ-CP.")
    'Điều 9 Nghị định số 85/2016/NĐ-CP'
    """
    ground = GROUND.search(hint)
    return " ".join(ground[1].split()).rstrip(".")[:300] if ground else ""


def asked_by(item: str, answers: Mapping[str, str]) -> date | None:
    """Return the day by which the sheet asks to put the item right, None where it says nothing."""
    try:
        return date.fromisoformat(answers.get(item.removesuffix(RESULT) + DEADLINE, "")[:10])
    except ValueError:
        return None
