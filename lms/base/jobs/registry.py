"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Handler:
    """How one kind of job is done."""

    work: Callable[[Any], None]
    long: bool


_handlers: dict[str, Handler] = {}


def handles(kind: str, *, long: bool = False) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register the function that does this kind of job.

    A short handler gets the Job and runs inside the one transaction that also marks it done.
    A long one gets a Running: it reads and reports progress first, then writes inside
    ``with run.finish():``.
    """

    def register(work: Callable[[Any], None]) -> Callable[[Any], None]:
        _handlers[kind] = Handler(work, long)
        return work

    return register


def handler_of(kind: str) -> Handler | None:
    """Return who does this kind, None when no room knows it."""
    return _handlers.get(kind)
