"""GIFT, one question a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.banks.found import Found
from courses.banks.notes import ignored_of, tags_of, units_of
from courses.banks.numbers import written
from courses.banks.reading.categories import path_of
from courses.banks.reading.gift_signs import escaped
from courses.banks.writing.moodle import truth_of
from courses.banks.writing.written import (
    Written,
    is_told_by_weights,
    name_of,
    tolerance_of,
    weights,
    without_form,
)

Notes = dict[str, str]
_MARK = re.compile(r"\[\[\w{1,20}\]\]")
_ENDS = re.compile(r"\s*[.?!:;]*\s*")


def write_gift(questions: Iterable[Found]) -> Written:
    """Return the questions as GIFT; types it lacks are named and left out."""
    done, blocks, topic = Written(), [], None
    for found in questions:
        write = _KINDS.get(found.kind)
        if write is None:
            done.leave_out(found, without_form(found.kind))
            continue
        notes: Notes = {"points": written(found.points)} if found.points and found.points != 1 else {}
        body = write(done, found, notes)
        if body is None:
            continue
        if (found.topic or "") != topic:
            topic = found.topic or ""
            blocks.append(f"$CATEGORY: {path_of(topic)}".replace("\\", "\\\\"))
        blocks.append(_remarks(found, notes) + f"::{escaped(name_of(found))}::[plain]{body}")
        done.count += 1
    done.content = ("\n\n".join(blocks) + "\n").encode()
    return done


def _remarks(found: Found, notes: Notes) -> str:
    marks = [f"[id:{_noted(found.code)}]"] if found.code else []
    marks += [f"[tag:{_noted(tag)}]" for tag in tags_of(found, **notes)]
    return f"// {' '.join(marks)}\n" if marks else ""


def _noted(text: str) -> str:
    return re.sub(r"[\]\\]", r"\\\g<0>", text)


def _whole(found: Found, answer: str) -> str:
    said = f"####{escaped(found.explanation)}" if found.explanation else ""
    return f"{escaped(found.text)} {{{answer}{said}}}"


def _option(sign: str, text: str, share: Decimal | None = None) -> str:
    words = escaped(text)
    if share is None and words.startswith("%"):
        share = Decimal(100 if sign == "=" else 0)
    return f"\n\t{sign}{'' if share is None else f'%{written(share)}%'}{words}"


def _single(done: Written, found: Found, notes: Notes) -> str:
    options = found.content["options"]
    return _whole(
        found, "".join(_option("=" if one["is_right"] else "~", one["text"]) for one in options) + "\n"
    )


def _multiple(done: Written, found: Found, notes: Notes) -> str:
    content, partial = found.content, found.content.get("partial", "none")
    if partial == "none":
        done.warn(found, _("Moodle gives part of the points where only some right options are chosen."))
    if not is_told_by_weights(content):
        notes["partial"] = partial
    pairs = zip(content["options"], weights(content), strict=True)
    return _whole(found, "".join(_option("~", option["text"], share) for option, share in pairs) + "\n")


def _true_false(done: Written, found: Found, notes: Notes) -> str:
    return _whole(found, "TRUE" if truth_of(found.content) else "FALSE")


def _matching(done: Written, found: Found, notes: Notes) -> str | None:
    content = found.content
    rows = [(pair["left"], pair["right"]) for pair in content["pairs"]]
    rows += [("", decoy) for decoy in content.get("decoys", [])]
    if any("->" in text for row in rows for text in row):
        done.leave_out(
            found, _("One of its lines holds “->”, which GIFT takes for the sign between partners.")
        )
        return None
    if content.get("partial", "none") == "none":
        done.warn(found, _("Moodle gives part of the points for each pair."))
    notes["partial"] = content.get("partial", "none")
    return _whole(found, "".join(f"\n\t={escaped(left)} -> {escaped(right)}" for left, right in rows) + "\n")


def _numeric(done: Written, found: Found, notes: Notes) -> str:
    content = found.content
    if content.get("tolerance_kind") == "percent":
        notes["percent"] = content["tolerance"]
    if content.get("units"):
        notes["units"] = units_of(content)
        notes["unit"] = "required" if content.get("unit_required") else "free"
        done.warn(found, _("GIFT has no units: another program will ask for the number alone."))
    return _whole(found, f"#{content['value']}:{tolerance_of(content)}")


def _short(done: Written, found: Found, notes: Notes) -> str:
    content = found.content
    notes["ignore"] = ignored_of(content)
    if content.get("ignore_accents") or content.get("ignore_punctuation"):
        done.warn(found, _("Moodle compares accents and punctuation exactly."))
    return _whole(found, _accepted(content["answers"]))


def _accepted(answers: list[dict[str, object]]) -> str:
    shares = [(str(one["text"]).replace("*", "\\*"), Decimal(str(one["percent"]))) for one in answers]
    return "".join(_option("=", text, None if share == 100 else share) for text, share in shares) + "\n"


def _blanks(done: Written, found: Found, notes: Notes) -> str | None:
    """One typed blank with words behind it is GIFT's missing word."""
    content = found.content
    parts = _MARK.split(content["text"])
    if (
        len(parts) != 2
        or content["blanks"][0].get("choices")
        or _ENDS.fullmatch(parts[1])
        or "_____" in content["text"]
    ):
        done.leave_out(found, _("GIFT has only one typed blank within a sentence."))
        return None
    blank = content["blanks"][0]
    notes["ignore"] = ignored_of(blank)
    if blank.get("ignore_accents"):
        done.warn(found, _("Moodle compares accents and punctuation exactly."))
    said = f"####{escaped(found.explanation)}" if found.explanation else ""
    return f"{escaped(parts[0])}{{{_accepted(blank['answers'])}{said}}}{escaped(parts[1])}"


_KINDS: dict[str, Callable[[Written, Found, Notes], str | None]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "numeric": _numeric,
    "short_text": _short,
    "blanks": _blanks,
}
