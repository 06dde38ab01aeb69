"""How fast a lesson can be gone through at all.

Elsewhere courses of twenty minutes were "completed" in twenty seconds. The server's clock runs from the first
opening of a lesson to the wish to finish it; only one lesson is open at a time, so the lessons' times add up to
the course's. Asked is a share of the minutes the lesson states, by default a third. Stated minutes are counted
at a calm sixty to eighty words a minute with thinking and notes; silent reading of Vietnamese is about two
hundred words a minute: who reads every word quickly and without a pause needs about a third and never waits.
Where text and videos together are longer than the author's figure, they count instead. Per lesson and not per
course: a learner is told at the lesson what is still to read there, and a long pause in one lesson buys no haste
in another. Practice (H5P) is not counted: the lesson waits for it anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.rules.refusal import Refusal

WORDS_A_MINUTE = 70


@dataclass(frozen=True)
class Reading:
    """What a lesson holds for the eyes and ears."""

    words: int = 0
    videos: int = 0
    video_minutes: int = 0


def content_minutes(content: Reading) -> float:
    """Return how long the content takes at a calm pace."""
    return content.words / WORDS_A_MINUTE + content.video_minutes


def least_seconds(stated_minutes: int, content: Reading, pace_percent: int) -> int:
    """Return the seconds a lesson takes at least; 0 where the course does not ask."""
    return ceil(max(stated_minutes, content_minutes(content)) * 60 * pace_percent / 100)


def refuse_haste(*, seconds: float, least: int, content: Reading) -> Refusal | None:
    """Say kindly that a lesson cannot be read yet and what is still to read, or None where it can."""
    if seconds >= least:
        return None
    left = max(1, ceil((least - seconds) / 60))
    wait = ngettext(
        "You can finish it in about %(count)s minute.", "You can finish it in about %(count)s minutes.", left
    ) % {"count": left}
    return Refusal("too_fast", " ".join([_still_to_read(content), wait]))


def _still_to_read(content: Reading) -> str:
    words = ngettext("%(count)s word", "%(count)s words", content.words) % {"count": content.words}
    if not content.videos:
        return _("Please take your time: this lesson has %(words)s to read.") % {"words": words}
    videos = ngettext("%(count)s video", "%(count)s videos", content.videos) % {"count": content.videos}
    return _("Please take your time: this lesson has %(words)s to read and %(videos)s to watch.") % {
        "words": words,
        "videos": videos,
    }
