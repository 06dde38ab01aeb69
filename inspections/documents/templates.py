"""Every document the chain can make: its symbol, who issues it, when, what its author writes, and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from inspections.documents import decisions, hand_over, records, results, team_papers
from inspections.documents.facts import Facts
from inspections.documents.frame import SIGNER
from inspections.states import Status
from inspections.words import PaperType
from lms.base.documents import Document, render_pdf, rendered, signatures
from lms.base.documents.word import word_of

P, R, S, DONE = Status.PLANNED, Status.IN_PROGRESS, Status.SUSPENDED, Status.COMPLETED
ALWAYS = ("grounds", "recipients")
SIGNING = ("authority", "head_title", "collective")
LETTER = "CV"


@dataclass(frozen=True)
class Template:
    """One document: `writes` names the fields its author fills in, `needs` the records it is made from."""

    code: str
    series: str  # "QĐ"; a letter has none printed, but its own run of numbers
    build: Callable[[Facts], Document]
    statuses: tuple[Status, ...]
    writes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    by_team: bool = False
    needs: tuple[str, ...] = ()
    version: int = 1
    on_its_own: bool = True  # a request's document is drafted from the request
    symbol: str = ""  # where the law names the whole of it

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of its form, in order."""
        signing = () if self.by_team else SIGNING
        return (*self.writes, *self.optional, *ALWAYS, *signing)


QD = "QĐ"
TEMPLATES: dict[str, Template] = {
    template.code: template
    for template in (
        Template(
            PaperType.DECISION,
            QD,
            decisions.inspection_decision,
            (P, R),
            (),
            ("proposed_by",),
            needs=("team",),
        ),
        Template(
            PaperType.WORK_PLAN,
            "KH",
            team_papers.work_plan,
            (P, R),
            (),
            ("visits", "outline"),
            by_team=True,
            needs=("team", "plan"),
        ),
        Template(
            PaperType.OUTLINE, "ĐC", team_papers.outline, (P, R), ("outline",), by_team=True, needs=("team",)
        ),
        Template(
            PaperType.NOTICE,
            "TB",
            team_papers.notice,
            (P,),
            ("meeting_time", "meeting_place"),
            ("prepare",),
            by_team=True,
            needs=("team",),
        ),
        Template(
            PaperType.REQUEST,
            "YC",
            team_papers.request,
            (R,),
            ("addressee", "requested", "due_day"),
            ("hand_in", "further"),
            by_team=True,
            needs=("team",),
            on_its_own=False,
        ),
        Template(
            PaperType.ANNOUNCEMENT,
            "BB",
            records.announcement_record,
            (R,),
            ("meeting_time", "meeting_place", "meeting_end", "representatives"),
            ("statements",),
            by_team=True,
            needs=("team", "clock"),
        ),
        Template(
            PaperType.VIOLATION,
            "BB",
            records.violation_record,
            (R,),
            ("meeting_time", "meeting_place", "meeting_end", "violator", "signs_for", "acts"),
            ("statements", "witnesses", "measures", "explain_to"),
            by_team=True,
            needs=("team",),
            symbol="BB-VPHC",
        ),
        Template(
            PaperType.HAND_OVER,
            LETTER,
            hand_over.letter,
            (R, S),
            ("recipient", "reason", "enclosed"),
            ("proposals",),
        ),
        Template(
            PaperType.HAND_OVER_RECORD,
            "BB",
            records.hand_over_record,
            (R, S, DONE),
            ("recipient", "receivers", "meeting_time", "meeting_place", "meeting_end", "reason", "enclosed"),
            by_team=True,
            needs=("team",),
        ),
        Template(
            PaperType.REPORT,
            "BC",
            team_papers.report,
            (R, DONE),
            ("assessment", "proposals"),
            by_team=True,
            needs=("team", "results"),
        ),
        Template(
            PaperType.RESULT,
            "TB",
            results.result,
            (R, DONE),
            ("assessment", "proposals"),
            ("until_day",),
            needs=("results",),
        ),
        Template(
            PaperType.RECTIFY,
            LETTER,
            results.rectification,
            (R, DONE),
            ("proposals",),
            ("assessment", "until_day"),
            needs=("results",),
        ),
        Template(
            PaperType.EXTENSION, QD, decisions.extension, (R,), ("extra_days", "reason"), ("proposed_by",)
        ),
        Template(
            PaperType.SUSPENSION, QD, decisions.suspension, (R,), ("from_day", "reason"), ("proposed_by",)
        ),
        Template(
            PaperType.RESUMPTION, QD, decisions.resumption, (S,), ("from_day", "reason"), ("proposed_by",)
        ),
        Template(
            PaperType.TERMINATION, QD, decisions.termination, (R, S), ("from_day", "reason"), ("proposed_by",)
        ),
        Template(
            PaperType.CANCELLATION, QD, decisions.cancellation, (P,), ("from_day", "reason"), ("proposed_by",)
        ),
        Template(
            PaperType.TEAM_CHANGE,
            QD,
            decisions.team_change,
            (R, S),
            ("reason",),
            ("leaving", "joining", "proposed_by"),
            needs=("team",),
        ),
    )
}


def signable_pdf(template_code: str, facts: Facts, *, seal_mm: float = signatures.SEAL_DIAMETER) -> bytes:
    """Return the document with the fields reserved in which person and agency sign the file."""
    made = rendered(TEMPLATES[template_code].build(facts))
    place = next((one for one in made.places if one.key == SIGNER), made.places[-1])
    return signatures.reserve(made.pdf, signatures.fields_at(place, seal_mm=seal_mm))


def document_word(template_code: str, facts: Facts, template: bytes | None = None) -> bytes:
    """Return the document in Word, in our own template or an agency's."""
    return word_of(TEMPLATES[template_code].build(facts), template=template, facts=facts)


def document_pdf(template_code: str, facts: Facts, *, draft: bool = False) -> bytes:
    """Return the document as PDF; the same facts give the same bytes."""
    return render_pdf(replace(TEMPLATES[template_code].build(facts), draft=draft))


# What an agency's Word template may name of a case, beside the fields of every document: a list stands for any number.
CASE_WORDS: Facts = {
    "lead": "",
    "place": "",
    "symbol": "",
    "bases": [""],
    "case": dict.fromkeys(
        (
            "code", "field", "decision_no", "decided_on", "signer_title", "ground", "content", "period", "days",
            "method", "visit_reason", "clear_signs",
        ),
        "",
    ),
    "subjects": [{"name": "", "identifier": "", "address": ""}],
    "team": {"name": "", "leader": "", "members": [{"name": "", "title": "", "duty": ""}]},
    "plan": dict.fromkeys(("aims", "content", "schedule", "assignments", "resources"), ""),
    "clock": {"announced_on": "", "last_day": "", "place": ""},
    "results": [{"subject": "", "on": "", "conclusion": "", "opinion": ""}],
    "signer": {"name": "", "post": "", "decider": ""},
    "words": {name: "" for template in TEMPLATES.values() for name in template.fields},
}  # fmt: skip
