"""The bell: tells a worker that the job table has something due."""

from collections.abc import Callable

_ringers: list[Callable[[], object]] = []


def hang(ringer: Callable[[], object]) -> None:
    """Set what rings; `lms.base.tasks` hangs huey here, so actions need not import tasks."""
    _ringers[:] = [ringer]


def ring() -> None:
    """Ring once."""
    for ringer in _ringers:
        ringer()
