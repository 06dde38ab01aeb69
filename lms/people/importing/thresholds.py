"""What stops an import until the officer has confirmed the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from lms.base.dates import covers, today
from lms.base.importing import Stop
from lms.people.importing.timelines import Held
from lms.people.models import Post

# More of a list's posts than this does not end by itself: a column has slipped, or half a list was sent.
ENDED_PERCENT = 5
# More names corrected at once than this, and of so many people: the rows have slipped against the numbers.
RENAMED_PERCENT, RENAMED_FLOOR = 5, 5
# Ends are confirmed to the command too; other names it only tells of.
CONFIRMED_BY = {
    "ended": ("--confirm-ended", "how many posts the full list does not name and so ends"),
    "leaving": (
        "--confirm-ends",
        "how many posts its rows end, where they are more than 5% of the agencies' posts",
    ),
}


def over(percent: int, number: int, of: int) -> bool:
    """Tell whether the number is more than so many percent."""
    return number * 100 > percent * of


def leaving(held: Iterable[Held], heads: dict[str, str]) -> int:
    """Count the known posts that rows of the file end while their person goes on nowhere."""
    by_head: dict[str, list[Held]] = defaultdict(list)
    for item in held:
        by_head[heads.get(item.person_code, item.person_code)].append(item)
    return sum(
        1
        for items in by_head.values()
        for item in items
        if item.row is not None
        and item.post is not None
        and item.end is not None
        and (item.post.valid_to is None or item.end < item.post.valid_to)
        and not any(other is not item and covers(other.start, other.end, item.end) for other in items)
    )


def ended_stop(ended: int, agency_ids: Iterable[int], on: date, code: str) -> Stop:
    """Return the stop of a full list that does not name some posts; there is one for any number."""
    of = Post.objects.on(on).filter(agency__in=list(agency_ids)).count()
    words = {"count": ended, "of": of, "code": code, "percent": _percent(ended, of)}
    if over(ENDED_PERCENT, ended, of):
        message = _(
            "The full list of %(code)s does not name %(count)d of %(of)d posts (%(percent)s): they would end."
            " That is more than 5%%."
        )
    else:
        message = _(
            "The full list of %(code)s does not name %(count)d of %(of)d posts (%(percent)s): they would end."
        )
    return Stop("ended", ended, of, message % words, CONFIRMED_BY["ended"][0])


def leaving_stop(number: int, of: int) -> Stop | None:
    """Return the stop of a file whose rows end more than 5 % of the posts of the agencies it names."""
    if not over(ENDED_PERCENT, number, of):
        return None
    words = {"count": number, "of": of, "percent": _percent(number, of)}
    message = _("%(count)d of %(of)d posts of these agencies would end (%(percent)s): more than 5%%.")
    # One end is a correction somebody typed, however small the agency: the command takes it and says so.
    option = CONFIRMED_BY["leaving"][0] if number > 1 else ""
    return Stop("leaving", number, of, message % words, option)


def posts_today(agency_ids: Iterable[int]) -> int:
    """Count the posts held in these agencies today."""
    return Post.objects.on(today()).filter(agency__in=list(agency_ids)).count()


def renamed_stop(number: int, of: int) -> Stop | None:
    """Return the stop of a file that gives many known people another name or birth date."""
    if number <= RENAMED_FLOOR or not over(RENAMED_PERCENT, number, of):
        return None
    words = {"count": number, "of": of, "percent": _percent(number, of)}
    message = _(
        "%(count)d of %(of)d known people would get another name or birth date (%(percent)s): more than 5%%."
        " Perhaps the rows have slipped against the numbers."
    )
    return Stop("renamed", number, of, message % words)


def _percent(number: int, of: int) -> str:
    return f"{number * 100 / of:.1f}%".replace(".", ",") if of else "–"


@dataclass
class WholeFile:
    """What the thresholds of a file dealt into parts count, part by part; posts as they were before the first."""

    posts: dict[int, int]
    leaving: int = 0
    renamed: int = 0
    known: int = 0
    agency_ids: set[int] = field(default_factory=set)

    @classmethod
    def begin(cls) -> WholeFile:
        """Count the posts of today by agency."""
        held = Post.objects.on(today()).order_by().values_list("agency").annotate(Count("pk"))
        return cls(posts=dict(held))

    def stops(self) -> list[Stop]:
        """Return the thresholds that the parts cross together."""
        of = sum(self.posts.get(pk, 0) for pk in self.agency_ids)
        found = (leaving_stop(self.leaving, of), renamed_stop(self.renamed, self.known))
        return [stop for stop in found if stop is not None]
