"""A question of a file beside the bank's: what is the same, what the file does not say, what it changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from courses.banks.likeness import texts_in
from courses.banks.numbers import number_of, written
from courses.banks.words import tidy
from courses.questions import content_of
from courses.questions.partial import PARTIAL_WORDS
from lms.base.vietnamese import fold

Content = dict[str, Any]
CHOICES = ("single", "multiple", "true_false")
PARTIAL = {"matching": "per_pair", "ordering": "per_position"}
SAYS_YES = ("dung", "true", "co", "yes", "phai")
NUMBERS = ("value", "tolerance", "factor")
WITH_PASSAGE = ("blanks", "case")
IGNORE = ("ignore_case", "ignore_accents", "ignore_punctuation")


def completed(kind: str, said: Content, known: Content | None) -> Content:
    """Return a whole content: what the file says, else what the bank holds, else what is usual; known keys stay."""
    old = known or {}
    if kind in CHOICES:
        return _choice(kind, said, old)
    if kind in PARTIAL:
        return _lists(kind, said, old)
    return _COMPLETED[kind](said, old)


def _numeric(said: Content, old: Content) -> Content:
    usual = {"value": "", "tolerance": "0", "tolerance_kind": "absolute", "units": [], "unit_required": False}
    return {**usual, **{name: old[name] for name in usual if name in old}, **said}


def _short(said: Content, old: Content) -> Content:
    return {**{name: old.get(name, name == "ignore_case") for name in IGNORE}, **said}


def _spreadsheet(said: Content, old: Content) -> Content:
    return {"start_file": old.get("start_file"), **said}


def _choice(kind: str, said: Content, old: Content) -> Content:
    options = said.get("options", [])
    if kind == "true_false" and len(old.get("options", [])) == 2:
        yes = _yes_of(old["options"])
        is_true = bool(options[0]["is_right"])
        return {
            "options": [
                {**option, "is_right": is_true == (place == yes)}
                for place, option in enumerate(old["options"])
            ],
            "partial": "none",
        }
    partial = said.get("partial") or (old.get("partial", "none") if kind == "multiple" else "none")
    return {"options": _keyed(options, old.get("options", []), "text"), "partial": partial}


def _yes_of(options: list[dict[str, Any]]) -> int:
    return next((place for place, option in enumerate(options) if fold(option["text"]) in SAYS_YES), 0)


def _lists(kind: str, said: Content, old: Content) -> Content:
    content = dict(said)
    content["partial"] = said.get("partial") or old.get("partial") or PARTIAL[kind]
    if kind == "matching":
        content["pairs"] = _keyed(said.get("pairs", []), old.get("pairs", []), "left")
    else:
        content["items"] = _keyed(said.get("items", []), old.get("items", []), "text")
    return content


def _keyed(rows: list[dict[str, Any]], old: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Give each entry the key it has in the bank, known by its words; a new one a new key."""
    keys: dict[str, list[str]] = {}
    for entry in old:
        keys.setdefault(tidy(entry[name]), []).append(entry["key"])
    return [{"key": (keys.get(row[name]) or [str(uuid4())]).pop(0), **row} for row in rows]


def _blanks(said: Content, old: Content) -> Content:
    known = {blank["key"]: blank for blank in _in_order(old)["blanks"]} if old else {}
    blanks = []
    for blank in said.get("blanks", []):
        is_typed = not blank.get("choices")
        earlier = known.get(blank["key"], {})
        flags = {name: earlier.get(name, is_typed and name == "ignore_case") for name in IGNORE[:2]}
        blanks.append({**flags, **blank})
    return {**said, "blanks": blanks}


def _in_order(content: Content) -> Content:
    """Return blanks named 1, 2, … in the order of their marks."""
    text, blanks = str(content.get("text", "")), list(content.get("blanks", []))
    blanks.sort(key=lambda blank: text.find(f"[[{blank['key']}]]"))
    for number, blank in enumerate(blanks, start=1):
        text = text.replace(f"[[{blank['key']}]]", f"[[\0{number}]]")
    renamed = [{**blank, "key": str(number)} for number, blank in enumerate(blanks, start=1)]
    return {"text": text.replace("[[\0", "[["), "blanks": renamed}


def _case(said: Content, old: Content) -> Content:
    earlier = old.get("parts", [])
    parts = []
    for place, part in enumerate(said.get("parts", [])):
        known = earlier[place] if place < len(earlier) and earlier[place]["kind"] == part["kind"] else None
        content = completed(part["kind"], part["content"], known["content"] if known else None)
        parts.append({**part, "key": known["key"] if known else part["key"], "content": content})
    return {**said, "parts": parts}


_COMPLETED: dict[str, Callable[[Content, Content], Content]] = {
    "numeric": _numeric,
    "short_text": _short,
    "blanks": _blanks,
    "case": _case,
    "spreadsheet": _spreadsheet,
}


def plain_content(kind: str, content: Content) -> Content:
    """Return a content in one form, without keys, so that two that say the same are equal. Raises Malformed."""
    whole = content_of(kind, content).to_json()
    if kind == "blanks":
        whole = _in_order(whole)
        for blank in whole["blanks"]:
            if blank["choices"]:
                blank.update(dict.fromkeys(IGNORE[:2], False))
    if kind == "case":
        whole["parts"] = [
            {**part, "content": plain_content(part["kind"], part["content"])} for part in whole["parts"]
        ]
    return _plain(whole)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if name != "key"}
        return {name: _number(one) if name in NUMBERS else _plain(one) for name, one in kept.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return tidy(value) if isinstance(value, str) else value


def _number(text: str) -> str:
    number = number_of(text)
    return tidy(text) if number is None else written(number)


def meaning(kind: str, text: str, content: Content) -> str:
    """Return what tells two questions apart, whatever their code. Raises Malformed.

    What stands above a passage tells nothing: another file may not say it.
    """
    words = "" if kind in WITH_PASSAGE else tidy(text)
    return json.dumps([kind, words, plain_content(kind, content)], sort_keys=True, ensure_ascii=False)


def asked(text: str, content: Mapping[str, Any]) -> str:
    """Return what a question asks: its words, and its passage where it has one."""
    return " ".join(filter(None, [text, str(content.get("text") or content.get("instructions") or "")]))


def texts_said(kind: str, content: Content) -> list[str]:
    """Return the words of the answers: what is right and what is wrong, no rules."""
    rest = {name: value for name, value in content.items() if name not in ("text", "instructions")}
    return [] if kind == "true_false" else list(texts_in(rest))


def answer_words(kind: str, content: Content) -> str:
    """Return the answer as an author reads it in the preview."""
    return "\n".join(_WORDS[kind](content))


def _choice_words(content: Content) -> list[str]:
    lines = [f"{'✔' if option['is_right'] else '✘'} {option['text']}" for option in content["options"]]
    return [*lines, *_rule(content)]


def _rule(content: Content) -> list[str]:
    rule = content.get("partial", "none")
    return [] if rule == "none" else [f"({PARTIAL_WORDS[rule]})"]


def _blank_words(content: Content) -> list[str]:
    lines = [content["text"]]
    for blank in content["blanks"]:
        said = " | ".join(_shared(answer) for answer in blank["answers"])
        wrong = [f"✘ {choice}" for choice in blank["choices"] if choice not in said]
        lines.append(f"[[{blank['key']}]] {' '.join([said, *wrong])}{_ignored(blank)}")
    return lines


def _shared(answer: Mapping[str, Any]) -> str:
    return answer["text"] if answer["percent"] == 100 else f"{answer['text']} ({answer['percent']} %)"


def _ignored(content: Mapping[str, Any]) -> str:
    names = [name.removeprefix("ignore_") for name in IGNORE if content.get(name)]
    return f" (≈ {', '.join(names)})" if names else ""


def _numeric_words(content: Content) -> list[str]:
    sign = " %" if content["tolerance_kind"] == "percent" else ""
    units = "; ".join(f"{unit['unit']} = {unit['factor']}" for unit in content["units"])
    required = " *" if content["unit_required"] else ""
    return [f"{content['value']} ± {content['tolerance']}{sign}", *([f"{units}{required}"] if units else [])]


def _pair_words(content: Content) -> list[str]:
    pairs = [f"{pair['left']} → {pair['right']}" for pair in content["pairs"]]
    return [*pairs, *(f"✘ → {decoy}" for decoy in content["decoys"]), *_rule(content)]


def _case_words(content: Content) -> list[str]:
    lines = [content["text"]]
    for number, part in enumerate(content["parts"], start=1):
        lines.append(f"{number}. {part['text']} ({part['points']})")
        lines += [f"   {line}" for line in _WORDS[part["kind"]](part["content"])]
    return lines


def _sheet_words(content: Content) -> list[str]:
    rules = [
        " ".join(str(rule.get(name, "")) for name in ("sheet", "cell", "check", "value"))
        for rule in content["rules"]
    ]
    return [content["instructions"], *rules]


_WORDS: dict[str, Any] = {
    **dict.fromkeys(CHOICES, _choice_words),
    "matching": _pair_words,
    "ordering": lambda content: [
        *(f"{number}. {item['text']}" for number, item in enumerate(content["items"], start=1)),
        *_rule(content),
    ],
    "numeric": _numeric_words,
    "short_text": lambda content: ["; ".join(map(_shared, content["answers"])) + _ignored(content)],
    "blanks": _blank_words,
    "case": _case_words,
    "spreadsheet": _sheet_words,
}
