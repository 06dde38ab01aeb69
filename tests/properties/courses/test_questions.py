"""What must hold for every type of question, whatever its content and whatever is answered."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.questions import content_of, grade, problems, refuse_response, shown
from courses.questions.content import key_for
from courses.questions.wording import Likeness
from lms.base.vietnamese import nfc
from tests.factories.questions import CONTENTS

WORDS = st.text("abđêơưÀáạ123 ", min_size=1, max_size=8).map(str.strip).filter(bool)
LINES = st.lists(WORDS, min_size=2, max_size=7, unique_by=lambda text: nfc(text).casefold())


@st.composite
def questions(draw: Any) -> Any:
    """Draw a content of one of the types whose key can be answered."""
    lines = draw(LINES)
    kind = draw(
        st.sampled_from(["single", "multiple", "matching", "ordering", "numeric", "short_text", "blanks"])
    )
    if kind in ("single", "multiple"):
        right = draw(st.integers(1, len(lines) if kind == "multiple" else 1))
        rows = [{"key": key_for(one), "text": one, "is_right": n < right} for n, one in enumerate(lines)]
        partial = (
            draw(st.sampled_from(["none", "per_right", "right_minus_wrong"]))
            if kind == "multiple"
            else "none"
        )
        return content_of(kind, {"options": rows, "partial": partial})
    if kind == "matching":
        pairs = [{"key": key_for(one), "left": one, "right": f"{one}→"} for one in lines]
        return content_of(kind, {"pairs": pairs, "partial": draw(st.sampled_from(["none", "per_pair"]))})
    if kind == "ordering":
        partial = draw(st.sampled_from(["none", "per_position", "per_neighbours"]))
        return content_of(
            kind, {"items": [{"key": key_for(one), "text": one} for one in lines], "partial": partial}
        )
    if kind == "numeric":
        value = f"{draw(st.decimals(-9999, 9999, places=draw(st.integers(0, 4)))):f}"
        return content_of(kind, {"value": value, "tolerance": draw(st.sampled_from(["0", "0.5"]))})
    if kind == "short_text":
        shares = [100, *draw(st.lists(st.integers(1, 100), min_size=len(lines) - 1, max_size=len(lines) - 1))]
        answers = [{"text": one, "percent": share} for one, share in zip(lines, shares, strict=True)]
        return content_of(kind, {"answers": answers})
    blanks = [{"key": str(n), "answers": [{"text": one}]} for n, one in enumerate(lines)]
    return content_of(kind, {"text": " ".join(f"[[{n}]]" for n in range(len(lines))), "blanks": blanks})


def turned(value: Any) -> Any:
    """Return the same response with every object and list of options the other way round."""
    if isinstance(value, dict):
        return {name: turned(value[name]) for name in reversed(value)}
    return value[::-1] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers())
def test_the_key_fits_what_is_shown_and_earns_everything_whatever_its_order(content, seed):
    assert problems(content) == []
    key = content.key()
    assert refuse_response(shown(content, random.Random(seed)), key) is None
    assert grade(content, key) == grade(content, turned(key)) == 1
    assert grade(content, {}) == 0 or content.kind == "numeric"
    assert content_of(content.kind, json.loads(json.dumps(content.to_json()))) == content


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 9) | st.text("ab1,. ", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab1"), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["chosen", "pairs", "places", "number", "unit", "text", "blanks", "parts", "upload"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(CONTENTS)), st.dictionaries(NAMES, JSON, max_size=3) | JSON, st.integers())
def test_no_response_however_odd_breaks_anything_or_earns_more_than_all(kind, response, seed):
    content = content_of(kind, CONTENTS[kind])
    seen = shown(content, random.Random(seed))
    refusal = refuse_response(seen, response)
    assert refusal is None or len(refusal) > 10
    if refusal is None:
        assert 0 <= grade(content, response) <= 1


@given(questions(), st.integers())
@settings(max_examples=100, deadline=None)
def test_what_is_shown_holds_no_string_that_only_the_key_holds(content, seed):
    text = json.dumps(shown(content, random.Random(seed)), ensure_ascii=False)
    for word in ("is_right", "percent", "answers", "tolerance", "factor", "value", "partial", "rules"):
        assert f'"{word}"' not in text
    if content.kind == "ordering":
        keys = [item["key"] for item in shown(content, random.Random(seed))["items"]]
        assert sorted(keys) == sorted(item.key for item in content.items)
        assert "place" not in text


@pytest.mark.parametrize("kind", sorted(set(CONTENTS) - {"spreadsheet"}))
def test_more_of_the_key_never_earns_less(kind):
    content = content_of(kind, CONTENTS[kind])
    [(name, whole)] = content.key().items() if kind != "numeric" else [("number", content.key()["number"])]
    credit = Fraction(0)
    if isinstance(whole, dict):
        for count in range(len(whole) + 1):
            given_now = grade(content, {name: dict(list(whole.items())[:count])})
            assert given_now >= credit
            credit = given_now
    assert grade(content, content.key()) == 1


@given(WORDS, WORDS)
def test_ignoring_more_never_tells_two_texts_apart(one, other):
    strict = Likeness().same(one, other)
    lax = Likeness(ignore_case=True, ignore_accents=True, ignore_punctuation=True).same(one, other)
    assert lax or not strict
    assert Likeness().same(one, one)
