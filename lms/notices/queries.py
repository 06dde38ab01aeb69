"""Sets of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from lms.notices.models import Notice  # noqa: F401 (named in a string below)
    from lms.people.models import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Messages."""

    def of(self, person: Person) -> Self:
        """Keep those of one person."""
        return self.filter(person=person)

    def unread(self) -> Self:
        """Keep those nobody has opened yet."""
        return self.filter(read_at=None)
