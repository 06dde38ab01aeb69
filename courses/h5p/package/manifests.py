"""The shape of h5p.json and library.json (h5p.org, "package specification")."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.package.limits import CONTENT_LICENCES, CORE_API
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.package.shapes import LibraryName

_MACHINE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,255}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_EMBED_TYPES = ("div", "iframe")
DEPENDENCY_LISTS = ("preloadedDependencies", "dynamicDependencies", "editorDependencies")


def check_content_manifest(manifest: dict[str, Any]) -> LibraryName:
    """Check h5p.json and return the main library it names."""
    name = "h5p.json"
    _check_title(manifest.get("title"), name)
    _check_language(manifest.get("language", "und"), name)
    _check_embed_types(manifest.get("embedTypes", ["div"]), name)
    _check_licence(manifest.get("license", "U"), name)
    machine_name = manifest.get("mainLibrary")
    if not isinstance(machine_name, str) or not _MACHINE_NAME.fullmatch(machine_name):
        raise _wrong(name, "mainLibrary")
    for key in DEPENDENCY_LISTS:
        dependencies(manifest, key, name)
    for dependency in dependencies(manifest, "preloadedDependencies", name):
        if dependency.machine_name == machine_name:
            return dependency
    raise PackageRefused(
        _("h5p.json names the main library “%(library)s” but not among its preloadedDependencies.")
        % {"library": machine_name}
    )


def check_library_manifest(manifest: dict[str, Any], folder: str) -> tuple[LibraryName, int]:
    """Check library.json and return the library's name and patch version."""
    name = f"{folder}/library.json"
    _check_title(manifest.get("title"), name)
    machine_name = manifest.get("machineName")
    if not isinstance(machine_name, str) or not _MACHINE_NAME.fullmatch(machine_name):
        raise _wrong(name, "machineName")
    versions = (version(manifest, key, name) for key in ("majorVersion", "minorVersion", "patchVersion"))
    major, minor, patch = versions
    if manifest.get("runnable") not in (0, 1, "0", "1", True, False):
        raise _wrong(name, "runnable")
    library = LibraryName(machine_name, major, minor)
    if folder not in (machine_name, library.folder):
        raise PackageRefused(
            _("The folder “%(folder)s” holds the library “%(library)s” and should carry its name.")
            % {"folder": folder, "library": library}
        )
    _check_core_api(manifest.get("coreApi"), library)
    for key in DEPENDENCY_LISTS:
        dependencies(manifest, key, name)
    return library, patch


def dependencies(manifest: dict[str, Any], key: str, name: str) -> list[LibraryName]:
    """Return the libraries listed under `key`."""
    listed = manifest.get(key) or []
    if not isinstance(listed, list):
        raise _wrong(name, key)
    return [_dependency(item, key, name) for item in listed]


def _dependency(item: Any, key: str, name: str) -> LibraryName:
    if not isinstance(item, dict):
        raise _wrong(name, key)
    machine_name = item.get("machineName")
    if not isinstance(machine_name, str) or not _MACHINE_NAME.fullmatch(machine_name):
        raise _wrong(name, key)
    return LibraryName(machine_name, version(item, "majorVersion", name), version(item, "minorVersion", name))


def version(item: dict[str, Any], key: str, name: str) -> int:
    """Return a version number, which real packages write as a number or as its digits."""
    value = item.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    raise _wrong(name, key)


def listed_paths(manifest: dict[str, Any], key: str, name: str) -> list[str]:
    """Return the files listed under preloadedJs or preloadedCss."""
    listed = manifest.get(key) or []
    if not isinstance(listed, list):
        raise _wrong(name, key)
    paths = [item.get("path") if isinstance(item, dict) else None for item in listed]
    if not all(isinstance(path, str) and path for path in paths):
        raise _wrong(name, key)
    return [str(path).removeprefix("./") for path in paths]


def _check_title(title: Any, name: str) -> None:
    if not isinstance(title, str) or not 1 <= len(title.strip()) <= 255:
        raise PackageRefused(_("The title in “%(name)s” must have 1 to 255 characters.") % {"name": name})


def _check_language(language: Any, name: str) -> None:
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise _wrong(name, "language")


def _check_embed_types(embed_types: Any, name: str) -> None:
    if (
        not isinstance(embed_types, Iterable)
        or isinstance(embed_types, str)
        or not all(kind in _EMBED_TYPES for kind in embed_types)
    ):
        raise _wrong(name, "embedTypes")


def _check_licence(licence: Any, name: str) -> None:
    if licence not in CONTENT_LICENCES:
        raise PackageRefused(
            _("The licence “%(licence)s” in “%(name)s” is not on H5P's list.")
            % {"licence": str(licence)[:60], "name": name}
        )


def _check_core_api(core_api: Any, library: LibraryName) -> None:
    if core_api is None:
        return
    if not isinstance(core_api, dict):
        raise _wrong(f"{library.folder}/library.json", "coreApi")
    wanted = tuple(
        version(core_api, key, f"{library.folder}/library.json") for key in ("majorVersion", "minorVersion")
    )
    if wanted > CORE_API:
        raise PackageRefused(
            _("The library “%(library)s” needs H5P core %(wanted)s; this player offers %(offered)s.")
            % {
                "library": library,
                "wanted": ".".join(map(str, wanted)),
                "offered": ".".join(map(str, CORE_API)),
            }
        )


def _wrong(name: str, key: str) -> PackageRefused:
    return PackageRefused(
        _("In “%(name)s” the value of “%(key)s” is missing or wrong.") % {"name": name, "key": key}
    )
