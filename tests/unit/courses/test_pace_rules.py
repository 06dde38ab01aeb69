"""How fast a lesson can be gone through at all."""

from __future__ import annotations

import pytest

from courses.rules import Reading, least_seconds, refuse_haste


@pytest.mark.parametrize(
    ("stated", "content", "percent", "least"),
    [
        (20, Reading(words=300), 33, 396),  # a third of twenty minutes
        (15, Reading(), 33, 297),
        (15, Reading(), 0, 0),  # switched off
        (15, Reading(), 100, 900),
        (5, Reading(words=1400), 33, 396),  # 1,400 words are twenty minutes, whatever the author says
        (5, Reading(words=350, videos=1, video_minutes=15), 30, 360),
        (0, Reading(), 33, 0),
    ],
)
def test_the_least_time_is_a_share_of_what_is_stated_or_of_what_there_is(stated, content, percent, least):
    assert least_seconds(stated, content, percent) == least


def test_a_reader_at_two_hundred_words_a_minute_never_waits():
    for words in (70, 350, 1400, 7000):
        content = Reading(words=words)
        assert least_seconds(round(words / 70), content, 33) <= words / 200 * 60


def test_twenty_minutes_are_not_done_in_twenty_seconds():
    content = Reading(words=1234, videos=2)
    refusal = refuse_haste(seconds=20, least=396, content=content)
    assert refusal is not None
    assert refusal.code == "too_fast"
    assert "1234" in refusal.sentence.replace(".", "").replace(",", "")
    assert "7" in refusal.sentence  # minutes still to go, rounded up
    assert refuse_haste(seconds=395.9, least=396, content=content) is not None
    assert refuse_haste(seconds=396, least=396, content=content) is None
    assert refuse_haste(seconds=0, least=0, content=content) is None
