"""Which passwords are taken: long ones that nobody would guess first (NIST SP 800-63B-4, 3.1.1.2).

No composition rules, no expiry, pasting allowed, blanks and every letter of Unicode taken.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.base.vietnamese import fold, nfc

if TYPE_CHECKING:
    from lms.people.models import Person

WORDS = Path(__file__).parent / "words.txt"
# A date, a year, the end of a telephone number: digits one appends tell nothing.
LONGEST_PLAIN_NUMBER = 8
LONGEST_PATTERN = 8
LONGEST_WORD = 24


class LengthValidator:
    """At least 15 characters, as NIST asks where the password is the only factor.

    It may be 8 with a second factor, but a second factor can be taken off again and is offered, not
    demanded, to most of the staff: one length for all stays true whatever happens to it.
    """

    SHORTEST = 15
    LONGEST = 256  # 64 must be possible; what is longer than this is no password but an attack on the hash

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse what is too short or far too long, counting characters of the form that is hashed."""
        length = len(nfc(password))
        if length < self.SHORTEST:
            words = ngettext(
                "The password has %(length)d character; it needs at least %(shortest)d. A sentence is easiest to remember.",
                "The password has %(length)d characters; it needs at least %(shortest)d. A sentence is easiest to remember.",
                length,
            )
            raise ValidationError(
                words % {"length": length, "shortest": self.SHORTEST}, code="password_too_short"
            )
        if length > self.LONGEST:
            raise ValidationError(
                _("The password is longer than %(longest)d characters.") % {"longest": self.LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Say it on the form."""
        return _("At least %(shortest)d characters; a sentence is easier to remember than a riddle.") % {
            "shortest": self.SHORTEST
        }


class BlocklistValidator:
    """Refuse passwords made of nothing but what a guesser tries first.

    The whole password is compared (NIST: not a word it may contain): it is refused when common passwords,
    words of this field and place, the person's own name and numbers, dates, rows of keys and repetitions
    leave fewer than five letters of it.
    """

    LEFT_OVER = 5

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse, and say what it was made of; of a short one its length is said already."""
        if len(nfc(password)) < LengthValidator.SHORTEST:
            return
        text = bare(password)
        if repeats(text):
            raise ValidationError(
                _("The password repeats the same few characters: choose several different words."),
                code="password_repeats",
            )
        if left_over(text, common_words()) < self.LEFT_OVER:
            raise ValidationError(
                _(
                    "The password is made of words, numbers or rows of keys that are tried first: choose other words."
                ),
                code="password_common",
            )
        own = own_words(user)
        if own and left_over(text, common_words() | own) < self.LEFT_OVER:
            raise ValidationError(
                _("The password is made of your own name, number or address: choose other words."),
                code="password_own",
            )

    def get_help_text(self) -> str:
        """Say it on the form."""
        return _(
            "Not your name or number, not words everybody would try. Any letters, blanks and marks; pasting is allowed."
        )


def bare(text: str) -> str:
    """Return the letters and digits alone, small, without marks: how guessers write words.

    >>> bare("Mật-Khẩu 2026")
    'matkhau2026'
    """
    return re.sub(r"[\W_]", "", fold(text))


@cache
def common_words() -> frozenset[str]:
    """Return the twenty thousand passwords Django knows as common, and ours: Vietnamese, of this field and place."""
    known = {bare(word) for word in CommonPasswordValidator().passwords}
    ours = {bare(line) for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    return frozenset(word for word in known | ours if len(word) >= 4)


def own_words(user: Any) -> frozenset[str]:
    """Return what anybody knows of the person: name, number, address."""
    if user is None or not getattr(user, "full_name", ""):
        return frozenset()
    syllables = [bare(part) for part in user.full_name.split()]
    address = [bare(part) for part in re.split(r"[@.\-_]", user.email or "")]
    return frozenset(word for word in [*syllables, bare(user.code), *address] if len(word) >= 2)


def repeats(text: str) -> bool:
    """Tell whether the text is a few characters over and over."""
    period = (text + text).find(text, 1) if text else 0
    return 0 < period <= min(LONGEST_PATTERN, len(text) // 2)


def left_over(text: str, words: frozenset[str]) -> int:
    """Return how many characters remain when known words, runs and short numbers are taken out as well as can be."""
    fewest = [0, *([len(text)] * len(text))]
    for start in range(len(text)):
        here = fewest[start]
        fewest[start + 1] = min(fewest[start + 1], here + 1)
        ends = {start + size for size in range(2, LONGEST_WORD) if text[start : start + size] in words}
        for end in ends | _runs(text, start):
            if end <= len(text):
                fewest[end] = min(fewest[end], here)
    return fewest[-1]


def _runs(text: str, start: int) -> set[int]:
    """Return where a plain number, a repetition or an alphabetical row that begins here may end."""
    digits = re.match(r"[0-9]+", text[start:])
    ends: set[int] = set()
    if digits and (start == 0 or not text[start - 1].isdigit()) and digits.end() <= LONGEST_PLAIN_NUMBER:
        ends.add(start + digits.end())
    for step in (-1, 0, 1):
        end = start + 1
        while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
            end += 1
        if end - start >= 4:
            ends.add(end)
    return ends
