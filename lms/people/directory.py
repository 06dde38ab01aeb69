"""Finding people among millions: by words of the name, by agency, by position, by number.

Two ways, so that no planner has to guess. Where agencies or positions leave few people (up to FEW), these are
read and sorted here. Where they leave many, the words are looked for among the names in use, of which there are
some ten thousand, and the bearers are read name by name through their index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Reverse

from lms.base.dates import today
from lms.base.keyset import COUNT_LIMIT, KeysetPage, Order, Tiers
from lms.base.vietnamese import nfc
from lms.people.models import Person, PersonName, Post
from lms.people.queries import holds_word
from lms.people.words import Words

FEW = 5_000
NAMES_AT_ONCE = 300
WORDS_LIMIT = 1_000
NAMES_LISTED = 40_000
ReadKeys = Callable[[int, int], list[str]]
BY_NAME = Order.by(["name_key"])


@dataclass
class People:
    """The people somebody may see, narrowed by what was asked; pages of them in the order of Vietnamese names.

    `rows` are all the persons within reach and `posts` the posts of today that lead there, None where they
    do not narrow anything.
    """

    rows: QuerySet[Person]
    posts: QuerySet[Post] | None
    words: Words
    size: int = 50
    backwards: bool = False

    @cached_property
    def few(self) -> list[tuple[int, str, int]] | None:
        """Everybody sought, as (tier, name key, person) in order; None where the posts leave too many."""
        if self.posts is None or self.posts.order_by()[: FEW + 1].count() > FEW:
            return None
        found: set[tuple[int, str, int]] = set()
        for own, kept in self._bearers():
            pk, key, folded, name = kept if kept[0] else own
            if self.words.match(folded):
                found.add((0 if self.words.match_exactly(name) else 1, key, pk))
        if not self.backwards:
            return sorted(found)
        return sorted(sorted(found, reverse=True), key=lambda row: row[0])

    def _bearers(self) -> Iterable[tuple[tuple[int, str, str, str], tuple[int, str, str, str]]]:
        """Yield each post's person, and the record that person's is merged into (empty without one)."""
        if self.posts is None:
            return
        columns = ("pk", "name_key", "name_folded", "full_name")
        rows = self.posts.order_by().values_list(
            *(f"person__{name}" for name in columns), *(f"person__merged_into__{name}" for name in columns)
        )
        for row in rows.iterator(chunk_size=5000):
            yield row[:4], row[4:]

    @property
    def _many(self) -> QuerySet[Person]:
        """The kept records sought, where there are many."""
        if self.posts is None:
            return self.rows.filter(merged_into=None)
        # The posts are within reach already; asking the persons again would double the work.
        rows = Person.objects.kept()
        held = self.posts.order_by()
        twins = held.filter(person__merged_into__isnull=False).values("person__merged_into")
        return rows.filter(Q(Exists(held.filter(person=OuterRef("pk")))) | Q(pk__in=twins))

    @cached_property
    def _names(self) -> list[tuple[int, str]] | None:
        """The names that hold the words, as (tier, key) in order; None where too many do.

        Read without an order: asked for one, a database may go through all names to find a handful.
        """
        rows = PersonName.objects.holding(self.words.folded).order_by().values_list("name_key", "full_name")
        found = list(rows[: NAMES_LISTED + 1])
        if len(found) > NAMES_LISTED:
            return None
        exact = {key for key, name in found if not self.words.accented or self.words.match_exactly(name)}
        return sorted({(0 if key in exact else 1, key) for key, _name in found})

    @property
    def _tiers(self) -> list[QuerySet[PersonName]]:
        """The names that hold the words: those spelt as typed, then the others. A name's key says how it is spelt."""
        names = PersonName.objects.holding(self.words.folded)
        if not self.words.accented:
            return [names]
        spelt = names.filter(names.spelt(self.words.accented))
        return [spelt, names.exclude(name_key__in=spelt.values("name_key"))]

    def page(self, *, after: str = "", before: str = "") -> KeysetPage:
        """Return the people next to the one named; the first where none is, or where they are not among them."""
        if self.few is not None:
            return self._page_of_few(_key(after), _key(before))
        if not self.words.folded:
            order = Order(BY_NAME.columns, self.backwards)
            return Tiers([self._many], order).page(after=after, before=before, size=self.size)
        return self._page_by_names(_key(after), _key(before))

    def _page_of_few(self, after: int | None, before: int | None) -> KeysetPage:
        places = {pk: place for place, (_tier, _name, pk) in enumerate(self.few or ())}
        start = 0
        if before in places:
            start = max(0, places[before] - self.size)
        elif after in places:
            start = places[after] + 1
        pks = list(places)[start : start + self.size]
        persons = self.rows.in_bulk(pks)
        shown = [persons[pk] for pk in pks if pk in persons]
        return KeysetPage(shown, has_previous=start > 0, has_next=start + self.size < len(places))

    def _page_by_names(self, after: int | None, before: int | None) -> KeysetPage:
        asked = before or after
        anchor = self._many.filter(pk=asked).first() if asked else None
        if anchor is None or not self.words.match(anchor.name_folded):
            found = self._read(None, back=False)
            return KeysetPage(found[: self.size], has_next=len(found) > self.size)
        found = self._read(anchor, back=bool(before))
        more, found = len(found) > self.size, found[: self.size]
        if before:
            return KeysetPage(found[::-1], has_previous=more, has_next=True)
        return KeysetPage(found, has_previous=True, has_next=more)

    def _read(self, anchor: Person | None, *, back: bool) -> list[Person]:
        """Read one person more than a page, from the anchor on, through the tiers in this direction."""
        found: list[Person] = []
        order = Order(BY_NAME.columns, self.backwards != back)
        for tier in self._keys(anchor, order, back=back):
            start = 0
            # Nearly always once: each name in use has a bearer, and only a narrowed list may pass them over.
            while len(found) <= self.size and (step := tier(start, NAMES_AT_ONCE * (4 if start else 1))):
                start += len(step)
                rows = order.sort(self._many.filter(name_key__in=step))
                if anchor is not None:
                    rows = rows.filter(order.after(rows, (anchor.name_key, anchor.pk)))
                found.extend(rows[: self.size + 1 - len(found)])
            anchor = None
            if len(found) > self.size:
                break
        return found

    def _keys(self, anchor: Person | None, order: Order, *, back: bool) -> Iterator[ReadKeys]:
        """Yield for each tier, from the anchor's on, how its keys are read in order: `read(start, count)`."""
        key = anchor.name_key if anchor else None
        if self._names is None:
            yield from self._keys_asked(key, order, back=back)
            return
        tiers = [[key for tier, key in self._names if tier == place] for place in (0, 1)]
        first = next((place for place, keys in enumerate(tiers) if key in keys), 0)
        for place in range(first, -1, -1) if back else range(first, 2):
            keys = tiers[place][::-1] if order.backwards else tiers[place]
            if key is not None and place == first:
                keys = keys[keys.index(key) :]
            yield partial(_slice, keys)

    def _keys_asked(self, key: str | None, order: Order, *, back: bool) -> Iterator[ReadKeys]:
        tiers = self._tiers
        first = 0
        if key is not None and not tiers[0].filter(name_key=key).exists():
            first = len(tiers) - 1
        for place in range(first, -1, -1) if back else range(first, len(tiers)):
            names = tiers[place]
            if key is not None and place == first:
                names = names.filter(**{f"name_key__{'lte' if order.backwards else 'gte'}": key})
            by_key = names.order_by("-name_key" if order.backwards else "name_key")
            yield partial(_slice, by_key.values_list("name_key", flat=True).distinct())

    @cached_property
    def limit(self) -> int:
        """Where counting stops: bearers of names are counted one by one."""
        return WORDS_LIMIT if self.words.folded and self.few is None else COUNT_LIMIT

    @cached_property
    def counted(self) -> int:
        """How many there are, or one more than the limit of counting."""
        if self.few is not None:
            return len(self.few)
        if not self.words.folded:
            return self._count_posts() if self.posts is not None else _capped(self._many, self.limit)
        return self._count_names()

    def _count_names(self) -> int:
        names = self._names
        if self.posts is None and (names is None or len(names) > self.limit):
            return self.limit + 1  # each name in use has a bearer
        if names is None:
            bearers = [holds_word("name_folded", word) for word in self.words.folded]
            return _capped(self._many.filter(*bearers), self.limit)
        counted = 0
        for start in range(0, len(names), NAMES_AT_ONCE):
            keys = [key for _tier, key in names[start : start + NAMES_AT_ONCE]]
            counted += _capped(self._many.filter(name_key__in=keys), self.limit - counted)
            if counted > self.limit:
                break
        return counted

    def _count_posts(self) -> int:
        posts = self.posts.order_by() if self.posts is not None else Post.objects.none()
        # Hardly anybody has two posts at once: so many posts are more people than are counted.
        if posts[: 2 * self.limit + 1].count() > 2 * self.limit:
            return self.limit + 1
        kept = Coalesce("person__merged_into", "person")
        return min(posts.annotate(kept=kept).values("kept").distinct().count(), self.limit + 1)


def _capped(rows: QuerySet[Person], limit: int) -> int:
    return rows.order_by()[: limit + 1].count()


def _slice(keys: Any, start: int, count: int) -> list[str]:
    return list(keys[start : start + count])


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def posts_of_today(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Keep the posts that hold today."""
    day = today()
    return posts.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def with_number(rows: QuerySet[Person], number: str, limit: int) -> list[Person]:
    """Return the people whose number is this one or ends so, under any of their records."""
    code = nfc("".join(number.split()))
    found = list(rows.filter(code=code).select_related("merged_into"))
    if not found:
        ends = rows.annotate(backwards=Reverse("code")).filter(backwards__startswith=code[::-1])
        found = list(ends.select_related("merged_into").order_by()[: limit + 1])
    return list({row.canonical.pk: row.canonical for row in found}.values())
