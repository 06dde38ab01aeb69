"""A case's document: drafted, signed, returned, filed, corrected. Its number is given in `numbering`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.gate import need_reason
from inspections.actions.legal_bases import refuse_expired
from inspections.documents.facts import agency_sign, facts_of, team_word
from inspections.documents.templates import LETTER, TEMPLATES, Template, document_pdf
from inspections.models import CaseDocument, Inspection
from inspections.paper_states import BY_PAPER_EVENT, PaperEvent, PaperState
from inspections.rules import may_draft, may_paper
from inspections.states import Duty
from inspections.words import PaperType
from lms.base.actions import record_event
from lms.base.dates import today
from lms.people.models import Person


def template_of(case: Inspection, type_: str) -> Template:
    """Return the template the case's kind names for the document; refuse one that is not known."""
    version = case.kind_version
    row = version.documents.filter(type=type_).first() if version else None
    code = row.template_code if row else type_
    if code not in TEMPLATES:
        raise ValidationError(_("There is no template “%(code)s”.") % {"code": code})
    return TEMPLATES[code]


def day_of(document: CaseDocument) -> date:
    """Return the day whose names and law the document goes by: the decision's own day, else today."""
    decided = document.inspection.decided_on
    return decided if document.type == PaperType.DECISION and decided else today()


@transaction.atomic
def make_document(
    *, by: Person, inspection: Inspection, type: str, signer: Person | None = None, **inputs: str
) -> CaseDocument:
    """Draft a document of the case. ``inputs``: the fields of its template. Refused: what cannot be made yet."""
    case = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    template = template_of(case, type)
    if not may_draft(by, case, by_team=template.by_team):
        raise PermissionDenied(_("This document is for: %(who)s.") % {"who": _who(PaperEvent.MAKE)})
    if case.status not in template.statuses:
        raise ValidationError(
            _("This document is not made while the inspection is “%(status)s”.")
            % {"status": case.get_status_display()}
        )
    document = CaseDocument(
        inspection=case,
        type=type,
        template_code=template.code,
        template_version=template.version,
        by_team=template.by_team,
        agency=case.lead,
        series=template.series,
        symbol=_symbol(case, template),
        made_by=by,
    )
    _write(document, signer, inputs)
    record_event(by=by, action="inspections.make_document", target=case, new=_said(document))
    return document


@transaction.atomic
def change_document(
    *, by: Person, document: CaseDocument, signer: Person | None = None, **inputs: str
) -> CaseDocument:
    """Write the draft anew."""
    held = held_for(PaperEvent.CHANGE, document, by)
    _write(held, signer, inputs)
    record_event(by=by, action="inspections.change_document", target=held.inspection, new=_said(held))
    return held


@transaction.atomic
def sign_document(*, by: Person, document: CaseDocument) -> CaseDocument:
    """Sign: the words are frozen as they are today, and the registry is asked for a number."""
    held = held_for(PaperEvent.SIGN, document, by)
    _freeze(held)
    held.state, held.signed_at, held.returned_because = PaperState.SIGNED, timezone.now(), ""
    _keep(held)
    record_event(by=by, action="inspections.sign_document", target=held.inspection, new=_said(held))
    return held


@transaction.atomic
def return_document(*, by: Person, document: CaseDocument, reason: str) -> CaseDocument:
    """Return a signed document to its draft with what is to be mended."""
    held = held_for(PaperEvent.SEND_BACK, document, by)
    held.returned_because = need_reason(reason)
    held.state, held.signed_at = PaperState.DRAFT, None
    _keep(held)
    record_event(
        by=by,
        action="inspections.return_document",
        target=held.inspection,
        new=_said(held),
        reason=held.returned_because,
    )
    return held


@transaction.atomic
def file_document(*, by: Person, document: CaseDocument) -> CaseDocument:
    """File the numbered document."""
    held = held_for(PaperEvent.FILE, document, by)
    if held.signatures.count() == 1:
        raise ValidationError(
            _("The file bears the signer's signature but not the agency's: sign it for the agency first.")
        )
    held.state, held.filed_at, held.filed_by = PaperState.FILED, timezone.now(), by
    _keep(held)
    record_event(by=by, action="inspections.file_document", target=held.inspection, new=_said(held))
    return held


@transaction.atomic
def correct_document(*, by: Person, document: CaseDocument, reason: str) -> CaseDocument:
    """Draft another document that names the numbered one and says why; the numbered one stays as it is."""
    old = held_for(PaperEvent.CORRECT, document, by)
    if CaseDocument.objects.filter(replaces=old).exists():
        raise ValidationError(_("A correction of this document exists already."))
    copied = (
        "inspection",
        "type",
        "template_code",
        "template_version",
        "by_team",
        "agency",
        "series",
        "symbol",
        "signer",
        "inputs",
    )
    fresh = CaseDocument(
        **{name: getattr(old, name) for name in copied},
        made_by=by,
        replaces=old,
        replaces_because=need_reason(reason),
    )
    _write(fresh, old.signer, dict(old.inputs))
    record_event(
        by=by,
        action="inspections.correct_document",
        target=old.inspection,
        new={**_said(fresh), "corrects": old.written_number},
        reason=fresh.replaces_because,
    )
    return fresh


def preview(document: CaseDocument) -> bytes:
    """Return the paper as it stands: a draft with the word across it, a signed one with room for its number."""
    draft = document.state == PaperState.DRAFT
    return document_pdf(document.template_code, document.content, draft=draft)


def held_for(event: PaperEvent, document: CaseDocument, by: Person) -> CaseDocument:
    """Lock the document and return it fresh; refuse a wrong state or a wrong hand with a sentence."""
    held = CaseDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    row = BY_PAPER_EVENT[event]
    if held.state not in row.sources:
        raise ValidationError(
            _("“%(event)s” is not possible while the document is “%(state)s”.")
            % {"event": event.label, "state": held.get_state_display()}
        )
    if not may_paper(by, event, held):
        raise PermissionDenied(_("This document is for: %(who)s.") % {"who": _who(event)})
    return held


def _who(event: PaperEvent) -> str:
    return str(BY_PAPER_EVENT[event].hand.label)


def _symbol(case: Inspection, template: Template) -> str:
    """Return what stands after the number: QĐ-SNV, KH-ĐKT of a team, SNV alone on a letter."""
    if template.symbol:
        return template.symbol
    sign = agency_sign(case)
    if template.by_team:
        sign = "TKT" if team_word(case).startswith("Tổ") else "ĐKT"
    return sign if template.series == LETTER else f"{template.series}-{sign}"


def _write(document: CaseDocument, signer: Person | None, inputs: dict[str, Any]) -> None:
    template = TEMPLATES[document.template_code]
    unknown = set(inputs) - set(template.fields)
    if unknown:
        raise ValidationError(
            _("The template knows no field “%(names)s”.") % {"names": ", ".join(sorted(unknown))}
        )
    document.inputs = {name: str(value or "").strip() for name, value in inputs.items()}
    missing = [name for name in template.writes if not document.inputs.get(name)]
    if missing:
        raise ValidationError({name: _("This is needed on the document.") for name in missing})
    document.signer = _signer(document, signer)
    _freeze(document)
    _keep(document)


def _signer(document: CaseDocument, signer: Person | None) -> Person:
    """Return who signs: the team's leader for the team, else who is named, else the decision's signer."""
    case = document.inspection
    team = {place.person_id: place for place in case.team.select_related("person")}
    if document.by_team:
        leader = next((place.person for place in team.values() if place.duty == Duty.LEADER), None)
        if leader is None:
            raise ValidationError(_("Form the team first: it needs a leader."))
        return leader
    found = signer or case.decision.signer
    if found.pk in team:
        raise ValidationError({"signer": _("Whoever signs for the agency cannot be in the team.")})
    return found


def _freeze(document: CaseDocument) -> None:
    """Store every word to be printed; refuse what is missing and what cites a text not in force."""
    case, on = document.inspection, day_of(document)
    facts = facts_of(document, on)
    _need(facts, TEMPLATES[document.template_code])
    if case.kind_version:
        refuse_expired(bases=case.kind_version.bases.all(), on=on)
    written = "\n".join(
        [*document.inputs.values(), *map(str, facts["plan"].values()), facts["case"]["ground"]]
    )
    refuse_expired(text=written, on=on)
    document.content = facts


def _need(facts: dict[str, Any], template: Template) -> None:
    if not facts["place"]:
        raise ValidationError(
            _("The agency has no place name for documents (“Đồng Tháp, ngày …”): enter it at the agency.")
        )
    sentences = {
        "team": _("Form the team first: it needs a leader."),
        "plan": _("Submit the work plan first."),
        "clock": _("Announce the decision first."),
        "results": _("Lock the minutes first: the document says what they found."),
    }
    for name in template.needs:
        found = facts["team"]["members"] if name == "team" else facts[name]
        if not found:
            raise ValidationError(sentences[name])


def _keep(document: CaseDocument) -> None:
    document.full_clean()
    document.save()


def _said(document: CaseDocument) -> dict[str, Any]:
    return {
        "document": document.pk,
        "type": document.type,
        "number": document.written_number,
        "state": str(document.state),
    }
