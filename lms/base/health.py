"""What the rooms above want said to whoever watches the service: sentences, each of which somebody should read."""

from collections.abc import Callable, Iterable

Notes = Callable[[], Iterable[str]]

_notes: list[Notes] = []


def contribute_notes(notes: Notes) -> None:
    """Register sentences of a room; none where all is well."""
    _notes.append(notes)


def health_notes() -> list[str]:
    """Return what every room has to say."""
    return [sentence for notes in _notes for sentence in notes()]
