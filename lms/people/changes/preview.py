"""What is shown of a plan before it is carried out, as plain data: a job keeps it where it takes long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# Trying a change writes a row a post: up to here within a second, at 40,000 posts within ten.
SMALL = 500


@dataclass(frozen=True)
class Effect:
    """One figure of one agency on one day, before and after."""

    on: date
    agency: str
    figure: str
    before: str
    after: str


@dataclass(frozen=True)
class Effects:
    """What a change does: how many posts and roles, which figures on which days."""

    posts: int
    roles: int
    figures: list[Effect]
    compared: int
    days: list[date]
    # The figures of the eve must not change: history is not restated.
    eve_is_equal: bool


@dataclass(frozen=True)
class Preview:
    """What speaks against a change; or what it does, and the fingerprint of the plan that was tried."""

    refusals: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    fingerprint: str = ""
    effects: Effects | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it for storing."""
        stored = asdict(self)
        if self.effects:
            stored["effects"]["days"] = [day.isoformat() for day in self.effects.days]
            for effect in stored["effects"]["figures"]:
                effect["on"] = effect["on"].isoformat()
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Preview:
        """Return what was stored."""
        kept = stored["effects"]
        return cls(**{**stored, "effects": _effects(kept) if kept else None})


def _effects(stored: Mapping[str, Any]) -> Effects:
    figures = [Effect(**{**effect, "on": date.fromisoformat(effect["on"])}) for effect in stored["figures"]]
    days = [date.fromisoformat(day) for day in stored["days"]]
    return Effects(**{**stored, "figures": figures, "days": days})
