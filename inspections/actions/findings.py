"""Findings: drawn from the answers of locked minutes, worded by the team, frozen by the result document."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.legal_bases import refuse_expired
from inspections.models import (
    ChecklistRecord,
    Evidence,
    Finding,
    InspectedSubject,
    Inspection,
    LegalBasis,
    Minutes,
)
from inspections.rules import hands
from inspections.rules.findings import Wanting, wanting
from inspections.states import Status, Who
from lms.base.actions import record_event
from lms.people.models import Person

TEAM = (Who.RUNNER,)


def case_in_hand(inspection: Inspection, by: Any, who: Collection[Who]) -> Inspection:
    """Lock the case and return it fresh; refuse who has none of these hands in it."""
    case: Inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if not hands(by, case) & set(who):
        words = ", ".join(str(one.label) for one in who)
        raise PermissionDenied(_("In this inspection this is for: %(who)s.") % {"who": words})
    return case


@transaction.atomic
def draw_findings(*, by: Person, subject: InspectedSubject) -> list[Finding]:
    """Make a finding of each item not met or not shown in the locked minutes; once made it is not made again."""
    case = case_in_hand(subject.inspection, by, TEAM)
    minutes = Minutes.objects.filter(subject=subject, locked_at__isnull=False).first()
    if minutes is None:
        raise ValidationError(_("Lock the minutes first: findings are drawn from their answers."))
    if case.is_closed or hasattr(case, "result"):
        raise ValidationError(_("The result document rests on the findings: they stay as they are."))
    return _draw(case, minutes, by)


def _draw(case: Inspection, minutes: Minutes, by: Person) -> list[Finding]:
    record = minutes.record
    if record is None:
        return []
    known = set(Finding.objects.filter(subject=minutes.subject_id).values_list("item", flat=True))
    asked = wanting(record.version.questions, record.answers)
    drawn = [_make(one, minutes.subject_id, record) for one in asked if one.item not in known]
    if drawn:
        new = {"subject": str(minutes.subject), "findings": len(drawn)}
        record_event(by=by, action="inspections.draw_findings", target=case, new=new)
    return drawn


def _make(one: Wanting, subject_id: int, record: ChecklistRecord) -> Finding:
    finding = Finding.objects.create(
        subject_id=subject_id,
        record=record,
        item=one.item,
        checklist=record.version.template.code,
        label=one.label[:500],
        result=one.result[:60],
        words=one.words,
        article=one.article,
        basis=_in_force(one.numbers, record.examined_on),
    )
    finding.evidence.set(record.evidence.filter(question__in=one.questions))
    return finding


def _in_force(numbers: Collection[str], on: date) -> LegalBasis | None:
    """Return the text in force on the day of the inspection: the one cited, else the one that replaced it."""
    cited = LegalBasis.objects.filter(number__in=numbers).select_related("replaced_by")
    for basis in cited:
        standing: LegalBasis | None = basis
        while standing is not None and standing.valid_to is not None and standing.valid_to <= on:
            standing = standing.replaced_by
        if standing is not None and standing.valid_from <= on:
            return standing
    return None


@transaction.atomic
def word_finding(
    *, by: Person, finding: Finding, evidence: Collection[Evidence] | None = None, **facts: Any
) -> Finding:
    """Say severity, article and words of a finding; refused once it is frozen, or for a text not in force then.

    ``facts``: severity, basis, article, words, about_skills.
    """
    case = case_in_hand(finding.subject.inspection, by, TEAM)
    row = Finding.objects.select_related("record").get(pk=finding.pk)
    if row.is_frozen or case.is_closed:
        raise ValidationError(_("The result document rests on this finding: it stays as it is."))
    old = {name: str(getattr(row, name)) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    bases = [row.basis] if row.basis else []
    refuse_expired(bases=bases, text=row.article, on=row.record.examined_on, at="article")
    row.full_clean()
    row.save()
    if evidence is not None:
        row.evidence.set(Evidence.objects.filter(subject=row.subject_id, pk__in=[one.pk for one in evidence]))
    new = {name: str(value) for name, value in facts.items()}
    record_event(by=by, action="inspections.word_finding", target=row, old=old, new=new)
    return row


def freeze_findings(*, by: Person, case: Inspection) -> None:
    """Freeze the findings of a case with its result document; the caller's transaction is open.

    What nobody has drawn yet is drawn first: a result rests on every answer.
    """
    for minutes in Minutes.objects.filter(subject__inspection=case, locked_at__isnull=False):
        _draw(case, minutes, by)
    Finding.objects.filter(subject__inspection=case, frozen_at=None).update(frozen_at=timezone.now())


def may_word(person: Any, case: Inspection) -> bool:
    """Tell whether this person may word the findings of the case now."""
    return (
        case.status == Status.IN_PROGRESS
        and not hasattr(case, "result")
        and bool(hands(person, case) & set(TEAM))
    )
