"""Several threads make documents at once: each gets its own letters."""

import contextlib
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lms.base.documents import Document, Paragraph, page, render_pdf
from lms.base.documents.specimen import LETTERS

HANDS = 6
ROUNDS = 15
DOCUMENTS = [
    Document(None, None, (Paragraph("".join(LETTERS[start : start + 40]) * 3),))
    for start in range(0, 134, 11)
]


@pytest.fixture(autouse=True)
def _hasty():
    """Let threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def wrong_ones() -> int:
    """Render every document many times in many threads; return how many differ from the one made alone."""
    alone = [render_pdf(document) for document in DOCUMENTS]

    def differs(number: int) -> bool:
        place = number % len(DOCUMENTS)
        try:
            return render_pdf(DOCUMENTS[place]) != alone[place]
        except Exception:
            return True

    with ThreadPoolExecutor(HANDS) as hands:
        return sum(hands.map(differs, range(len(DOCUMENTS) * ROUNDS)))


def test_all_are_as_if_made_alone():
    assert wrong_ones() == 0


def test_the_control_without_turns_mixes_them_up(monkeypatch):
    monkeypatch.setattr(page, "CUTTING", contextlib.nullcontext())
    wrong = max(wrong_ones() for _ in range(2))
    print(f"\ncontrol: {wrong} of {len(DOCUMENTS) * ROUNDS} documents wrong")
    assert wrong > 0
