"""A file that holds everybody of an agency on a day: what it does not name ends.

Only where the officer said so, for that agency, and confirmed the number: a file of changes ends nobody it
does not name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.base.dates import covers, today
from lms.base.importing import FileRefused, Row
from lms.people.importing.timelines import Held
from lms.people.models import Post
from lms.people.organisation import Organisation, history
from lms.people.rules import scope_of


@dataclass(frozen=True)
class FullList:
    """The agencies of which a file names everybody, on a day."""

    code: str
    on: date
    agency_ids: frozenset[int]

    @classmethod
    def asked(cls, code: str, on: date | None, by: Any) -> FullList | None:
        """Return the full list the officer chose, None for a file of changes; raise FileRefused for one not theirs."""
        if not code:
            return None
        day = on or today()
        agency_id = history().code_bearer(code, day)
        words = {"code": code, "day": day.strftime("%d/%m/%Y")}
        if agency_id is None:
            raise FileRefused(_("No agency bears the code %(code)s on %(day)s.") % words)
        if by is not None and not scope_of(by, "people.import").covers(agency_id):
            raise FileRefused(_("The agency %(code)s is not one of yours.") % words)
        tree = Organisation.on(day)
        return cls(code, day, tree.with_forerunners(tree.below(agency_id)))

    def holds(self, agency_id: int | None, start: date, end: date | None) -> bool:
        """Tell whether a post is in one of the agencies on the day."""
        return agency_id in self.agency_ids and covers(start, end, self.on)

    def refuse_outsiders(self, rows: Iterable[Row]) -> None:
        """Refuse a row that stands elsewhere on the day: it belongs into another list."""
        for row in rows:
            agency_id, start = row.values.get("agency_id"), row["post_from"]
            if agency_id is None or start is None or not covers(start, row["post_to"], self.on):
                continue
            if agency_id not in self.agency_ids:
                row.error(
                    "agency_code",
                    _("is not within %(code)s, of which this is the full list") % {"code": self.code},
                )

    def end_unnamed(self, held: list[Held], heads: dict[str, str]) -> list[Held]:
        """End the known posts of the file's own people that the file does not name; return them."""
        named: dict[str, list[Held]] = {}
        for item in held:
            if item.row is not None:
                named.setdefault(heads.get(item.person_code, item.person_code), []).append(item)
        ended = []
        for item in held:
            if item.row is None and item.start < self.on and self.holds(item.agency_id, item.start, item.end):
                said = named.get(heads.get(item.person_code, item.person_code), [])
                if not any(self._is_same_place(item, other) for other in said):
                    item.end = self._last_day(item, said)
                    ended.append(item)
        return ended

    def _is_same_place(self, item: Held, other: Held) -> bool:
        known = history()
        bearers = known.bearer(item.agency_id, self.on), known.bearer(other.agency_id, self.on)
        return bearers[0] == bearers[1] and covers(other.start, other.end, self.on)

    def _last_day(self, item: Held, said: list[Held]) -> date:
        """Whoever moved within the list leaves the old post when the new one begins."""
        moves = [other.start for other in said if other.primary == item.primary and other.start > item.start]
        return min([self.on, *moves])

    def posts_of_others(self, known_to_file: set[int]) -> list[Post]:
        """Return the posts there on the day of people whom the file does not name at all."""
        posts = Post.objects.on(self.on).filter(agency__in=self.agency_ids, valid_from__lt=self.on)
        found = posts.select_related("person").order_by("person__name_key", "pk")
        return [post for post in found if post.person_id not in known_to_file]
