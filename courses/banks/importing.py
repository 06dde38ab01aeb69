"""Importing a question bank: an author's file into one bank, as drafts that somebody else reviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions import save_question
from courses.actions.questions import WRITTEN
from courses.banks.comparing import answer_words, asked, completed, meaning, texts_said
from courses.banks.found import Found, Reading
from courses.banks.known import BankKnown, said_by
from courses.banks.likeness import Said, alike
from courses.banks.notes import take_notes
from courses.banks.reading import Progress, read_bank
from courses.banks.reading.categories import difficulty_of
from courses.banks.reading.columns import COLUMNS
from courses.banks.reading.instructions import ANSWER_ALL, FILL_IN
from courses.banks.template import template_workbook
from courses.models import Question, QuestionBank
from courses.questions import Malformed
from courses.rules import Refused, question_problems
from courses.states import Difficulty, QuestionState
from lms.base.importing import FileRefused, Importer, Plan, Row, importer
from lms.base.importing.undisturbed import undisturbed
from lms.people.rules import may

MAX_TOPIC = 120
SHOWN_COLUMNS = tuple(
    column
    for column in COLUMNS
    if column.name not in {f"option_{letter}" for letter in "defghijklmnopqrstuvwxyz"}
)
MAX_LIKE = 50_000


@dataclass
class Item:
    """One question to add or to change."""

    row: Row
    question: Question
    known: Question | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.question.text


@importer("questions")
class QuestionImporter(Importer):
    """Imports questions; key = code, else everything a question says, else its words."""

    title = gettext_lazy("Questions of a bank")
    columns = SHOWN_COLUMNS
    goes_into = gettext_lazy("Question bank")
    skips_errors = True
    accepts = ".xlsx,.xml,.gift,.txt,.csv"
    file_help = gettext_lazy(
        "The workbook of the template, Moodle XML or GIFT. Nothing is written before you confirm; what comes in"
        " is a draft until somebody else has reviewed it."
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Course authors."""
        return may(person, "courses.author")

    @classmethod
    def into_choices(cls, person: Any) -> list[tuple[str, str]]:
        """Every bank: authors share them."""
        return [(bank.code, str(bank)) for bank in QuestionBank.objects.all()]

    @classmethod
    def template(cls) -> bytes:
        """The workbook with an example of each type and a sheet that explains the columns."""
        return template_workbook()

    def back_to(self) -> tuple[str, str]:
        """The bank's own page."""
        bank = QuestionBank.objects.filter(code=self.into).first()
        return (reverse("bank_page", args=[bank.pk]), _("To the bank")) if bank else ("", "")

    @property
    def bank(self) -> QuestionBank:
        """The bank the file goes into; raise FileRefused where there is none."""
        bank = QuestionBank.objects.filter(code=self.into).first()
        if bank is None:
            raise FileRefused(_("There is no question bank “%(code)s”.") % {"code": self.into})
        return bank

    @undisturbed()
    def read(self, content: bytes, name: str, progress: Progress | None = None) -> list[Row]:
        """Return a row for each question of the file; raise FileRefused."""
        reading = read_bank(content, name, progress)
        self._header_warnings = reading.problems
        for found in reading.questions:
            take_notes(found)
            _mend(found)
        _say_dropped_tags(reading)
        return [
            Row(found.place, {"found": found}, {}, problems=list(found.problems))
            for found in reading.questions
        ]

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the bank, and say which questions look like others."""
        known, plan = BankKnown(self.bank), Plan()
        taken: dict[int, int] = {}
        added: dict[str, int] = {}
        for row in rows:
            self._place(row, known, plan, taken, added)
        self._warn_of_likeness(plan)
        return plan

    def _place(
        self, row: Row, known: BankKnown, plan: Plan, taken: dict[int, int], added: dict[str, int]
    ) -> None:
        found: Found = row["found"]
        try:
            said = meaning(found.kind, found.text, completed(found.kind, found.content, None))
        except Malformed as malformed:
            row.error("content", str(malformed))
            return
        match = known.find(found, said, set(taken))
        if match is not None and match.pk in taken:
            row.error(
                "code", _("is the same question as in row %(row)d of this file") % {"row": taken[match.pk]}
            )
            return
        if match is None and (earlier := added.get(said)):
            row.warning(
                "text", _("stands in this file already (row %(row)d) and is taken once") % {"row": earlier}
            )
            plan.unchanged += 1
            return
        question = _question(self.bank, found, match)
        if refused := _refusal(question, match):
            row.error("content", refused)
            return
        if match is None:
            added[said] = row.number
            plan.added.append(Item(row, question))
            return
        taken[match.pk] = row.number
        self._place_known(Item(row, question, match, _changes(question, match)), plan)

    @staticmethod
    def _place_known(item: Item, plan: Plan) -> None:
        assert item.known is not None  # noqa: S101 (only known questions come here)
        if item.known.state == QuestionState.RETIRED:
            item.row.warning("text", _("is in the bank and was taken out of use"))
        if item.changes:
            plan.changed.append(item)
        else:
            plan.unchanged += 1

    def _warn_of_likeness(self, plan: Plan) -> None:
        """Say which new questions say almost the same as one of the file or of any bank."""
        if not plan.added:
            return
        known = {row.pk: row for row in newest_of_all()}
        if len(known) + len(plan.added) > MAX_LIKE:
            return
        said = said_by(known.values())
        by_number = {f"r{place}": item for place, item in enumerate(plan.added)}
        said += [Said(name, *_said(item.question)) for name, item in by_number.items()]
        for pair in alike(said):
            self._warn_of_pair(pair.first, pair.second, by_number, known)

    @staticmethod
    def _warn_of_pair(first: Any, second: Any, added: dict[str, Item], known: dict[int, Question]) -> None:
        new = [one for one in (first, second) if one in added]
        if not new:
            return
        if len(new) == 2:
            earlier, later = sorted((added[one] for one in new), key=lambda item: item.row.number)
            words = {"row": earlier.row.number, "text": earlier.question.text[:80]}
            later.row.warning("text", _("looks like the question of row %(row)d: “%(text)s”") % words)
            return
        other = known[second if first in added else first]
        words = {"bank": other.bank.code, "text": other.text[:80]}
        added[new[0]].row.warning("text", _("looks like a question of the bank %(bank)s: “%(text)s”") % words)

    def describe(self, item: Item) -> dict[str, Any]:
        """Show a new question whole, of a changed one what changes."""
        new = _shown(item.question)
        if item.known is None:
            return {"what": item.question.text, "new": {name: value for name, value in new.items() if value}}
        old = _shown(item.known)
        names = [name for name in new if new[name] != old[name]]
        what = f"{self.bank.code} · {item.known.text}"
        return {"what": what, "old": {n: old[n] for n in names}, "new": {n: new[n] for n in names}}

    def write(self, plan: Plan) -> None:
        """Write each question through the one action: a draft, or the next version of a reviewed one."""
        for item in plan.added:
            self._write(item)
        for item in plan.changed:
            self._write(item)

    def _write(self, item: Item) -> None:
        before = item.known
        old = {name: getattr(before, name) for name in item.changes} if before is not None else {}
        try:
            kept = save_question(question=item.question, by=self.by)
        except Refused as refused:
            raise FileRefused(f"{item.row.number}: {refused}") from None
        if before is not None and kept.pk == before.pk:
            self.journal.changed(kept, old)
        else:
            self.journal.made([kept], WRITTEN)


def newest_of_all() -> list[Question]:
    """Return the newest version of every question in use or waiting, of all banks."""
    rows = Question.objects.filter(following__isnull=True).exclude(state=QuestionState.RETIRED)
    return list(rows.select_related("bank"))


def _said(question: Question) -> tuple[str, str]:
    return asked(question.text, question.content), " ".join(texts_said(question.kind, question.content))


def _mend(found: Found) -> None:
    """Bring what other programs allow to what a bank holds, and say so."""
    if found.points is not None and not found.refused:
        whole = min(Decimal(100), max(Decimal(1), found.points.quantize(Decimal(1), ROUND_HALF_UP)))
        if whole != found.points:
            sentence = _("Points are whole numbers from 1 to 100 here: %(said)s becomes %(taken)s.")
            found.warn(sentence % {"said": found.points.normalize(), "taken": whole}, what="points")
        found.points = whole
    if found.topic and len(found.topic) > MAX_TOPIC:
        found.warn(
            _("The topic is longer than %(limit)d characters and was cut.") % {"limit": MAX_TOPIC},
            what="topic",
        )
        found.topic = found.topic[:MAX_TOPIC].rstrip(" /")


def _say_dropped_tags(reading: Reading) -> None:
    """Tags that are no difficulty have no place in a bank."""
    tagged = [
        (found.place, tag)
        for found in reading.questions
        for tag in found.tags
        if difficulty_of([tag]) is None
    ]
    if tagged:
        names = ", ".join(dict.fromkeys(tag for _place, tag in tagged))
        sentence = _("Tags were left out: %(names)s.") % {"names": names[:200]}
        reading.warn(tagged[0][0], sentence, what="tags")


def _question(bank: QuestionBank, found: Found, known: Question | None) -> Question:
    """Return the question as the file wants it; what it does not say stays."""
    question = Question(
        pk=known.pk if known else None,
        bank=bank,
        kind=found.kind,
        text=found.text,
        content=completed(
            found.kind, found.content, known.content if known and known.kind == found.kind else None
        ),
        explanation=_otherwise(found.explanation, known.explanation if known else ""),
        topic=_otherwise(found.topic, known.topic if known else ""),
        difficulty=_otherwise(found.difficulty, known.difficulty if known else Difficulty.MEDIUM),
        points=int(_otherwise(found.points, known.points if known else 1)),
        code=found.code,
    )
    if known is not None:
        question.version, question.previous_id, question.created_at = (
            known.version,
            known.previous_id,
            known.created_at,
        )
        question.state = known.state
        if found.text in (FILL_IN, ANSWER_ALL) or not found.text:
            question.text = known.text
        question.code = known.code
    return question


def _otherwise(said: Any, usual: Any) -> Any:
    return usual if said is None else said


def _refusal(question: Question, known: Question | None) -> str:
    if known is not None and known.kind != question.kind:
        return _("The bank holds this question as another type: its type does not change.")
    return " ".join(question_problems(question))


def _changes(question: Question, known: Question) -> dict[str, Any]:
    """Return the fields that differ in what they say, not in how it is written."""
    changes = {
        name: getattr(question, name)
        for name in WRITTEN
        if name not in ("content", "text", "topic") and getattr(question, name) != getattr(known, name)
    }
    if " ".join(question.text.split()) != " ".join(known.text.split()):
        changes["text"] = question.text
    if question.topic.replace(" / ", "/") != known.topic.replace(" / ", "/"):
        changes["topic"] = question.topic
    if not _is_same_content(question, known):
        changes["content"] = question.content
    return changes


def _is_same_content(question: Question, known: Question) -> bool:
    try:
        said = [meaning(one.kind, "", one.content) for one in (question, known)]
    except Malformed:
        return False
    return said[0] == said[1]


def _shown(question: Question) -> dict[str, str]:
    return {
        _("Type"): str(question.get_kind_display()),
        _("Question"): question.text,
        _("Answer"): answer_words(question.kind, question.content),
        _("Explanation"): question.explanation,
        _("Topic"): question.topic,
        _("Difficulty"): str(question.get_difficulty_display()),
        _("Points"): str(question.points),
    }
