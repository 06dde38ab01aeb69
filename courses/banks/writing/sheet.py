"""The workbook of the template, filled with questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from courses.banks.found import Found
from courses.banks.reading.columns import (
    COLUMNS,
    HELD_AS_TEXT,
    IGNORED,
    KINDS,
    LETTERS,
    PARTIALS,
    USUAL_OPTIONS,
)
from courses.banks.writing.moodle import truth_of
from courses.banks.writing.written import Written
from lms.base.exports import Sheet, xlsx_bytes

Cells = dict[str, Any]
CELL_LIMIT = 32_000  # Excel holds 32,767 signs
TITLE = "Câu hỏi"
ARROWS = ("=>", "→", "⇒")
IGNORE = ("case", "accents", "punctuation")


def write_workbook(questions: Iterable[Found], *sheets: Sheet) -> Written:
    """Return the questions as a workbook; further sheets stand behind them."""
    done, rows = Written(), []
    for found in questions:
        own = _rows(done, found)
        if own:
            rows += own
            done.count += 1
    used = max([USUAL_OPTIONS, *(len(row["options"]) for row in rows)])
    columns = [column for column in COLUMNS if not _is_idle(column.name, used)]
    headers = [column.aliases[0][:1].upper() + column.aliases[0][1:] for column in columns]
    table = [[guarded(_cell(row, column.name)) for column in columns] for row in rows]
    done.content = xlsx_bytes(Sheet(title=TITLE, headers=headers, rows=table), *sheets)
    return done


def guarded(value: Any) -> Any:
    """Return a cell from which `unguarded` gives back the value; the house keeps a spreadsheet from running it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(HELD_AS_TEXT) else value


def _is_idle(name: str, used: int) -> bool:
    return name.startswith("option_") and LETTERS.index(name[-1].upper()) >= used


def _cell(row: Cells, name: str) -> Any:
    if name.startswith("option_"):
        place = LETTERS.index(name[-1].upper())
        return row["options"][place] if place < len(row["options"]) else ""
    return row.get(name, "")


def _rows(done: Written, found: Found) -> list[Cells]:
    cells = _KINDS[found.kind](done, found)
    if cells is None:
        return []
    first = {
        "code": found.code,
        "kind": KINDS[found.kind][0],
        "topic": found.topic or "",
        "difficulty": found.difficulty or "",
        "points": int(found.points) if found.points else "",
        "text": found.text,
        "explanation": found.explanation or "",
        "options": [],
        **cells,
    }
    rows = [first]
    for number, part in enumerate(found.content.get("parts", []) if found.kind == "case" else [], start=1):
        inner = replace(found, kind=part["kind"], text=part["text"], content=part["content"])
        own = None if part["kind"] in ("case", "spreadsheet") else _KINDS[part["kind"]](done, inner)
        if own is None:
            done.leave_out(
                found, _("Question %(number)d of the case has no form in a row.") % {"number": number}
            )
            return []
        head = {
            "kind": KINDS[part["kind"]][0],
            "part": number,
            "points": part["points"],
            "text": part["text"],
        }
        rows.append({**head, "options": [], **own})
    if any(len(str(value)) > CELL_LIMIT for row in rows for value in [*row.values(), *row["options"]]):
        done.leave_out(found, _("One of its texts is longer than a cell holds."))
        return []
    if any(len(row["options"]) > len(LETTERS) for row in rows):
        done.leave_out(
            found, _("It has more than %(limit)d options, pairs or lines.") % {"limit": len(LETTERS)}
        )
        return []
    return rows


def _choice(done: Written, found: Found) -> Cells:
    options = found.content["options"]
    right = [LETTERS[place] for place, option in enumerate(options[: len(LETTERS)]) if option["is_right"]]
    cells: Cells = {"options": [option["text"] for option in options], "answer": ";".join(right)}
    if found.kind == "multiple":
        cells["partial"] = PARTIALS[found.content.get("partial", "none")][0]
    return cells


def _true_false(done: Written, found: Found) -> Cells:
    return {"answer": "Đúng" if truth_of(found.content) else "Sai"}


def _matching(done: Written, found: Found) -> Cells | None:
    content = found.content
    rows = [(pair["left"], pair["right"]) for pair in content["pairs"]]
    rows += [("", decoy) for decoy in content.get("decoys", [])]
    if any(arrow in left for left, _right in rows for arrow in ARROWS):
        done.leave_out(found, _("A line on its left side holds “=>” or an arrow, which separates partners."))
        return None
    options = [f"{left} => {right}".strip() for left, right in rows]
    return {"options": options, "partial": PARTIALS[content.get("partial", "none")][0]}


def _ordering(done: Written, found: Found) -> Cells:
    items = [item["text"] for item in found.content["items"]]
    return {"options": items, "partial": PARTIALS[found.content.get("partial", "none")][0]}


def _numeric(done: Written, found: Found) -> Cells:
    content = found.content
    sign = "%" if content.get("tolerance_kind") == "percent" else ""
    return {
        "answer": _comma(content["value"]),
        "tolerance": f"{_comma(content.get('tolerance', '0'))}{sign}",
        "units": "; ".join(f"{unit['unit']}={_comma(unit['factor'])}" for unit in content.get("units", [])),
        "unit_required": "có" if content.get("unit_required") else "không",
    }


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _short(done: Written, found: Found) -> Cells:
    options = [_shared(answer) for answer in found.content["answers"]]
    return {"options": options, "ignore": _ignored(found.content, IGNORE)}


def _shared(answer: Cells) -> str:
    share = (
        "" if answer["percent"] == 100 and not answer["text"].startswith("[") else f"[{answer['percent']}%] "
    )
    return f"{share}{answer['text']}"


def _ignored(content: Cells, names: tuple[str, ...]) -> str:
    said = [IGNORED[name][0] for name in names if content.get(f"ignore_{name}")]
    return "; ".join(said) or IGNORED["nothing"][0]


def _blanks(done: Written, found: Found) -> Cells | None:
    blanks = found.content["blanks"]
    typed = {_ignored(blank, IGNORE[:2]) for blank in blanks if not blank.get("choices")}
    if len(typed) > 1:
        done.leave_out(found, _("Its blanks differ in what answers may differ in, which one row cannot say."))
        return None
    if any(answer["text"].startswith("~") for blank in blanks for answer in blank["answers"]):
        done.leave_out(
            found, _("One of its answers begins with ~, the sign of a wrong choice in a workbook.")
        )
        return None
    cells: Cells = {"passage": found.content["text"], "options": [_blank(blank) for blank in blanks]}
    return {**cells, "ignore": typed.pop()} if typed else cells


def _blank(blank: Cells) -> str:
    known = {answer["text"]: answer for answer in blank["answers"]}
    texts = blank.get("choices") or list(known)
    return " | ".join(
        (_shared(known[text]) if text in known else f"~{text}").replace("|", "\\|") for text in texts
    )


def _case(done: Written, found: Found) -> Cells:
    return {"passage": found.content["text"]}


def _spreadsheet(done: Written, found: Found) -> Cells | None:
    content = found.content
    if content.get("start_file"):
        done.warn(found, _("Its start file is not in the workbook: the bank keeps it."))
    rules = []
    for rule in content["rules"]:
        said = [
            str(rule.get(name, ""))
            for name in ("sheet", "cell", "check", "value", "tolerance", "points", "message")
        ]
        if any(";" in one for one in said[:-1]):
            done.leave_out(found, _("A rule holds a semicolon, which separates its parts."))
            return None
        rules.append("; ".join(said))
    return {"passage": content["instructions"], "options": rules}


_KINDS: dict[str, Callable[[Written, Found], Cells | None]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short_text": _short,
    "blanks": _blanks,
    "case": _case,
    "spreadsheet": _spreadsheet,
}
