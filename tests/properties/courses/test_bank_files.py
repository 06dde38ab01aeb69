"""A bank written as a file and read again says the same, whatever its texts hold."""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from courses.banks.comparing import completed, meaning
from courses.banks.found import Found
from courses.banks.notes import take_notes
from courses.banks.reading import read_bank
from courses.banks.reading.instructions import FILL_IN
from courses.banks.words import one_line, tidy
from courses.banks.writing import write_gift, write_moodle, write_workbook
from courses.questions import content_of, problems
from lms.base.importing import FileRefused

# Everything that means something to one of the formats, and to Vietnamese.
SIGNS = "abz ĂđƯờẽ0159 ~=#{}:\\%>-/|[]()<>&;\"'*@+.,?!$_\u0301²±\n\t"
texts = st.text(SIGNS, min_size=1, max_size=40).map(tidy).filter(bool)
lines = st.text(SIGNS.replace("\n", ""), min_size=1, max_size=25).map(one_line).filter(bool)
numbers = st.decimals(-10_000, 10_000, places=3).map(lambda number: f"{number.normalize():f}")
percents = st.integers(1, 99)
booleans = st.booleans()


@st.composite
def choices(draw, kind):
    words = draw(st.lists(lines, min_size=2, max_size=6, unique=True))
    rights = draw(
        st.sets(st.integers(0, len(words) - 1), min_size=1, max_size=1 if kind == "single" else None)
    )
    rules = ("none", "per_right", "right_minus_wrong") if kind == "multiple" else ("none",)
    return kind, {
        "options": [{"text": word, "is_right": place in rights} for place, word in enumerate(words)],
        "partial": draw(st.sampled_from(rules)),
    }


@st.composite
def truths(draw):
    said = draw(booleans)
    return "true_false", {
        "options": [{"text": "Đúng", "is_right": said}, {"text": "Sai", "is_right": not said}]
    }


@st.composite
def matchings(draw):
    lefts = draw(st.lists(lines, min_size=2, max_size=5, unique=True))
    rights = draw(st.lists(lines, min_size=len(lefts), max_size=len(lefts), unique=True))
    decoys = draw(st.lists(lines.filter(lambda text: text not in rights), max_size=2, unique=True))
    pairs = [{"left": left, "right": right} for left, right in zip(lefts, rights, strict=True)]
    return "matching", {
        "pairs": pairs,
        "decoys": decoys,
        "partial": draw(st.sampled_from(["none", "per_pair"])),
    }


@st.composite
def orderings(draw):
    items = draw(st.lists(lines, min_size=2, max_size=6, unique=True))
    rule = draw(st.sampled_from(["none", "per_position", "per_neighbours"]))
    return "ordering", {"items": [{"text": item} for item in items], "partial": rule}


@st.composite
def numerics(draw):
    kind = draw(st.sampled_from(["absolute", "percent"]))
    units = draw(
        st.sampled_from([[], [("km", "1"), ("m", "0.001")], [("giờ", "1"), ("phút", "0.0166666666")]])
    )
    return "numeric", {
        "value": draw(numbers),
        "tolerance": draw(numbers).lstrip("-"),
        "tolerance_kind": kind,
        "units": [{"unit": name, "factor": factor} for name, factor in units],
        "unit_required": bool(units) and draw(booleans),
    }


@st.composite
def shorts(draw):
    words = draw(st.lists(lines, min_size=1, max_size=4, unique=True))
    answers = [
        {"text": word, "percent": 100 if not place else draw(percents)} for place, word in enumerate(words)
    ]
    return "short_text", {
        "answers": answers,
        **{f"ignore_{one}": draw(booleans) for one in ("case", "accents", "punctuation")},
    }


@st.composite
def blanks(draw):
    count = draw(st.integers(1, 3))
    parts = draw(
        st.lists(
            lines.filter(lambda text: "[" not in text and "{" not in text),
            min_size=count + 1,
            max_size=count + 1,
        )
    )
    flags = {"ignore_case": draw(booleans), "ignore_accents": draw(booleans)}
    rows = []
    for number in range(1, count + 1):
        words = draw(st.lists(lines, min_size=2, max_size=4, unique=True))
        if draw(booleans):
            rows.append(
                {"key": str(number), "answers": [{"text": words[0], "percent": 100}], "choices": words}
            )
        else:
            answers = [
                {"text": word, "percent": 100 if not place else draw(percents)}
                for place, word in enumerate(words)
            ]
            rows.append({"key": str(number), "answers": answers, "choices": [], **flags})
    text = "".join(f"{part} [[{number}]] " for number, part in enumerate(parts[:-1], start=1)) + parts[-1]
    return "blanks", {"text": tidy(text), "blanks": rows}


KINDS = (
    choices("single"),
    choices("multiple"),
    truths(),
    matchings(),
    orderings(),
    numerics(),
    shorts(),
    blanks(),
)


@st.composite
def questions(draw):
    kind, said = draw(st.one_of(*KINDS))
    content = completed(kind, said, None)
    assume(not problems(content_of(kind, content)))
    return Found(
        1,
        kind=kind,
        text=FILL_IN if kind == "blanks" else draw(texts),
        content=content,
        explanation=draw(st.one_of(st.just(""), texts)),
        topic=draw(st.sampled_from(["", "An toàn", "An toàn / Mật khẩu", "A/B / C"])),
        difficulty=draw(st.integers(1, 3)),
        points=Decimal(draw(st.integers(1, 100))),
        code=draw(st.sampled_from(["", "NH-1", "mã [2] & 3"])),
    )


def comes_back(found, write, name):
    done = write([found])
    if any(problem.severity == "error" for problem in done.problems):
        assert done.count == 0
        return
    try:
        reading = read_bank(done.content, name)
    except FileRefused as refusal:
        # A few invented words may look like TCVN3 or VNI; a bank's words do not.
        assume("mã" not in str(refusal) and "encoding" not in str(refusal))
        raise
    (again,) = reading.questions
    take_notes(again)
    assert [problem.message for problem in again.problems] == []
    assert again.kind == found.kind
    # What the file does not say stays as the bank has it.
    assert meaning(again.kind, again.text, completed(again.kind, again.content, found.content)) == meaning(
        found.kind, found.text, found.content
    )
    assert (again.text, again.explanation or "", again.difficulty) == (
        found.text,
        found.explanation,
        found.difficulty,
    )
    assert (again.topic or "").replace(" / ", "/") == found.topic.replace(" / ", "/")
    assert (again.points or 1, again.code) == (found.points, found.code)


few = settings(
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@few
@given(questions())
def test_a_workbook_comes_back_as_it_went(found):
    comes_back(found, write_workbook, "a.xlsx")


@few
@given(questions())
def test_moodle_xml_comes_back_as_it_went(found):
    comes_back(found, write_moodle, "a.xml")


@few
@given(questions())
def test_gift_comes_back_as_it_went(found):
    comes_back(found, write_gift, "a.gift")


@settings(max_examples=60, deadline=None)
@given(st.text("{}=~#%:\\/$[]-> \nabTF.1"))
def test_whatever_looks_like_gift_gets_sentences_and_never_an_error(text):
    try:
        reading = read_bank(f"a {text}".encode(), "a.gift")
    except FileRefused as refusal:
        assert str(refusal)
        return
    for found in reading.questions:
        take_notes(found)
        if found.refused:
            assert all(problem.message and problem.row >= 1 for problem in found.problems)
        else:
            content_of(found.kind, completed(found.kind, found.content, None))


CLOZE = st.text("{}=~#%:\\1SAMCNR[]<>& ab", max_size=60)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        ["cloze", "multichoice", "numerical", "matching", "gapselect", "ordering", "shortanswer", "x"]
    ),
    CLOZE,
)
def test_whatever_stands_in_a_quiz_gets_sentences_and_never_an_error(kind, text):
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    body = f'<quiz><question type="{kind}"><questiontext><text>{safe}</text></questiontext><answer fraction="100"><text>{safe}</text></answer></question></quiz>'
    reading = read_bank(body.encode(), "a.xml")
    for found in reading.questions:
        take_notes(found)
        if found.refused:
            assert all(problem.message and problem.row >= 1 for problem in found.problems)
        else:
            content_of(found.kind, completed(found.kind, found.content, None))
