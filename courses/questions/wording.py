"""Comparing words a learner typed with words an author expects."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from courses.questions.content import Json, Malformed, member, repeated, rows, words
from lms.base.vietnamese import fold, nfc

TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
MAX_TYPED = 1_000
WHOLE = 100


@dataclass(frozen=True)
class Likeness:
    """What two texts may differ in and still be the same. Unicode form and blanks never count."""

    ignore_case: bool = False
    ignore_accents: bool = False
    ignore_punctuation: bool = False

    def same(self, typed: str, expected: str) -> bool:
        """Say whether two texts are the same."""
        return bool(self._forms(typed) & self._forms(expected))

    def form(self, text: str) -> str:
        """Return the form by which expected answers are told apart."""
        return min(self._forms(text))

    def _forms(self, text: str) -> set[str]:
        # "e-mail" is "email", and "Mỹ Tho,Tiền Giang" is "Mỹ Tho, Tiền Giang": a mark is nothing or a blank.
        if not self.ignore_punctuation:
            return {self._form(text)}
        return {self._form(_without_punctuation(text, mark)) for mark in ("", " ")}

    def _form(self, text: str) -> str:
        if self.ignore_accents:
            # `fold` lowers the case too: where case counts, the letters are stripped one by one.
            return fold(text) if self.ignore_case else _stripped(text)
        return " ".join(map(_tone_last, (text.casefold() if self.ignore_case else text).split()))


def _without_punctuation(text: str, mark: str) -> str:
    return "".join(mark if unicodedata.category(one).startswith("P") else one for one in nfc(text))


def _stripped(text: str) -> str:
    plain = text.replace("đ", "d").replace("Đ", "D")
    letters = (one for one in unicodedata.normalize("NFD", plain) if not unicodedata.combining(one))
    return " ".join("".join(letters).split())


def _tone_last(word: str) -> str:
    """Return a syllable with its tone behind it: "hoà" and "hòa" are one spelling by two schools."""
    marks: list[str] = []
    letters: list[str] = []
    for one in unicodedata.normalize("NFD", word):
        (marks if one in TONES else letters).append(one)
    return unicodedata.normalize("NFC", "".join(letters)) + "".join(sorted(marks))


@dataclass(frozen=True)
class Expected:
    """One answer an author takes, and how much of the credit it earns."""

    text: str
    percent: int = WHOLE

    @classmethod
    def from_json(cls, data: Any) -> Expected:
        """Read one expected answer."""
        percent = member(data, "percent", int, WHOLE)
        if not 1 <= percent <= WHOLE:
            raise Malformed(_("The share of an answer lies between 1 and 100."))
        return cls(words(data, "text"), percent)

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {"text": self.text, "percent": self.percent}


def expected_of(data: Any) -> list[Expected]:
    """Read the expected answers of a question or a blank."""
    return [Expected.from_json(one) for one in rows(data, "answers")]


def credit(answers: list[Expected], typed: str, likeness: Likeness) -> Fraction:
    """Return the highest share among the expected answers that the text is the same as."""
    shares = [one.percent for one in answers if one.text and likeness.same(typed, one.text)]
    return Fraction(max(shares, default=0), WHOLE)


def best(answers: list[Expected]) -> str:
    """Return the text that earns the most."""
    return max(answers, key=lambda one: one.percent).text if answers else ""


def answer_problems(answers: list[Expected], likeness: Likeness) -> Iterator[str]:
    """Say what is wrong with a list of expected answers."""
    if not answers:
        yield _("Give at least one answer that counts as right.")
    elif max(one.percent for one in answers) < WHOLE:
        yield _("One of the answers must earn the whole credit (100%).")
    if any(not likeness.form(one.text) for one in answers):
        yield _("An expected answer is empty.")
    for text in repeated([likeness.form(one.text) for one in answers if likeness.form(one.text)]):
        yield _("Two expected answers are the same: “%(text)s”.") % {"text": text}
