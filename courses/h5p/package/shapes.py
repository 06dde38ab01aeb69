"""What a checked package consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from courses.h5p.package.archive import StoredFile


class LibraryName(NamedTuple):
    """A row of H5P's key of a library: machine name, major and minor version."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """The folder name H5P's core builds addresses from."""
        return f"{self.machine_name}-{self.major}.{self.minor}"


@dataclass(frozen=True)
class PackagedLibrary:
    """A library as it lies in a package: its own words, its files, and what its code reaches for."""

    name: LibraryName
    patch: int
    manifest: dict[str, Any]
    semantics: list[Any]
    folder: Path
    files: dict[str, StoredFile]
    uses_eval: bool
    outside_hosts: tuple[str, ...]
    reports_results: bool


@dataclass(frozen=True)
class Package:
    """A checked package, unpacked below a staging folder that its caller removes or publishes."""

    manifest: dict[str, Any]
    parameters: dict[str, Any]
    main_library: LibraryName
    content_folder: Path
    content_files: dict[str, StoredFile]
    libraries: Mapping[LibraryName, PackagedLibrary] = field(default_factory=dict)
