"""Sets of libraries, contents and plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from courses.h5p.package.shapes import LibraryName

if TYPE_CHECKING:
    from courses.h5p.models import Content, Library, Play  # noqa: F401


class LibraryQuerySet(models.QuerySet["Library"]):
    """Installed libraries, waiting ones among them."""

    def approved(self) -> Self:
        """Keep those an administrator has let in."""
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> Self:
        """Keep those nobody has approved yet."""
        return self.filter(approved_at__isnull=True)

    def named(self, name: LibraryName) -> Self:
        """Keep the one library of that name and version."""
        return self.filter(machine_name=name.machine_name, major=name.major, minor=name.minor)

    def names(self) -> set[LibraryName]:
        """Return the names of the set."""
        return {LibraryName(*row) for row in self.values_list("machine_name", "major", "minor")}

    def light(self) -> Self:
        """Leave the long columns in the database: a page needs neither."""
        return self.defer("semantics", "files")


class ContentQuerySet(models.QuerySet["Content"]):
    """Activities that lessons use."""

    def for_list(self) -> Self:
        """Load what a list shows."""
        return self.select_related("library").defer(
            "parameters", "files", "library__semantics", "library__files"
        )


class PlayQuerySet(models.QuerySet["Play"]):
    """What people did with an activity."""

    def with_content(self) -> Self:
        """Load what answering a request of the frame needs."""
        return self.select_related("content__library", "person", "enrolment__person").defer(
            "content__library__semantics", "content__library__files"
        )
