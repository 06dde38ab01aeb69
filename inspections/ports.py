"""Questions this room asks without knowing who answers: lms/followup registers the answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Asked:
    """One person who was asked to learn something as part of a remedy."""

    name: str
    course: str
    due_on: date
    completed_on: date | None


@dataclass(frozen=True)
class Training:
    """What a remedy has to do with training: where a course is proposed (nowhere: not here, not now), and to whom."""

    url: str
    asked: Sequence[Asked]


# From a remedy and who looks at it.
TrainingFor = Callable[[Any, Any], Training | None]
_training: list[TrainingFor] = []


def answer_training_for(find: TrainingFor) -> None:
    """Register who knows what training a remedy asks for."""
    _training[:] = [find]


def training_for(remedy: Any, person: Any) -> Training | None:
    """Ask what training a remedy asks for; None where nobody knows."""
    return _training[0](remedy, person) if _training else None
