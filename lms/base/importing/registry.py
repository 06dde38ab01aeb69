"""The kinds of files that can be imported."""

from __future__ import annotations

from collections.abc import Callable

from lms.base.importing.importer import Importer

_importers: dict[str, type[Importer]] = {}


def importer(kind: str) -> Callable[[type[Importer]], type[Importer]]:
    """Register an importer for the upload page."""

    def register(cls: type[Importer]) -> type[Importer]:
        cls.kind = kind
        _importers[kind] = cls
        return cls

    return register


def importers() -> dict[str, type[Importer]]:
    """Return every importer by kind."""
    return dict(_importers)


def kinds_of_domain(kind: str) -> list[str]:
    """Return the kinds that wait for one another, this one among them."""
    domain = _importers[kind].domain or kind
    return [name for name, cls in _importers.items() if (cls.domain or name) == domain]
