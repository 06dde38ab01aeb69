"""Contents: a package becomes an activity that lessons can show."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.h5p import store
from courses.h5p.actions.libraries import Installation, install_libraries
from courses.h5p.dependencies import play_order
from courses.h5p.models import Content, Library
from courses.h5p.package import LibraryName, Package, PackageRefused, read_package
from courses.h5p.package.archive import StoredFile
from courses.h5p.semantics import ParameterFilter, SemanticsOf, localised
from lms.base.actions import record_event

if TYPE_CHECKING:
    from lms.people.models import Person


@dataclass
class Imported:
    """A row of what an import brought: an activity, or the libraries that wait for approval."""

    package: Package
    libraries: Installation = field(default_factory=Installation)
    content: Content | None = None
    waiting: list[LibraryName] = field(default_factory=list)

    @property
    def waiting_sentence(self) -> str:
        """Say which libraries stand between the package and its activity."""
        return _(
            "The activity was not made: an administrator must first approve %(libraries)s. "
            "Upload the file again after that."
        ) % {"libraries": ", ".join(map(str, self.waiting))}

    @property
    def remarks(self) -> list[str]:
        """Say which copies in the package were not taken because another is installed."""
        kept = self.libraries
        groups = (
            (
                kept.newer,
                _("The package brings newer copies, which an administrator may install: %(names)s."),
            ),
            (kept.older, _("The package brings older copies; the installed ones stay: %(names)s.")),
            (kept.differing, _("The package brings differing copies; the installed ones stay: %(names)s.")),
        )
        return [sentence % {"names": ", ".join(map(str, names))} for names, sentence in groups if names]


def import_package(
    *, file: IO[bytes], by: Person | None, approve: bool, replace: Content | None = None
) -> Imported:
    """Take in an .h5p file whole or not at all.

    With ``approve`` (an administrator, or the shell) its libraries are installed and approved. Without,
    new libraries are kept for approval and no content is made; ``waiting`` names them.
    Raises PackageRefused with one sentence.
    """
    with store.staging() as staging:
        package = read_package(file, staging=staging, installed=Library.objects.names())
        result = Imported(package)
        try:
            with transaction.atomic():
                _take_in(result, by=by, approve=approve, replace=replace)
        except IntegrityError as error:
            result.libraries.undo()
            raise PackageRefused(_("Another import of the same library is running. Try again.")) from error
        except BaseException:
            result.libraries.undo()
            raise
    return result


def _take_in(result: Imported, *, by: Person | None, approve: bool, replace: Content | None) -> None:
    package = result.package
    install_libraries(libraries=package.libraries.values(), approve=approve, by=by, into=result.libraries)
    parameters, used = _filtered(package, semantics_for(_language(package)))
    order = play_order(used | _listed(package), Library.objects.light())
    result.waiting = [library.name for library in order if not library.is_approved]
    if not result.waiting:
        result.content = _write(result, parameters, by=by, replace=replace)


def _listed(package: Package) -> set[LibraryName]:
    listed = package.manifest.get("preloadedDependencies") or []
    return {
        LibraryName(item["machineName"], int(item["majorVersion"]), int(item["minorVersion"]))
        for item in listed
    }


def _language(package: Package) -> str:
    """The language of a content; older packages say "und" and give it as the default language."""
    stated = package.manifest.get("language")
    return str(stated if stated not in (None, "und") else package.manifest.get("defaultLanguage") or "vi")


def _filtered(package: Package, semantics_of: SemanticsOf) -> tuple[dict[str, Any], set[LibraryName]]:
    cleaner = ParameterFilter(semantics_of, package.content_files)
    return cleaner.clean(package.parameters, package.main_library), cleaner.used


def semantics_for(language: str) -> SemanticsOf:
    """Return how to find an installed library's semantics, its defaults in the language where it has it."""
    known: dict[LibraryName, list[Any] | None] = {}

    def semantics_of(name: LibraryName) -> list[Any] | None:
        if name not in known:
            library = Library.objects.named(name).defer("manifest").first()
            known[name] = localised(library.semantics, _translation(library, language)) if library else None
        return known[name]

    return semantics_of


def _translation(library: Library, language: str) -> list[Any]:
    path = f"language/{language}.json"
    if path not in library.files or not store.exists(library.folder):
        return []
    with store.open_file(library.folder, path) as file:
        semantics = json.loads(file.read().decode("utf-8-sig")).get("semantics")
    return semantics if isinstance(semantics, list) else []


def _write(
    result: Imported, parameters: dict[str, Any], *, by: Person | None, replace: Content | None
) -> Content:
    package = result.package
    draft = _Draft(
        title=package.manifest["title"].strip(),
        library=package.main_library,
        manifest=package.manifest,
        parameters=parameters,
        files=package.content_files,
    )
    same = Content.objects.filter(sha256=draft.sha256, title=draft.title).first() if replace is None else None
    if same is not None and store.exists(same.folder):
        return same  # the same file again changes nothing
    content, former = _keep(draft, content=replace or same, by=by)
    (package.content_folder / "content.json").unlink()
    if store.publish(package.content_folder, content.folder):
        result.libraries.published.append(content.folder)
    if former and former != content.folder:
        transaction.on_commit(partial(store.remove, former), robust=True)
    return content


@dataclass(frozen=True)
class _Draft:
    """A row of what a content is to become."""

    title: str
    library: LibraryName
    manifest: dict[str, Any]
    parameters: dict[str, Any]
    files: Mapping[str, StoredFile]

    @property
    def sha256(self) -> str:
        parameters = json.dumps(self.parameters, sort_keys=True).encode()
        return store.digest(self.files, str(self.library).encode(), parameters)


def _keep(draft: _Draft, *, content: Content | None, by: Person | None) -> tuple[Content, str]:
    """Write the row, new or replaced; return it with the folder it had before."""
    row = Content.objects.select_for_update().get(pk=content.pk) if content else Content()
    old = {"sha256": row.sha256, "title": row.title} if row.pk else None
    former = row.folder
    row.title, row.manifest, row.parameters = draft.title, draft.manifest, draft.parameters
    row.library = Library.objects.light().named(draft.library).get()
    row.files, row.sha256 = store.as_json(draft.files), draft.sha256
    row.folder = f"h5p/contents/{row.key}/{row.sha256[:16]}"
    _stamp(row, by)
    row.save()
    record_event(
        by=by,
        action="h5p.replace_content" if old else "h5p.import_content",
        target=row,
        old=old,
        new={"sha256": row.sha256, "title": row.title, "library": str(draft.library)},
    )
    return row, former


@transaction.atomic
def create_content(
    *, library: LibraryName, title: str, parameters: dict[str, Any], by: Person | None, language: str = "vi"
) -> Content:
    """Make an activity of an approved library from its parameters alone, without files.

    The same title and parameters again is the same activity.
    """
    if not Library.objects.approved().named(library).exists():
        raise PackageRefused(_("The library “%(library)s” is not approved here.") % {"library": library})
    cleaner = ParameterFilter(semantics_for(language), ())
    cleaned = cleaner.clean(parameters, library)
    manifest = {
        "title": title,
        "language": language,
        "mainLibrary": library.machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name.machine_name, "majorVersion": name.major, "minorVersion": name.minor}
            for name in sorted(cleaner.used)
        ],
    }
    draft = _Draft(title=title, library=library, manifest=manifest, parameters=cleaned, files={})
    same = Content.objects.filter(sha256=draft.sha256, title=title).first()
    return same or _keep(draft, content=None, by=by)[0]


def _stamp(content: Content, by: Person | None) -> None:
    if content.pk:
        content.replaced_at, content.replaced_by = timezone.now(), by
    else:
        content.created_at, content.created_by = timezone.now(), by


def check_package(*, file: IO[bytes]) -> Package:
    """Read a package through every check and store nothing; raise PackageRefused with one sentence."""
    with tempfile.TemporaryDirectory() as staging:
        package = read_package(file, staging=Path(staging), installed=Library.objects.names())
        installed = semantics_for(_language(package))

        def semantics_of(name: LibraryName) -> list[Any] | None:
            packaged = package.libraries.get(name)
            return packaged.semantics if packaged else installed(name)

        _filtered(package, semantics_of)
    return package
