"""Where the current action comes from: a page, a command or a job, and which address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The way an action came in."""

    channel: str = "command"
    address: str | None = None


_current: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (frozen)


def current_origin() -> Origin:
    """Return where the running action comes from."""
    return _current.get()


@contextmanager
def coming_from(channel: str, address: str | None = None) -> Iterator[None]:
    """Mark what happens inside as coming from this channel."""
    token = _current.set(Origin(channel, address))
    try:
        yield
    finally:
        _current.reset(token)
