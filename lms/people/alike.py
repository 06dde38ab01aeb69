"""Which records look like one person's: by the personal number, by the name and birth date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.models import DistinctPair, Person

NUMBER_LENGTH = 12
# A number stored as a number loses one zero, that of Hà Nội (001…) two.
LOST_ZEROS = (10, 11)
SAME_NUMBER = _("the same personal number, written otherwise")
SAME_NAME_AND_BIRTH = _("the same name and birth date")


@dataclass(frozen=True)
class Alike:
    """Two records and why they look like one person's."""

    first: Person
    second: Person
    why: tuple[Promise, ...]


def full_number(code: str) -> str:
    """Return the 12-digit personal number a code may stand for, or nothing.

    >>> full_number("82190001234"), full_number("082-190.001234"), full_number("CB 7")
    ('082190001234', '082190001234', '')
    """
    digits = "".join(filter(str.isdigit, code))
    others = "".join(filter(str.isalpha, code))
    if others or len(digits) not in (*LOST_ZEROS, NUMBER_LENGTH):
        return ""
    return digits.zfill(NUMBER_LENGTH)


def why_alike(one: Person, other: Person) -> tuple[Promise, ...]:
    """Return why two records may be one person's; nothing where they are not alike."""
    reasons: list[Promise] = []
    if full_number(one.code) and full_number(one.code) == full_number(other.code):
        reasons.append(SAME_NUMBER)
    same_name = one.name_folded == other.name_folded
    if same_name and one.birth_date is not None and one.birth_date == other.birth_date:
        reasons.append(SAME_NAME_AND_BIRTH)
    return tuple(reasons)


def alike_within(people: QuerySet[Person]) -> list[Alike]:
    """Return the pairs of kept records among these people that look like one person, by name."""
    kept = Person.objects.filter(pk__in=people.values("pk"), merged_into=None)
    pairs: dict[tuple[int, int], Alike] = {}
    for group in [*_by_name_and_birth(kept), *_by_number(kept)]:
        for one, other in combinations(sorted(group, key=lambda person: person.pk), 2):
            if why := why_alike(one, other):
                pairs[one.pk, other.pk] = Alike(one, other, why)
    for known in DistinctPair.objects.filter(first__in=[first for first, _second in pairs]).values_list(
        "first_id", "second_id"
    ):
        pairs.pop(known, None)
    return sorted(pairs.values(), key=lambda pair: (pair.first.name_key, pair.first.pk, pair.second.pk))


def _by_name_and_birth(kept: QuerySet[Person]) -> Iterable[list[Person]]:
    doubled = (
        kept.exclude(birth_date=None)
        .order_by()
        .values("name_folded", "birth_date")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
    )
    wanted = {(row["name_folded"], row["birth_date"]) for row in doubled}
    groups: dict[tuple[Any, Any], list[Person]] = defaultdict(list)
    for person in kept.filter(name_folded__in={name for name, _birth in wanted}):
        key = (person.name_folded, person.birth_date)
        if key in wanted:
            groups[key].append(person)
    return groups.values()


def _by_number(kept: QuerySet[Person]) -> Iterable[list[Person]]:
    odd = (
        kept.annotate(length=Length("code")).filter(length__gte=min(LOST_ZEROS)).exclude(length=NUMBER_LENGTH)
    )
    numbers = {pk: full_number(code) for pk, code in odd.values_list("pk", "code")}
    wanted = {number for number in numbers.values() if number}
    groups: dict[str, list[Person]] = defaultdict(list)
    found = Person.objects.filter(pk__in=[pk for pk, number in numbers.items() if number])
    for person in [*found, *kept.filter(code__in=wanted)]:
        groups[full_number(person.code)].append(person)
    return groups.values()
