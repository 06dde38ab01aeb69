"""What of an attempt a person should look at: figures against limits, nothing more.

Every limit is generous: an honest quick reader, a computer room behind one address or a shared office machine
are common, so a signal is a question to a person, and the page says so beside each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from courses.states import Signal

SECONDS_A_QUESTION = 5  # to read a question and its options takes longer
FAST_GAP = 2  # seconds between the answers to two questions
FAST_SHARE = 0.5
SMALLEST_EXAM = 5  # below it, figures say nothing
SAME_SHARE = 0.9
SAME_WRONG = 3
AWAY, ADDRESSES = 5, 4


@dataclass(frozen=True)
class Told:
    """The last answer to one question."""

    response: Any
    is_right: bool
    saved_at: datetime

    @property
    def canonical(self) -> str:
        """The answer as one text: the order in which options were clicked says nothing."""
        chosen = self.response.get("chosen") if isinstance(self.response, dict) else None
        plain = {**self.response, "chosen": sorted(chosen)} if isinstance(chosen, list) else self.response
        return json.dumps(plain, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Seen:
    """What is known of one attempt."""

    key: str
    person_id: int
    started_at: datetime
    closed_at: datetime
    questions: int
    answers: Mapping[int, Told] = field(default_factory=dict)  # by the question of the bank
    devices: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()
    away: int = 0


def signals_of(attempt: Seen, others: Sequence[Seen]) -> dict[Signal, dict[str, Any]]:
    """Return what should be looked at, each with its figures; `others` share an address or a device."""
    found = {
        Signal.FAST_WHOLE: fast_whole(attempt),
        Signal.FAST_QUESTION: fast_questions(attempt),
        Signal.SAME_ANSWERS: same_answers(attempt, others),
        Signal.SHARED_DEVICE: shared_device(attempt, others),
        Signal.FOCUS_LOST: {"times": attempt.away} if attempt.away >= AWAY else {},
        Signal.MANY_ADDRESSES: _many_addresses(attempt),
    }
    return {signal: facts for signal, facts in found.items() if facts}


def fast_whole(attempt: Seen) -> dict[str, Any]:
    """Notice that nearly all questions were answered in less time than reading them takes."""
    answered = len(attempt.answers)
    if attempt.questions < SMALLEST_EXAM or answered < 0.8 * attempt.questions:
        return {}
    last = max(told.saved_at for told in attempt.answers.values())
    seconds = int((last - attempt.started_at).total_seconds())
    if seconds >= SECONDS_A_QUESTION * answered:
        return {}
    return {"seconds": seconds, "answered": answered}


def fast_questions(attempt: Seen) -> dict[str, Any]:
    """Notice that half of the answers followed the one before in a moment."""
    times = sorted(told.saved_at for told in attempt.answers.values())
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    quick = sum(gap < FAST_GAP for gap in gaps)
    if len(times) < SMALLEST_EXAM or quick < FAST_SHARE * len(gaps):
        return {}
    return {"quick": quick, "answered": len(times), "within": FAST_GAP}


def same_answers(attempt: Seen, others: Sequence[Seen]) -> dict[str, Any]:
    """Notice another person's attempt from one address whose answers are the same, the wrong ones among them."""
    for other in others:
        if other.person_id == attempt.person_id or not attempt.addresses & other.addresses:
            continue
        both = attempt.answers.keys() & other.answers.keys()
        same = [q for q in both if attempt.answers[q].canonical == other.answers[q].canonical]
        wrong = sum(not attempt.answers[question].is_right for question in same)
        if len(both) >= SMALLEST_EXAM and len(same) >= SAME_SHARE * len(both) and wrong >= SAME_WRONG:
            return {"other": other.key, "same": len(same), "of": len(both), "wrong": wrong}
    return {}


def shared_device(attempt: Seen, others: Sequence[Seen]) -> dict[str, Any]:
    """Notice that other persons sat this exam in the same browser."""
    persons = {
        other.person_id
        for other in others
        if other.person_id != attempt.person_id and other.devices & attempt.devices
    }
    return {"persons": len(persons)} if persons else {}


def _many_addresses(attempt: Seen) -> dict[str, Any]:
    return {"addresses": len(attempt.addresses)} if len(attempt.addresses) >= ADDRESSES else {}
