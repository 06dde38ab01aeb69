"""A no with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a name for tests and machines, a sentence for people."""

    code: str
    sentence: str


class Refused(Exception):
    """An action was refused; nothing of it was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal

    @property
    def code(self) -> str:
        """The refusal's name."""
        return self.refusal.code
