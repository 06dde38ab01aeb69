"""What the typed form of a case does not show stays as it is: decoys, partial credit, further units, what may differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from courses.questions.case import Part
from courses.questions.case_text import Unreadable, text_of
from courses.questions.choice import Choice
from courses.questions.content import Content
from courses.questions.matching import Matching
from courses.questions.numeric import Numeric
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText


def with_kept(typed: Sequence[Part], before: Sequence[Part]) -> list[Part]:
    """Return the typed questions with what is not typed of those they continue. Raises Unreadable.

    A question continues the one with the same lines, else the one with the same words, else the one in its place.
    """
    pairs = _continued(typed, before)
    keys = {old.key for old in pairs.values()}
    parts = []
    for place, part in enumerate(typed):
        old = pairs.get(place)
        if old is None:
            parts.append(replace(part, key=_free(part.key, keys)))
        elif _same_lines(part, old):
            parts.append(old)
        else:
            parts.append(replace(part, key=old.key, content=_kept(place + 1, part.content, old.content)))
        keys.add(parts[-1].key)
    return parts


def _continued(typed: Sequence[Part], before: Sequence[Part]) -> dict[int, Part]:
    found: dict[int, Part] = {}
    left = list(before)
    for is_same in (_same_lines, _same_words):
        for place, part in enumerate(typed):
            old = next((one for one in left if is_same(part, one)), None)
            if place not in found and old is not None:
                found[place] = old
                left.remove(old)
    for place, part in enumerate(typed):
        old = before[place] if place < len(before) else None
        if place not in found and old in left and old is not None and part.content.kind == old.content.kind:
            found[place] = old
            left.remove(old)
    return found


def _same_lines(part: Part, old: Part) -> bool:
    return text_of([part]) == text_of([old])


def _same_words(part: Part, old: Part) -> bool:
    return (part.content.kind, part.text) == (old.content.kind, old.text)


def _free(key: str, taken: set[str]) -> str:
    number = int(key)
    while str(number) in taken:
        number += 1
    return str(number)


def _kept(number: int, typed: Content, old: Content) -> Content:
    match typed, old:
        case Choice(), Choice():
            return replace(typed, partial=old.partial)
        case Matching(), Matching():
            return replace(typed, partial=old.partial, decoys=old.decoys)
        case Ordering(), Ordering():
            return replace(typed, partial=old.partial)
        case ShortText(), ShortText():
            return replace(
                typed,
                ignore_case=old.ignore_case,
                ignore_accents=old.ignore_accents,
                ignore_punctuation=old.ignore_punctuation,
            )
        case Numeric(), Numeric():
            return _with_units(number, typed, old)
    return typed


def _with_units(number: int, typed: Numeric, old: Numeric) -> Numeric:
    if len(old.units) < 2:
        return replace(typed, unit_required=old.unit_required and bool(typed.units))
    # Further units are factors of the first: under another unit they would say something else.
    if typed.own_unit != old.own_unit:
        raise Unreadable(
            _(
                "Question %(number)s of the case is also taken in other units, which are not typed here:"
                " keep its unit “%(unit)s”, or change it by an import."
            )
            % {"number": number, "unit": old.own_unit}
        )
    return replace(typed, units=old.units, unit_required=old.unit_required)
