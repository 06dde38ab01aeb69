"""Which libraries a content needs, in the order in which their scripts must load."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from courses.h5p.models import Library
from courses.h5p.package import LibraryName
from courses.h5p.package.manifests import dependencies
from courses.h5p.semantics.parameters import libraries_in

if TYPE_CHECKING:
    from courses.h5p.models import Content

# Widgets of H5P's own editor, which some packages list as if they were played; their scripts need the editor.
_EDITOR = "H5PEditor."
_PLAYED = ("preloadedDependencies", "dynamicDependencies")


def play_order(wanted: Iterable[LibraryName], libraries: Iterable[Library]) -> list[Library]:
    """Return the libraries `wanted` needs, each after those it depends on; unknown ones are left out."""
    known = {library.name: library for library in libraries}
    order: dict[LibraryName, Library] = {}
    for name in sorted(wanted):
        _visit(name, known, order, set())
    return list(order.values())


def _visit(
    name: LibraryName,
    known: dict[LibraryName, Library],
    order: dict[LibraryName, Library],
    visiting: set[LibraryName],
) -> None:
    library = known.get(name)
    if library is None or name in order or name in visiting or name.machine_name.startswith(_EDITOR):
        return
    visiting.add(name)
    for key in _PLAYED:
        for needed in dependencies(library.manifest, key, name.folder):
            _visit(needed, known, order, visiting)
    order[name] = library


def libraries_for(content: Content) -> list[Library]:
    """Return the approved libraries a content needs, in loading order."""
    listed = content.manifest.get("preloadedDependencies") or []
    wanted = libraries_in(content.parameters) | {content.library.name}
    wanted |= {
        LibraryName(item["machineName"], int(item["majorVersion"]), int(item["minorVersion"]))
        for item in listed
    }
    return play_order(wanted, Library.objects.light().approved())
