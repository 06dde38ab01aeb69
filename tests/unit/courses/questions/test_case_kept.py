"""Typing a case anew keeps what its form does not show."""

from __future__ import annotations

import pytest

from courses.questions import content_of
from courses.questions.case_kept import with_kept
from courses.questions.case_text import Unreadable, parts_of, text_of
from tests.factories.questions import CONTENTS

BEFORE = content_of(
    "case",
    {
        "text": "Một hồ sơ đến muộn.",
        "parts": [
            {"key": f"p{n}", "kind": kind, "text": f"Câu {n}?", "points": n, "content": CONTENTS[kind]}
            for n, kind in enumerate(("multiple", "matching", "ordering", "numeric", "short_text"), start=1)
        ],
    },
).parts
TYPED = text_of(BEFORE)


def kept(text: str):
    return with_kept(parts_of(text), BEFORE)


def test_unchanged_lines_are_the_same_case():
    assert kept(TYPED) == BEFORE


def test_the_control_typing_alone_loses_what_is_not_shown():
    assert parts_of(TYPED) != BEFORE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Phương án 3", "Phương án khác"),
        ("Máy", "Máy"),
        ("Câu 2?", "Câu hai?"),
        ("Thẩm định", "Thẩm tra"),
        ("73,91", "80"),
        ("# short_text | 5", "# short_text | 7"),
    ],
)
def test_a_changed_line_changes_nothing_else(old, new):
    parts = kept(TYPED.replace(old, new))
    assert [part.key for part in parts] == ["p1", "p2", "p3", "p4", "p5"]
    multiple, matching, ordering, numeric, short = [part.content for part in parts]
    assert multiple.partial == "right_minus_wrong"
    assert (matching.partial, matching.decoys) == ("per_pair", ["Máy fax"])
    assert ordering.partial == "per_neighbours"
    assert [(one.unit, one.factor) for one in numeric.units] == [("km", "1"), ("dặm", "1.609391")]
    assert numeric.unit_required is True
    assert (short.ignore_case, short.ignore_accents, short.ignore_punctuation) == (True, False, False)


def test_a_question_moved_taken_out_or_put_first_keeps_its_own():
    blocks = TYPED.split("\n\n")
    moved = kept("\n\n".join(["# single | 1\nMới?\n* a\n- b", blocks[4], blocks[1]]))
    assert [part.key for part in moved] == ["1", "p5", "p2"]
    assert moved[1] == BEFORE[4]
    assert moved[2].content.decoys == ["Máy fax"]


def test_another_unit_beside_further_units_is_refused_with_its_question():
    with pytest.raises(Unreadable, match=r"4.*km"):
        kept(TYPED.replace("km", "m"))


def test_a_new_question_takes_no_key_of_another():
    before = content_of("case", {"text": "t", "parts": [
        {"key": "2", "kind": "single", "text": "Cũ?", "points": 1, "content": CONTENTS["single"]}
    ]}).parts  # fmt: skip
    typed = parts_of(text_of(before) + "\n\n# single | 1\nMới?\n* a\n- b")
    assert [part.key for part in with_kept(typed, before)] == ["2", "3"]
