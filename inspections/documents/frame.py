"""What the documents of a case have in common: who issues, the grounds, who signs and who receives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inspections.documents.facts import Facts
from lms.base.documents import (
    Annex,
    Basis,
    Block,
    Clause,
    Document,
    DocumentHead,
    Letterhead,
    Paragraph,
    Signature,
    written_date,
)

SIGNER = "signer"  # the place of whoever signs the document, among others who may sign beside


def agency_paper(
    facts: Facts,
    head: DocumentHead | None,
    body: tuple[Block, ...],
    recipients: tuple[str, ...],
    *,
    subject: str = "",
) -> Document:
    """Return a document of the lead agency."""
    letterhead = _letterhead(facts, facts["lead"], facts["superior"], subject)
    signature = Signature(tuple(facts["signer"]["lines"]), facts["signer"]["name"], key=SIGNER)
    return _paper(facts, letterhead, head, body, signature, recipients)


def team_paper(
    facts: Facts,
    head: DocumentHead | None,
    body: tuple[Block, ...],
    recipients: tuple[str, ...],
    annexes: tuple[Annex, ...] = (),
    *,
    subject: str = "",
) -> Document:
    """Return a document of the team: the agency above, its own post under the leader's name."""
    team = facts["team"]
    issuer = f"{team['name']} theo Quyết định số {facts['case']['decision_no']}"
    signature = Signature(
        (f"TM. {team['name']}", team["leader"]),
        facts["signer"]["name"],
        below=facts["signer"]["post"],
        key=SIGNER,
    )
    return _paper(
        facts, _letterhead(facts, issuer, facts["lead"], subject), head, body, signature, recipients, annexes
    )


def record_paper(
    facts: Facts,
    head: DocumentHead,
    body: tuple[Block, ...],
    signatures: tuple[Signature, ...],
    recipients: tuple[str, ...],
) -> Document:
    """Return a record (biên bản) of the team: no place and day at its head, everybody present signs it."""
    issuer = f"{facts['team']['name']} theo Quyết định số {facts['case']['decision_no']}"
    letterhead = replace(_letterhead(facts, issuer, facts["lead"], ""), place="")
    paper = _paper(facts, letterhead, head, body, signatures[0], recipients)
    return replace(paper, signatures=signatures)


def _letterhead(facts: Facts, issuer: str, superior: str, subject: str) -> Letterhead:
    return Letterhead(
        issuer=issuer,
        superior=superior,
        number=facts["number"],
        symbol=facts["symbol"],
        place=facts["place"],
        on=day_of(facts["on"]),
        subject=subject,
    )


def _paper(
    facts: Facts,
    letterhead: Letterhead,
    head: DocumentHead | None,
    body: tuple[Block, ...],
    signature: Signature,
    recipients: tuple[str, ...],
    annexes: tuple[Annex, ...] = (),
) -> Document:
    own = lines_of(facts["words"].get("recipients", ""))
    return Document(
        letterhead=letterhead,
        head=head,
        body=body,
        signatures=(signature,),
        recipients=own or recipients,
        annexes=annexes,
        title=f"{head.kind} {head.subject}" if head else letterhead.subject,
        author=facts["lead"],
    )


def grounds(facts: Facts, *more: str) -> Basis:
    """Return the "Căn cứ" lines: the kind's texts, what else the document rests on, and who proposed it."""
    words = facts["words"]
    lines = [*facts["bases"], *filter(None, more), *map(as_ground, lines_of(words.get("grounds", "")))]
    if words.get("proposed_by"):
        lines.append(f"Theo đề nghị của {words['proposed_by']}")
    return Basis(tuple(dict.fromkeys(lines)))


def as_ground(line: str) -> str:
    """Return the line as a ground, begun by the word the decree wants."""
    return line if line.startswith(("Căn cứ", "Theo", "Xét")) else f"Căn cứ {line}"


def on_the_decision(facts: Facts) -> str:
    """Return the ground that the case's own decision is."""
    return f"Căn cứ {the_decision(facts)}"


def the_decision(facts: Facts) -> str:
    """Name the case's decision: number, day, about what."""
    case = facts["case"]
    return f"Quyết định số {case['decision_no']} {written(case['decided_on'])} về việc {about(facts)}"


def about(facts: Facts) -> str:
    """Return what is inspected and with whom, in one phrase; more than one subject are counted."""
    field, subjects = facts["case"]["field"], facts["subjects"]
    topic = f"kiểm tra việc chấp hành quy định về {lowered(field)}" if field else "kiểm tra"
    whom = subjects[0]["name"] if len(subjects) == 1 else f"{len(subjects):02d} đối tượng kiểm tra"
    return f"{topic} đối với {whom}"


def replacing(facts: Facts) -> tuple[Block, ...]:
    """Return the paragraph of a correction that names the document it stands for."""
    old = facts["replaces"]
    if not old:
        return ()
    said = f"Văn bản này thay thế văn bản số {old['number']} {written(old['on'])}. Lý do: {sentence(old['because'])}"
    return (Paragraph(said),)


def members(facts: Facts) -> tuple[Clause, ...]:
    """Return the team, a numbered line each."""
    return tuple(
        Clause(f"{person(one['name'], one['title'])} – {one['duty']};") for one in facts["team"]["members"]
    )


def subjects(facts: Facts) -> tuple[Clause, ...]:
    """Return those inspected, a numbered line each."""
    return tuple(Clause(f"{subject_line(one)};") for one in facts["subjects"])


def subject_line(one: Facts) -> str:
    """Return a subject with its number and address."""
    number = f"mã số {one['identifier']}" if one["identifier"] else ""
    return ", ".join(filter(None, [one["name"], number, one["address"]]))


def person(name: str, title: str) -> str:
    """Return a person as documents address them."""
    return f"Ông (bà) {name}, {title}" if title else f"Ông (bà) {name}"


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return each line of the text as a paragraph."""
    return tuple(Paragraph(line) for line in lines_of(text))


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def day_of(text: str) -> date | None:
    """Return the day a frozen fact holds."""
    return date.fromisoformat(text) if text else None


def written(day: str) -> str:
    """Return a frozen day in the decree's words."""
    return written_date(date.fromisoformat(day))


def lowered(text: str) -> str:
    """Return the text begun in small, unless its first word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def sentence(text: str) -> str:
    """Return the text closed by one full stop."""
    return f"{text.strip().rstrip('.;,')}."
