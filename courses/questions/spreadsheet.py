"""A task done in a workbook, which is handed in and checked cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from uuid import UUID

from django.utils.translation import gettext as _

from courses.questions.content import (
    NOTHING,
    Content,
    Json,
    Malformed,
    Posted,
    Uploads,
    only,
    rows,
    said,
    unreadable,
    words,
)
from courses.questions.sheet_rules import SheetRule
from courses.questions.workbook import Workbook
from courses.states import QuestionKind


@dataclass(frozen=True)
class Spreadsheet(Content):
    """What to do, the workbook to start from, and the rules. The workbook handed in is named by its id."""

    kinds = (QuestionKind.SPREADSHEET,)

    instructions: str = ""
    start_file: int | None = None
    rules: list[SheetRule] = field(default_factory=list)
    kind: str = QuestionKind.SPREADSHEET.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Spreadsheet:
        """Read instructions, start file and rules."""
        start = data.get("start_file") if isinstance(data, dict) else None
        if start is not None and type(start) is not int:
            raise Malformed(_("“%(name)s” cannot be read.") % {"name": "start_file"})
        return cls(
            words(data, "instructions"), start, [SheetRule.from_json(one) for one in rows(data, "rules")]
        )

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {
            "instructions": self.instructions,
            "start_file": self.start_file,
            "rules": [rule.to_json() for rule in self.rules],
        }

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the rules."""
        if not self.rules:
            yield _("Give at least one rule by which the workbook is checked.")
        for number, rule in enumerate(self.rules, start=1):
            for problem in rule.problems():
                yield _("Rule %(number)s: %(problem)s") % {"number": number, "problem": problem}

    def shown(self, rng: Random) -> Json:
        """Return the task; rules and their messages are key."""
        return {
            "kind": self.kind,
            "instructions": self.instructions,
            "has_start_file": self.start_file is not None,
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the weight of the rules the uploaded workbook keeps."""
        workbook = uploads.get(said(response, "upload"))
        total = sum(rule.points for rule in self.rules)
        if workbook is None or not total:
            return NOTHING
        return Fraction(sum(rule.points for rule in self.rules if rule.holds(workbook)), total)

    def key(self) -> Json:
        """Return nothing: a workbook that keeps the rules cannot be named beforehand."""
        return {}

    def uncounted(self, workbook: Workbook) -> list[str]:
        """Return the cells the rules look at whose formula was stored without its value."""
        return sorted({place for rule in self.rules for place in rule.uncounted(workbook)})

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse what is no id of an upload; whose it is, the action asks."""
        upload = response.get("upload", "")
        if not only(response, "upload") or not isinstance(upload, str):
            return unreadable()
        try:
            return None if not upload or str(UUID(upload)) == upload else unreadable()
        except ValueError:
            return unreadable()

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the id of the upload; the file itself goes its own way."""
        upload = data.get(name, "").strip()
        return {"upload": upload} if upload else {}
