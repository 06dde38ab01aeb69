"""The fields of each type of question."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from courses.forms.questions import QuestionForm
from courses.forms.rows import Column, Row, RowsField
from courses.questions import (
    CHECKS,
    Blanks,
    Case,
    Choice,
    Expected,
    Json,
    Malformed,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    Spreadsheet,
)
from courses.questions.case_kept import with_kept
from courses.questions.case_text import parts_of, text_of
from courses.questions.content import key_for
from courses.questions.numbers import stored_form, typed_form
from courses.questions.partial import partial_choices
from courses.questions.sheet_rules import NEEDS_NUMBER
from courses.states import QuestionKind

SHARE = re.compile(r"(.*?)(?:\s*\((\d{1,3})%\))?", re.DOTALL)
WHOLE = "100"


def lines_field(rows: int, **kwargs: Any) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ChoiceForm(QuestionForm):
    """Options, some of them right."""

    kind: str = QuestionKind.SINGLE
    own: tuple[str, ...] = ("options",)
    options = RowsField(
        [Column("is_right", _("Right"), "check"), Column("text", _("Option"), is_wide=True)],
        label=_("Options"),
        help_text=_("Tick what is right. Rows left blank are left out."),
    )

    def initial_of(self, content: Choice) -> dict[str, Any]:
        """Return the options as rows."""
        rows = [{"is_right": "on" if one.is_right else "", "text": one.text} for one in content.options]
        return {"options": rows, "partial": content.partial}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return the options."""
        options = [
            {"key": key_for(row["text"]), "text": row["text"], "is_right": bool(row["is_right"])}
            for row in cleaned["options"]
        ]
        return {"options": options, "partial": cleaned.get("partial", "none")}


class MultipleForm(ChoiceForm):
    """Several right options, with or without partial credit."""

    kind = QuestionKind.MULTIPLE
    own = ("options", "partial")
    partial = forms.ChoiceField(
        label=_("Partial credit"), choices=partial_choices("per_right", "right_minus_wrong")
    )


class TrueFalseForm(ChoiceForm):
    """Two options, one of them right."""

    kind = QuestionKind.TRUE_FALSE


class MatchingForm(QuestionForm):
    """Pairs, and lines on the right that belong to none."""

    kind = QuestionKind.MATCHING
    own = ("pairs", "decoys", "partial")
    pairs = RowsField([Column("left", _("Left")), Column("right", _("Right side"))], label=_("Pairs"))
    decoys = lines_field(
        3,
        label=_("Decoys"),
        required=False,
        help_text=_("Lines on the right that belong to no pair, one on each line."),
    )
    partial = forms.ChoiceField(label=_("Partial credit"), choices=partial_choices("per_pair"))

    def initial_of(self, content: Matching) -> dict[str, Any]:
        """Return pairs and decoys."""
        rows = [{"left": pair.left, "right": pair.right} for pair in content.pairs]
        return {"pairs": rows, "decoys": "\n".join(content.decoys), "partial": content.partial}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return pairs and decoys."""
        pairs = [{"key": key_for(row["left"]), **row} for row in cleaned["pairs"]]
        return {"pairs": pairs, "decoys": _typed_lines(cleaned["decoys"]), "partial": cleaned["partial"]}


class OrderingForm(QuestionForm):
    """Lines in their right order."""

    kind = QuestionKind.ORDERING
    own = ("items", "partial")
    items = lines_field(
        8,
        label=_("Lines in their right order"),
        help_text=_("One on each line, the first first. Learners see them shuffled."),
    )
    partial = forms.ChoiceField(
        label=_("Partial credit"), choices=partial_choices("per_position", "per_neighbours")
    )

    def initial_of(self, content: Ordering) -> dict[str, Any]:
        """Return the lines."""
        return {"items": "\n".join(item.text for item in content.items), "partial": content.partial}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return the lines."""
        items = [{"key": key_for(line), "text": line} for line in _typed_lines(cleaned["items"])]
        return {"items": items, "partial": cleaned["partial"]}


class NumericForm(QuestionForm):
    """A number, its tolerance and its units."""

    kind = QuestionKind.NUMERIC
    own = ("value", "tolerance", "tolerance_kind", "units", "unit_required")
    value = forms.CharField(label=_("Right number"), max_length=40, help_text=_("Such as 1234,5."))
    tolerance = forms.CharField(label=_("Tolerance"), max_length=40, initial="0")
    tolerance_kind = forms.ChoiceField(
        label=_("The tolerance is"),
        choices=[("absolute", _("a number")), ("percent", _("a percentage of the right number"))],
    )
    units = RowsField(
        [Column("unit", _("Unit")), Column("factor", _("Factor"), start="1")],
        label=_("Units"),
        help_text=_(
            "The right number is given in the unit with the factor 1. A number in another unit is multiplied by its"
            " factor: for km 1, for m 0,001."
        ),
    )
    unit_required = forms.BooleanField(label=_("A number without its unit does not count"), required=False)

    def initial_of(self, content: Numeric) -> dict[str, Any]:
        """Return number, tolerance and units in the notation they are typed in."""
        return {
            "value": typed_form(content.value),
            "tolerance": typed_form(content.tolerance),
            "tolerance_kind": content.tolerance_kind,
            "units": [{"unit": one.unit, "factor": typed_form(one.factor)} for one in content.units],
            "unit_required": content.unit_required,
        }

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return number, tolerance and units."""
        return {
            "value": stored_form(cleaned["value"]),
            "tolerance": stored_form(cleaned["tolerance"]),
            "tolerance_kind": cleaned["tolerance_kind"],
            "units": [
                {"unit": row["unit"], "factor": stored_form(row["factor"] or "1")} for row in cleaned["units"]
            ],
            "unit_required": cleaned["unit_required"],
        }


class ShortTextForm(QuestionForm):
    """The texts that count."""

    kind = QuestionKind.SHORT_TEXT
    own = ("answers", "ignore_case", "ignore_accents", "ignore_punctuation")
    answers = RowsField(
        [Column("text", _("Answer"), is_wide=True), Column("percent", _("Share in %"), start=WHOLE)],
        label=_("Answers that count"),
        help_text=_("Extra blanks never count, nor whether it is hoà or hòa."),
    )
    ignore_case = forms.BooleanField(label=_("Capital letters do not matter"), required=False, initial=True)
    ignore_accents = forms.BooleanField(label=_("Accents do not matter (đ is d)"), required=False)
    ignore_punctuation = forms.BooleanField(
        label=_("Punctuation does not matter"), required=False, initial=True
    )

    def initial_of(self, content: ShortText) -> dict[str, Any]:
        """Return the answers as rows."""
        rows = [{"text": one.text, "percent": str(one.percent)} for one in content.answers]
        return {"answers": rows, **{name: getattr(content, name) for name in self.own[1:]}}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return the answers."""
        answers = [
            {"text": row["text"], "percent": _whole(row["percent"] or WHOLE)} for row in cleaned["answers"]
        ]
        return {"answers": answers, **{name: cleaned[name] for name in self.own[1:]}}


class BlanksForm(QuestionForm):
    """A text with blanks, and what is right in each."""

    kind = QuestionKind.BLANKS
    own = ("passage", "blanks")
    passage = lines_field(
        5,
        label=_("Text with blanks"),
        help_text=_("Mark each blank by its number in double brackets: [[1]], [[2]]."),
    )
    blanks = RowsField(
        [
            Column("key", _("Blank")),
            Column("answers", _("Right answers"), is_wide=True),
            Column("choices", _("Choices (none: typed)"), is_wide=True),
            Column("ignore_case", _("Capitals do not matter"), "check"),
            Column("ignore_accents", _("Accents do not matter"), "check"),
        ],
        label=_("Blanks"),
        help_text=_(
            "Separate answers or choices by |. A share stands behind its answer: Mỹ Tho | My Tho (50%)"
        ),
    )

    def initial_of(self, content: Blanks) -> dict[str, Any]:
        """Return text and blanks."""
        rows = [
            {
                "key": blank.key,
                "answers": " | ".join(map(_with_share, blank.answers)),
                "choices": " | ".join(blank.choices),
                "ignore_case": "on" if blank.ignore_case else "",
                "ignore_accents": "on" if blank.ignore_accents else "",
            }
            for blank in content.blanks
        ]
        return {"passage": content.text, "blanks": rows}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return text and blanks."""
        return {"text": cleaned["passage"], "blanks": [_blank(row) for row in cleaned["blanks"]]}


class CaseForm(QuestionForm):
    """A situation, and its questions as blocks of lines."""

    kind = QuestionKind.CASE
    own = ("situation", "parts")
    situation = lines_field(6, label=_("Situation"))
    parts = lines_field(
        18,
        label=_("Questions of the case"),
        help_text=_(
            "Begin each question with # type | points; then its words; then its lines: “* right”, “- wrong” (single,"
            " multiple, true_false), “= 12,5 ± 0,1 km” (numeric), “= answer (50%)” (short_text), “left -> right”"
            " (matching), “1. first” (ordering). Decoys, further units, partial credit and what may differ of an imported"
            " question stay as they are."
        ),
    )

    def initial_of(self, content: Case) -> dict[str, Any]:
        """Return situation and questions."""
        return {"situation": content.text, "parts": _typed_parts(content)}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return situation and questions; what is not typed of them stays."""
        before: Case = self.instance.parsed
        if before.parts and cleaned["parts"].split() == _typed_parts(before).split():
            return Case(cleaned["situation"], before.parts).to_json()
        return Case(cleaned["situation"], with_kept(parts_of(cleaned["parts"]), before.parts)).to_json()


class SpreadsheetForm(QuestionForm):
    """What to do in a workbook, and the rules by which it is checked."""

    kind = QuestionKind.SPREADSHEET
    own = ("instructions", "start_file", "rules")
    instructions = lines_field(6, label=_("Instructions"))
    start_file = forms.ModelChoiceField(
        get_document_model().objects.all(),
        label=_("Workbook to start from"),
        required=False,
        widget=AdminDocumentChooser,
    )
    rules = RowsField(
        [
            Column("sheet", _("Sheet (blank: first)")),
            Column("cell", _("Cell or range")),
            Column("check", _("Check"), "choice", tuple(CHECKS.items()), start="number"),
            Column("value", _("Value")),
            Column("tolerance", _("Tolerance"), start="0"),
            Column("points", _("Points"), start="1"),
            Column("message", _("Said after release"), is_wide=True),
        ],
        label=_("Rules"),
        help_text=_("Each rule that is kept earns its points. Learners see the sentence only after release."),
    )

    def initial_of(self, content: Spreadsheet) -> dict[str, Any]:
        """Return instructions, start file and rules."""
        rows = [
            {
                **rule.to_json(),
                "points": str(rule.points),
                "value": typed_form(rule.value) if rule.check in NEEDS_NUMBER else rule.value,
                "tolerance": typed_form(rule.tolerance),
            }
            for rule in content.rules
        ]
        return {"instructions": content.instructions, "start_file": content.start_file, "rules": rows}

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return instructions, start file and rules."""
        start = cleaned["start_file"]
        return {
            "instructions": cleaned["instructions"],
            "start_file": start.pk if start else None,
            "rules": [_rule(row) for row in cleaned["rules"]],
        }


def _typed_parts(content: Case) -> str:
    text = text_of(content.parts)
    if text is None:
        return _now("This case has a question of a type that is not typed here: change it by an import.")
    return text


def _rule(row: Row) -> Json:
    is_number = row["check"] in NEEDS_NUMBER and row["value"]
    return {
        **row,
        "value": stored_form(row["value"]) if is_number else row["value"],
        "tolerance": stored_form(row["tolerance"] or "0"),
        "points": _whole(row["points"] or "1"),
    }


def _blank(row: Row) -> Json:
    return {
        "key": row["key"],
        "answers": [_expected(one) for one in row["answers"].split("|") if one.strip()],
        "choices": [one.strip() for one in row["choices"].split("|") if one.strip()],
        "ignore_case": bool(row["ignore_case"]),
        "ignore_accents": bool(row["ignore_accents"]),
    }


def _expected(text: str) -> Json:
    match = SHARE.fullmatch(text.strip())
    assert match is not None  # noqa: S101 (the pattern takes any text)
    return {"text": match[1], "percent": int(match[2] or WHOLE)}


def _with_share(one: Expected) -> str:
    return one.text if one.percent == int(WHOLE) else f"{one.text} ({one.percent}%)"


def _typed_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Malformed(_now("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return int(text)


FORMS: dict[str, type[QuestionForm]] = {
    form.kind: form
    for form in (
        ChoiceForm,
        MultipleForm,
        TrueFalseForm,
        MatchingForm,
        OrderingForm,
        NumericForm,
        ShortTextForm,
        BlanksForm,
        CaseForm,
        SpreadsheetForm,
    )
}


def question_form(kind: str) -> type[QuestionForm]:
    """Return the form of a type; that of one right option where it has none."""
    return FORMS.get(kind, ChoiceForm)
