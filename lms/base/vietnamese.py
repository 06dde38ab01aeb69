"""Vietnamese text: one Unicode form, search without accents, names in dictionary order."""

import unicodedata
from functools import lru_cache

# CLDR "vi": letters first, then tones (ngang < huyền < hỏi < ngã < sắc < nặng).
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(ALPHABET)}
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Return the text in Unicode form NFC, as macOS and some sheets do not send it."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text for searching: lower case, đ as d, no marks, single blanks.

    >>> fold("Đặng  Thị Mỹ")
    'dang thi my'
    """
    return " ".join(filter(None, map(_fold_word, text.split())))


@lru_cache(maxsize=65_536)  # a province's names are made of a few thousand syllables
def _fold_word(word: str) -> str:
    lowered = word.casefold().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def _syllable_key(syllable: str) -> str:
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", syllable.casefold()):
        tone, base = "0", []
        for part in unicodedata.normalize("NFD", character):
            if part in TONES:
                tone = TONES[part]
            else:
                base.append(part)
        letters.append(LETTER_RANK.get(unicodedata.normalize("NFC", "".join(base)), character))
        tones.append(tone)
    return "".join(letters) + " " + "".join(tones)


def spelling(text: str) -> str:
    """Return the text for comparing names: lower case, each tone after its syllable, single blanks.

    Two ways to write one are in use: Thúy and Thuý, ủy and uỷ.

    >>> spelling("Thúy") == spelling("THUÝ") != spelling("Thùy")
    True
    """
    return " ".join(map(_tone_last, text.casefold().split()))


def _tone_last(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable)
    return "".join(sorted(parts, key=lambda part: part in TONES))


def text_sort_key(text: str) -> str:
    """Return a key that sorts words by the Vietnamese alphabet, syllable by syllable."""
    return "  ".join(map(_syllable_key, text.split()))


def name_sort_key(full_name: str) -> str:
    """Return a key that sorts by given name, then family name, then middle names.

    The key is plain text, so both databases sort by it alike.
    """
    syllables = full_name.split()
    if not syllables:
        return ""
    given, family, middle = syllables[-1], syllables[:1], syllables[1:-1]
    return "  ".join(_syllable_key(part) for part in [given, *family, *middle])
