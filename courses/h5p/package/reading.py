"""From an .h5p file to a checked package in a staging folder."""

from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from courses.h5p.package.archive import StoredFile, files_in, open_archive, unpack
from courses.h5p.package.documents import load_object
from courses.h5p.package.libraries import read_libraries
from courses.h5p.package.limits import CONTENT_EXTENSIONS
from courses.h5p.package.manifests import check_content_manifest, dependencies
from courses.h5p.package.names import extension
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.package.shapes import LibraryName, Package

# What plays needs both; editor dependencies serve H5P's own editor, which is not used here.
_PLAYED = ("preloadedDependencies", "dynamicDependencies")


def read_package(file: IO[bytes], *, staging: Path, installed: Collection[LibraryName] = ()) -> Package:
    """Check and unpack a package below `staging`; `installed` libraries need not be inside it.

    Raises PackageRefused with one sentence. The caller owns `staging` and removes it.
    """
    with open_archive(file) as archive:
        names = {entry.filename for entry in files_in(archive)}
        _check_layout(names)
        files = unpack(archive, staging)
    manifest = load_object(staging / "h5p.json", "h5p.json")
    main_library = check_content_manifest(manifest)
    libraries = read_libraries(staging, files)
    package = Package(
        manifest=manifest,
        parameters=load_object(staging / "content/content.json", "content/content.json"),
        main_library=main_library,
        content_folder=staging / "content",
        content_files=_content_files(files),
        libraries=libraries,
    )
    _check_dependencies(package, installed)
    return package


def _check_layout(names: Collection[str]) -> None:
    for needed in ("h5p.json", "content/content.json"):
        if needed not in names:
            raise PackageRefused(_("The package has no “%(name)s”.") % {"name": needed})
    for name in names:
        if name.startswith("content/") and extension(name) not in CONTENT_EXTENSIONS:
            raise PackageRefused(_("“%(name)s” is of a kind not allowed in content.") % {"name": name})
        if "/" not in name and name != "h5p.json":
            raise PackageRefused(_("“%(name)s” does not belong at the top of a package.") % {"name": name})


def _content_files(files: dict[str, StoredFile]) -> dict[str, StoredFile]:
    return {
        name.removeprefix("content/"): file
        for name, file in files.items()
        if name.startswith("content/") and name != "content/content.json"
    }


def _check_dependencies(package: Package, installed: Collection[LibraryName]) -> None:
    known = set(installed) | set(package.libraries)
    _check_known(package.manifest, "h5p.json", known)
    for library in package.libraries.values():
        _check_known(library.manifest, f"{library.name.folder}/library.json", known)


def _check_known(manifest: dict[str, Any], name: str, known: Collection[LibraryName]) -> None:
    for key in _PLAYED:
        for library in dependencies(manifest, key, name):
            if library not in known:
                raise PackageRefused(
                    _(
                        "“%(name)s” needs the library “%(library)s”, which is neither in the package nor installed."
                    )
                    % {"name": name, "library": library}
                )
