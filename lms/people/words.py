"""Words somebody types to find a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lms.base.vietnamese import fold, nfc


@dataclass(frozen=True)
class Words:
    """What somebody typed to find a name; `accented` is empty where no accent was typed."""

    folded: tuple[str, ...] = ()
    accented: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Words:
        """Read the words typed."""
        folded = fold(text)
        spelt = " ".join(nfc(text).casefold().split())
        return cls(tuple(folded.split()), tuple(spelt.split()) if spelt != folded else ())

    def match(self, name_folded: str) -> bool:
        """Tell whether each word begins a word of the name, accents ignored."""
        return _begin(self.folded, name_folded.split())

    def match_exactly(self, full_name: str) -> bool:
        """Tell whether the accents typed agree too."""
        return bool(self.accented) and _begin(self.accented, nfc(full_name).casefold().split())


def _begin(words: Sequence[str], parts: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in parts) for word in words)


def looks_like_number(text: str) -> bool:
    """Tell whether the text is meant as a number: names hold no digits. Also those of other scripts count."""
    return any(unicodedata.category(character) == "Nd" for character in text)
