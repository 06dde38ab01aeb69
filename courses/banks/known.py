"""The questions of a bank as a file meets them: the newest version of each, found by code, by meaning, by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from courses.banks.comparing import asked, meaning, texts_said
from courses.banks.found import Found
from courses.banks.likeness import Said, share_of, stem_of
from courses.models import Question, QuestionBank
from courses.questions import Malformed

# A code that the bank itself made must stand at a question that says at least something of the same.
LEAST_LIKE = 0.3


class BankKnown:
    """Finds the question that a file's question is."""

    def __init__(self, bank: QuestionBank) -> None:
        self.bank = bank
        rows = {row.pk: row for row in Question.objects.filter(bank=bank)}
        followed = {row.previous_id for row in rows.values()}
        self.newest = [row for row in rows.values() if row.pk not in followed]
        self.codes = {row.pk: row.code or made_code(bank, _first(row, rows)) for row in self.newest}
        self._by_code = {row.code: row for row in self.newest if row.code}
        self._by_made_code = {self.codes[row.pk]: row for row in self.newest if not row.code}
        self._by_meaning: dict[str, list[Question]] = defaultdict(list)
        self._by_words: dict[tuple[str, str], list[Question]] = defaultdict(list)
        for row in self.newest:
            self._by_words[row.kind, stem_of(asked(row.text, row.content))].append(row)
            try:
                self._by_meaning[meaning(row.kind, row.text, row.content)].append(row)
            except Malformed:
                continue  # what is no content of its type is like nothing

    def find(self, found: Found, said: str, taken: set[int]) -> Question | None:
        """Return the bank's question that this is, by code, else by all it says, else by its words alone."""
        if found.code and (row := self._by_code.get(found.code)) is not None:
            return row
        if (row := self._by_made_code.get(found.code)) is not None and _is_like(row, found):
            return row
        same = [row for row in self._by_meaning.get(said, ()) if row.pk not in taken]
        if same:
            return same[0]
        if found.code:
            return None
        words = self._by_words.get((found.kind, stem_of(asked(found.text, found.content))), [])
        return words[0] if len(words) == 1 and words[0].pk not in taken else None


def made_code(bank: QuestionBank, first: int) -> str:
    """Return the code under which a question without one is exported: its bank's code and its first version's key."""
    return f"{bank.code}-{first}"


def _first(row: Question, rows: dict[int, Question]) -> int:
    while row.previous_id is not None and row.previous_id in rows:
        row = rows[row.previous_id]
    return row.pk


def _is_like(row: Question, found: Found) -> bool:
    first, second = asked(row.text, row.content), asked(found.text, found.content)
    return row.kind == found.kind and share_of(stem_of(first), stem_of(second)) >= LEAST_LIKE


def said_by(questions: Iterable[Question]) -> list[Said]:
    """Return questions as they are compared with others."""
    return [
        Said(row.pk, asked(row.text, row.content), " ".join(texts_said(row.kind, row.content)))
        for row in questions
    ]


def found_of(question: Question, code: str, place: int) -> Found:
    """Return a question of the bank as a file's question, to be written."""
    return Found(
        place,
        kind=question.kind,
        text=question.text,
        content=question.content,
        explanation=question.explanation,
        topic=question.topic,
        difficulty=question.difficulty,
        points=Decimal(question.points),
        code=code,
    )
