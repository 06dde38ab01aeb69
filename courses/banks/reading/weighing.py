"""From options with a share of the points, as Moodle and GIFT have them, to contents of ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.banks.found import Found, answers, options
from courses.banks.numbers import number_of, percent_of, written
from courses.banks.words import one_line

FULL = Decimal(100)
ROUNDING = Decimal("0.5")
TRUE, FALSE = (
    "Đúng",
    "Sai",
)  # what the options of a true-or-false question say is data, whoever reads the file


@dataclass(frozen=True)
class Weighed:
    """One option or answer: its words, its share of the points in %, what is said of it."""

    text: str
    fraction: Decimal
    feedback: str = ""
    tolerance: str = ""


def explain(found: Found, general: str, weighed: Iterable[Weighed] = ()) -> None:
    """Put together what is said after the question: of all of it, then of each option."""
    parts = [general, *(_remark(one) for one in weighed if one.feedback)]
    text = "\n".join(part for part in parts if part)
    if text:
        found.explanation = text


def _remark(one: Weighed) -> str:
    """Return what is said of an option; * stands for all other answers."""
    return one.feedback if one.text in ("", "*") else f"{one.text}: {one.feedback}"


def true_false(found: Found, *, is_true: bool) -> None:
    """Make it a true-or-false question."""
    found.kind = "true_false"
    found.content = {"options": options([(TRUE, is_true), (FALSE, not is_true)]), "partial": "none"}


def choose(found: Found, weighed: Sequence[Weighed], *, single: bool) -> None:
    """Make it a question with one or several right options."""
    kept = [one for one in weighed if one.text]
    if len(kept) < len(weighed):
        found.warn(_("An option without words was left out."), what="answer")
    (_single if single else _several)(found, kept)


def _single(found: Found, weighed: Sequence[Weighed]) -> None:
    right = [one for one in weighed if abs(one.fraction - FULL) < ROUNDING]
    if not right:
        found.refuse(_("No option earns 100 %: exactly one must be right."), what="answer")
        return
    for one in weighed:
        if 0 < one.fraction < FULL - ROUNDING:
            _warn_share(
                found, one, _("earns %(percent)s %% in the file and nothing here: one option is right")
            )
    found.kind = "single"
    found.content = {"options": options((one.text, one in right) for one in weighed), "partial": "none"}
    if len(right) > 1:
        found.kind = "multiple"
        found.content["partial"] = "none"
        found.warn(
            _("%(count)d options are right: taken as a question with several right options.")
            % {"count": len(right)},
            what="answer",
        )


def _several(found: Found, weighed: Sequence[Weighed]) -> None:
    right = [one for one in weighed if one.fraction > 0]
    if not right:
        found.refuse(_("No option earns anything: at least one must be right."), what="answer")
        return
    found.kind = "multiple"
    found.content = {"options": options((one.text, one.fraction > 0) for one in weighed)}
    partial = _rule([one.fraction for one in weighed if one.fraction <= 0])
    if partial:
        found.content["partial"] = partial
    if max(one.fraction for one in right) - min(one.fraction for one in right) > 2 * ROUNDING:
        found.warn(
            _("The right options weigh differently in the file; here each weighs the same."), what="fraction"
        )


def _rule(wrong: Sequence[Decimal]) -> str:
    """Return the rule that the weights of the wrong options say; nothing where there are none."""
    if not wrong:
        return ""
    return "right_minus_wrong" if any(fraction < 0 for fraction in wrong) else "per_right"


def short_text(found: Found, weighed: Sequence[Weighed], *, ignore_case: bool | None) -> None:
    """Make it a short answer; the wildcard * is no part of an answer here."""
    kept = accepted(found, weighed)
    if not kept:
        return
    found.kind = "short_text"
    found.content = {"answers": answers(kept)}
    if ignore_case is not None:
        found.content["ignore_case"] = ignore_case


def accepted(found: Found, weighed: Sequence[Weighed], *, what: str = "answer") -> list[tuple[str, int]]:
    """Return the typed answers that earn something; refuse where none of them earns everything."""
    exact = []
    for one in weighed:
        if "*" in one.text.replace("\\*", ""):
            if one.fraction > 0:
                sentence = _(
                    "has the wildcard *: an answer here is compared as it is written, so it was left out"
                )
                found.warn(_named(one, sentence), what=what)
        else:
            exact.append(replace(one, text=one.text.replace("\\*", "*")))
    return earning(found, exact, what=what)


def earning(found: Found, weighed: Sequence[Weighed], *, what: str) -> list[tuple[str, int]]:
    """Return the answers that earn something, each once; refuse where none of them earns everything."""
    kept: dict[str, int] = {}
    for one in weighed:
        text = one_line(one.text)
        if text and one.fraction > 0:
            kept.setdefault(text, min(100, max(1, percent_of(one.fraction))))
    if 100 not in kept.values():
        found.refuse(_("No answer that can be compared word by word earns 100 %."), what=what)
        return []
    return list(kept.items())


def numeric(found: Found, weighed: Sequence[Weighed]) -> None:
    """Make it a numeric question: one value with one tolerance."""
    right = [one for one in weighed if one.fraction >= FULL - ROUNDING and one.text.strip() != "*"]
    if not right:
        found.refuse(_("No number earns 100 %."), what="answer")
        return
    first, *others = right
    if others:
        values = ", ".join(one.text for one in right)
        found.refuse(
            _("Several numbers are right (%(values)s): a question here has one.") % {"values": values},
            what="answer",
        )
        return
    content = _value(found, first)
    for one in weighed:
        if one is not first and one.fraction > 0:
            _warn_share(
                found, one, _("earns %(percent)s %% in the file and nothing here: one number is right")
            )
    if content:
        found.kind, found.content = "numeric", content


def _value(found: Found, one: Weighed) -> dict[str, str]:
    value, tolerance = number_of(one.text), number_of(one.tolerance or "0")
    if value is None:
        found.refuse(_("“%(text)s” is no number.") % {"text": one.text[:80]}, what="answer", value=one.text)
        return {}
    if tolerance is None or tolerance < 0:
        sentence = _("The tolerance “%(text)s” is no number from 0 up.") % {"text": one.tolerance[:80]}
        found.refuse(sentence, what="tolerance", value=one.tolerance)
        return {}
    return {"value": written(value), "tolerance": written(tolerance), "tolerance_kind": "absolute"}


def _warn_share(found: Found, one: Weighed, sentence: str) -> None:
    found.warn(_named(one, sentence % {"percent": written(one.fraction)}), what="fraction")


def _named(one: Weighed, sentence: str) -> str:
    return f"“{one.text[:80]}” {sentence}."
