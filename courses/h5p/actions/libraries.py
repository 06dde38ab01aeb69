"""Libraries: installed from packages, approved by an administrator, brought up to date in place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.h5p import store
from courses.h5p.models import Library
from courses.h5p.package import LibraryName, PackagedLibrary, PackageRefused
from courses.h5p.package.archive import stored_files
from courses.h5p.package.libraries import read_library
from courses.h5p.rules import Arrival, arrival
from lms.base.actions import record_event

if TYPE_CHECKING:
    from lms.people.models import Person

STARTER = Path(__file__).resolve().parents[1] / "starter"


@dataclass
class Installation:
    """A row of what became of a package's libraries; folders are published and not yet committed."""

    installed: list[Library] = field(default_factory=list)
    updated: list[Library] = field(default_factory=list)
    differing: list[LibraryName] = field(default_factory=list)
    older: list[LibraryName] = field(default_factory=list)
    newer: list[LibraryName] = field(default_factory=list)
    published: list[str] = field(default_factory=list)

    def undo(self) -> None:
        """Remove the published folders: their rows were not committed."""
        for folder in self.published:
            store.remove(folder)


def install_libraries(
    *, libraries: Iterable[PackagedLibrary], approve: bool, by: Person | None, into: Installation
) -> None:
    """Install what is missing and, when approving, update in place; never downgrade.

    An installed library stays where a package brings an older or a differing copy; both are reported.
    """
    known = {library.name: library for library in Library.objects.light().select_for_update()}
    for packaged in libraries:
        _take_in(packaged, known.get(packaged.name), approve, by, into)


def _take_in(
    packaged: PackagedLibrary, known: Library | None, approve: bool, by: Person | None, into: Installation
) -> None:
    if known is None:
        into.installed.append(_install(packaged, Library(), approve, by, into))
        return
    sha256 = store.digest(packaged.files)
    match arrival(known, packaged.patch, sha256, approve=approve):
        case Arrival.REPLACES:
            _forget_folder(known.folder)
            into.updated.append(_install(packaged, known, approve, by, into))
        case Arrival.APPROVES:
            _approve(known, by)
        case Arrival.NEWER:
            into.newer.append(packaged.name)
        case Arrival.OLDER:
            into.older.append(packaged.name)
        case Arrival.DIFFERS:
            into.differing.append(packaged.name)
        case Arrival.SAME:
            _restore(packaged, known)


def _restore(packaged: PackagedLibrary, known: Library) -> None:
    """Put the files of an installed library back where its folder was lost."""
    store.publish(packaged.folder, known.folder)


def _forget_folder(folder: str) -> None:
    transaction.on_commit(partial(store.remove, folder), robust=True)


def _install(
    packaged: PackagedLibrary, library: Library, approve: bool, by: Person | None, into: Installation
) -> Library:
    old = {"patch": library.patch, "sha256": library.sha256} if library.pk else None
    _fill(library, packaged)
    library.installed_at, library.installed_by = timezone.now(), by
    library.approved_at, library.approved_by = (timezone.now(), by) if approve else (None, None)
    library.save()
    record_event(
        by=by,
        action="h5p.install_library",
        target=library,
        old=old,
        new={"patch": library.patch, "sha256": library.sha256, "approved": approve},
    )
    if store.publish(packaged.folder, library.folder):
        into.published.append(library.folder)
    return library


def _fill(library: Library, packaged: PackagedLibrary) -> None:
    manifest, name = packaged.manifest, packaged.name
    library.machine_name, library.major, library.minor = name
    library.patch = packaged.patch
    library.title = manifest["title"].strip()
    library.licence = str(manifest.get("license") or "")[:255]
    library.author = str(manifest.get("author") or "")[:255]
    library.is_runnable = manifest.get("runnable") in (1, "1", True)
    library.manifest = manifest
    library.semantics = packaged.semantics
    library.files = store.as_json(packaged.files)
    library.sha256 = store.digest(packaged.files)
    library.folder = f"h5p/libraries/{name.folder}/{library.sha256[:16]}"
    library.uses_eval = packaged.uses_eval
    library.outside_hosts = list(packaged.outside_hosts)
    library.reports_results = packaged.reports_results


@transaction.atomic
def approve_library(*, library: Library, sha256: str, by: Person | None) -> Library:
    """Let a library's code be served: exactly the files that the administrator was shown."""
    locked = Library.objects.light().select_for_update().get(pk=library.pk)
    if locked.sha256 != sha256:
        raise PackageRefused(
            _("The files of “%(library)s” have changed since this page was opened. Look again.")
            % {"library": locked}
        )
    if not locked.is_approved:
        _approve(locked, by)
    return locked


def _approve(library: Library, by: Person | None) -> None:
    library.approved_at, library.approved_by = timezone.now(), by
    library.save(update_fields=["approved_at", "approved_by"])
    record_event(by=by, action="h5p.approve_library", target=library, new={"sha256": library.sha256})


def ensure_starter_libraries() -> None:
    """Install and approve the product's own libraries where they are missing, older or without their files."""
    result = Installation()
    with store.staging() as staging:
        try:
            with transaction.atomic():
                for library in _starter():
                    _ensure(library, staging, result)
        except BaseException:
            result.undo()
            raise


def _starter() -> list[PackagedLibrary]:
    folders = sorted(path for path in STARTER.iterdir() if (path / "library.json").exists())
    return [read_library(folder, stored_files(folder), folder.name) for folder in folders]


def _ensure(library: PackagedLibrary, staging: Path, result: Installation) -> None:
    known = Library.objects.light().named(library.name).first()
    if known and known.patch > library.patch:
        return
    is_current = known and known.is_approved and known.sha256 == store.digest(library.files)
    if known is None or not is_current:
        if known:
            _forget_folder(known.folder)
        _install(_copied(library, staging), known or Library(), True, None, result)
    elif not store.exists(known.folder):
        _restore(_copied(library, staging), known)


def _copied(library: PackagedLibrary, staging: Path) -> PackagedLibrary:
    """Return the library from a copy: publishing moves its folder away."""
    return read_library(
        Path(shutil.copytree(library.folder, staging / library.name.folder)),
        library.files,
        library.name.folder,
    )
