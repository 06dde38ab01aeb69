"""The libraries of an unpacked package, checked one by one."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.package import code
from courses.h5p.package.archive import StoredFile
from courses.h5p.package.documents import load_json, load_object
from courses.h5p.package.limits import LIBRARY_EXTENSIONS, UNSERVED_EXTENSIONS
from courses.h5p.package.manifests import check_library_manifest, listed_paths
from courses.h5p.package.names import extension
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.package.shapes import LibraryName, PackagedLibrary

_LANGUAGE_FILE = re.compile(r"language/[^/]+\.json")


def read_libraries(root: Path, files: dict[str, StoredFile]) -> dict[LibraryName, PackagedLibrary]:
    """Return every library folder of the package, checked."""
    libraries: dict[LibraryName, PackagedLibrary] = {}
    for folder in sorted({name.split("/")[0] for name in files if "/" in name} - {"content"}):
        library = read_library(root / folder, _files_below(files, folder), folder)
        if library.name in libraries:
            raise PackageRefused(
                _("The library “%(library)s” stands in the package twice.") % {"library": library.name}
            )
        libraries[library.name] = library
    return libraries


def _files_below(files: dict[str, StoredFile], folder: str) -> dict[str, StoredFile]:
    prefix = f"{folder}/"
    return {name.removeprefix(prefix): file for name, file in files.items() if name.startswith(prefix)}


def read_library(path: Path, files: dict[str, StoredFile], folder: str) -> PackagedLibrary:
    """Return one library, its manifest, semantics, languages and listed scripts checked."""
    if "library.json" not in files:
        raise PackageRefused(_("The folder “%(folder)s” has no library.json.") % {"folder": folder})
    _check_extensions(files, folder)
    manifest = load_object(path / "library.json", f"{folder}/library.json")
    name, patch = check_library_manifest(manifest, folder)
    scripts = _check_listed(manifest, files, folder, "preloadedJs")
    _check_listed(manifest, files, folder, "preloadedCss")
    _check_languages(path, files, folder)
    texts = code.read_scripts(path, scripts)
    return PackagedLibrary(
        name=name,
        patch=patch,
        manifest=manifest,
        semantics=_read_semantics(path, files, folder),
        folder=path,
        files=files,
        uses_eval=code.uses_eval(texts),
        outside_hosts=code.outside_hosts(texts),
        reports_results=code.reports_results(texts),
    )


def _check_extensions(files: dict[str, StoredFile], folder: str) -> None:
    for name in files:
        if extension(name) not in LIBRARY_EXTENSIONS | UNSERVED_EXTENSIONS:
            raise PackageRefused(
                _("“%(name)s” is of a kind not allowed in a library.") % {"name": f"{folder}/{name}"}
            )


def _check_listed(manifest: dict[str, Any], files: dict[str, StoredFile], folder: str, key: str) -> list[str]:
    paths = listed_paths(manifest, key, f"{folder}/library.json")
    for path in paths:
        if path not in files:
            raise PackageRefused(
                _("“%(folder)s/library.json” lists “%(path)s” under %(key)s, but the file is missing.")
                % {"folder": folder, "path": path[:120], "key": key}
            )
    return paths


def _check_languages(path: Path, files: dict[str, StoredFile], folder: str) -> None:
    for name in files:
        if _LANGUAGE_FILE.fullmatch(name):
            load_object(path / name, f"{folder}/{name}")


def _read_semantics(path: Path, files: dict[str, StoredFile], folder: str) -> list[Any]:
    if "semantics.json" not in files:
        return []
    semantics = load_json(path / "semantics.json", f"{folder}/semantics.json")
    if not isinstance(semantics, list) or not all(isinstance(field, dict) for field in semantics):
        raise PackageRefused(
            _("“%(name)s” must hold a list of fields.") % {"name": f"{folder}/semantics.json"}
        )
    return semantics
