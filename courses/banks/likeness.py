"""Which questions say almost the same: words compared without accents, case and punctuation."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.base.vietnamese import fold

# Of the words of two stems so many are the same; of all their words, options among them, at least so many.
STEM, WHOLE = 0.8, 0.5
_WORD = re.compile(r"\w+")
Tokens = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Said:
    """A question as it is compared: what it asks, and the words of its answers."""

    key: Hashable
    stem: str
    rest: str = ""


@dataclass(frozen=True)
class Alike:
    """Two questions that say almost the same, and how much of their words they share (0 to 1)."""

    first: Any
    second: Any
    share: float


def stem_of(text: str) -> str:
    """Return a text as it is compared.

    >>> stem_of("Mật khẩu  MẠNH là gì?")
    'mat khau manh la gi'
    """
    return " ".join(_WORD.findall(fold(text)))


def texts_in(content: Any) -> Iterator[str]:
    """Yield all words of a content: options, pairs, answers; not what is a rule or a key."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name in ("text", "left", "right", "value", "instructions") and isinstance(value, str):
                yield value
            elif isinstance(value, list | dict):
                yield from texts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from [value] if isinstance(value, str) else texts_in(value)


def share_of(first: str, second: str) -> float:
    """Return how much of their words two compared texts share."""
    return _share(_tokens(first), _tokens(second))


def alike(said: Iterable[Said]) -> list[Alike]:
    """Return the pairs that say almost the same, the most alike first."""
    by_stem: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_stem[stem_of(one.stem)].append(one)
    stems = {stem: _tokens(stem) for stem in by_stem if stem}
    found = [pair for stem in by_stem for pair in _within(by_stem[stem], stem)]
    for first, second in _similar(stems, STEM):
        found += _across(by_stem[first], by_stem[second])
    return sorted(found, key=lambda pair: -pair.share)


def _within(members: Sequence[Said], stem: str) -> Iterator[Alike]:
    """Questions that ask in the same words are told apart by their answers (“Chọn câu đúng”)."""
    if len(members) < 2:
        return
    rests: dict[str, list[Said]] = defaultdict(list)
    for one in members:
        rests[stem_of(one.rest)].append(one)
    for same in rests.values():
        for place, one in enumerate(same[1:], start=1):
            yield Alike(same[place - 1].key, one.key, 1.0)
    stem_words = _tokens(stem)
    tokens = {rest: _tokens(rest) | {(f"\0{word}", n) for word, n in stem_words} for rest in rests}
    for first, second in _similar(tokens, WHOLE):
        yield Alike(rests[first][0].key, rests[second][0].key, _share(tokens[first], tokens[second]))


def _across(some: Sequence[Said], others: Sequence[Said]) -> Iterator[Alike]:
    for one in some:
        for other in others:
            share = share_of(
                f"{stem_of(one.stem)} {stem_of(one.rest)}", f"{stem_of(other.stem)} {stem_of(other.rest)}"
            )
            if share >= WHOLE:
                yield Alike(one.key, other.key, share)


def _similar(texts: Mapping[str, Tokens], least: float) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose words overlap by `least`.

    Two such sets share one of their rarest words: of n words the rarest n - ceil(least * n) + 1 are looked up
    (prefix filtering; Chaudhuri, Ganti, Kaushik 2006), so 5,000 questions need no twelve million comparisons.
    """
    frequency = Counter(token for tokens in texts.values() for token in tokens)
    index: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name, tokens in sorted(texts.items(), key=lambda item: len(item[1])):
        rarest = sorted(tokens, key=lambda token: (frequency[token], token))
        seen: set[str] = set()
        for token in rarest[: len(rarest) - math.ceil(least * len(rarest)) + 1]:
            for other in index[token]:
                if other not in seen and len(texts[other]) >= least * len(tokens):
                    seen.add(other)
                    if _share(texts[other], tokens) >= least:
                        yield other, name
            index[token].append(name)


def _share(first: Tokens, second: Tokens) -> float:
    together = len(first & second)
    whole = len(first) + len(second) - together
    return together / whole if whole else 1.0


def _tokens(text: str) -> Tokens:
    """Return the words, each with how often it stood before: “một một” is not “một”."""
    counts: Counter[str] = Counter()
    tokens = set()
    for word in text.split():
        tokens.add((word, counts[word]))
        counts[word] += 1
    return frozenset(tokens)
