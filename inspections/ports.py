"""Questions this room asks without knowing who answers: lms/followup registers the answers."""

from collections.abc import Callable
from datetime import date
from typing import Any

# Was this person trained to lead inspections (Điều 12.2 NĐ 217/2025) on that day? None: nobody knows.
TrainedOn = Callable[[Any, date], bool | None]

_answers: dict[str, TrainedOn] = {}


def answer_training_with(answer: TrainedOn) -> None:
    """Register who knows whether a leader is trained."""
    _answers["trained"] = answer


def is_trained(person: Any, on: date) -> bool | None:
    """Ask whether the person was trained to lead on that day; None where nobody can say."""
    answer = _answers.get("trained")
    return answer(person, on) if answer else None
