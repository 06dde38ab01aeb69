"""Inspection plans: drafted, sent for the overlap check, approved by another, published, changed by a new version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.gate import Paper, need_reason, pdf_content, refuse_future
from inspections.actions.legal_bases import refuse_expired
from inspections.actions.numbering import PLANS, borne_elsewhere
from inspections.actions.plan_overlaps import overlaps_of
from inspections.actions.team import title_of
from inspections.documents.plan import plan_content, plan_pdf
from inspections.models import (
    CaseDocument,
    InspectionPlan,
    PlanEntry,
    PlanLine,
    PlannedSubject,
    PlanVersion,
    SkippedLine,
    Subject,
)
from inspections.plan_states import BY_PLAN_EVENT, IN_FORCE, PlanEvent, PlanState
from inspections.rules import has_drafted
from inspections.rules.plan import plan_hands
from inspections.states import Act, Who
from lms.base.actions import record_event
from lms.base.dates import local_date, today
from lms.people.models import Agency, Person

PLAN_NUMBER = re.compile(r"\s*0*(?P<number>\d{1,6})\s*/\s*(?P<symbol>KH\S*)\s*")
TEXTS = ("title", "legal_ground", "aims")
LINE_FACTS = ("number", "field", "content", "kind", "month_from", "month_to", "leader", "team")


@transaction.atomic
def make_plan(
    *,
    by: Person,
    agency: Agency,
    year: int,
    scope: str,
    title: str,
    legal_ground: str,
    aims: str = "",
    act: str = Act.KT,
) -> PlanVersion:
    """Draft the plan of an agency for a year."""
    _need_hand(by, Who.OFFICE, agency.pk)
    plan = InspectionPlan(agency=agency, year=year, scope=scope, act=act)
    plan.full_clean()
    plan.save()
    version = PlanVersion(plan=plan, drafted_by=by)
    _write_texts(version, {"title": title, "legal_ground": legal_ground, "aims": aims})
    _note(PlanEvent.MAKE, version, "", by, new={"agency": str(agency), "year": year, "title": version.title})
    return version


@transaction.atomic
def change_plan(*, by: Person, version: PlanVersion, **texts: str) -> PlanVersion:
    """Change the words of a draft."""
    fresh = _held(PlanEvent.CHANGE, version, by)
    old = {name: getattr(fresh, name) for name in texts}
    _write_texts(fresh, texts)
    _note(PlanEvent.CHANGE, fresh, fresh.state, by, old=old, new={name: getattr(fresh, name) for name in old})
    return fresh


def _write_texts(version: PlanVersion, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        setattr(version, name, text.strip())
    refuse_expired(text=version.legal_ground, on=today(), at="legal_ground")
    version.full_clean()
    version.save()


@transaction.atomic
def keep_line(
    *, by: Person, version: PlanVersion, subjects: Sequence[Subject], line: PlanLine | None = None, **facts: Any
) -> PlanLine:  # fmt: skip
    """Add a line to a draft, or change one; without a number it comes last."""
    fresh = _held(PlanEvent.CHANGE, version, by)
    kept = put_line(version=fresh, subjects=subjects, line=line, **facts)
    _note(PlanEvent.CHANGE, fresh, fresh.state, by, new=line_words(kept, subjects))
    return kept


def put_line(
    *, version: PlanVersion, subjects: Sequence[Subject], line: PlanLine | None = None, **facts: Any
) -> PlanLine:
    """Write one line with its subjects; the draft is held and the caller writes what happened."""
    if not subjects:
        raise ValidationError({"subjects": _("A line names at least one subject.")})
    row = line or PlanLine(version=version)
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.number:
        row.number = (version.lines.aggregate(last=Max("number"))["last"] or 0) + 1
    row.leader_name = row.leader.full_name if row.leader else ""
    row.full_clean()
    row.save()
    wanted = {subject.pk for subject in subjects}
    row.parties.exclude(subject__in=wanted).delete()
    there = set(row.parties.values_list("subject", flat=True))
    PlannedSubject.objects.bulk_create(
        PlannedSubject(line=row, subject=subject) for subject in subjects if subject.pk not in there
    )
    return row


def line_words(line: PlanLine, subjects: Sequence[Subject]) -> dict[str, Any]:
    """Return a line as the log tells it."""
    months = f"{line.month_from}–{line.month_to}"
    return {"line": line.number, "field": line.field, "months": months, "subjects": list(map(str, subjects))}


@transaction.atomic
def remove_line(*, by: Person, line: PlanLine) -> None:
    """Take a line out of a draft."""
    fresh = _held(PlanEvent.CHANGE, line.version, by)
    _note(PlanEvent.CHANGE, fresh, fresh.state, by, new={"removed": line.number, "field": line.field})
    line.delete()


@transaction.atomic
def send_plan(*, by: Person, version: PlanVersion, sent_to: str) -> PlanVersion:
    """Send a draft to whoever resolves overlaps (NĐ 217/2025, Điều 7.2.a): from now on other agencies see it."""
    fresh = _held(PlanEvent.SEND, version, by)
    if not fresh.lines.exists():
        raise ValidationError(_("A plan without lines is not sent: add what is to be inspected."))
    fresh.sent_to, fresh.returned_because = sent_to.strip(), ""
    return _move(PlanEvent.SEND, fresh, by, new={"sent_to": fresh.sent_to})


@transaction.atomic
def return_plan(*, by: Person, version: PlanVersion, reason: str) -> PlanVersion:
    """Return what was sent to its draft, saying what is to be changed."""
    fresh = _held(PlanEvent.RETURN, version, by)
    fresh.returned_because = need_reason(reason)
    return _move(PlanEvent.RETURN, fresh, by, reason=fresh.returned_because)


@transaction.atomic
def approve_plan_version(*, by: Person, version: PlanVersion, overlaps_settled: str = "") -> PlanVersion:
    """Approve as the signer, never as one who drafted it; where it meets others, say how that was settled.

    The version in force until now is replaced, and decisions rest on this one.
    """
    fresh = _held(PlanEvent.APPROVE, version, by)
    if has_drafted(by, fresh):
        raise PermissionDenied(_("Who drafted a plan does not approve it: somebody else must."))
    overlaps = overlaps_of(fresh)
    if overlaps and not overlaps_settled.strip():
        raise ValidationError(
            {
                "overlaps_settled": _("The plan meets %(count)d others: say how the overlaps were settled.")
                % {"count": len(overlaps)}
            }
        )
    for old in fresh.plan.versions.filter(state__in=IN_FORCE).exclude(pk=fresh.pk):
        _move(PlanEvent.REPLACE, old, by)
    fresh.signer, fresh.signer_name, fresh.signer_title = by, by.full_name, title_of(by, today())
    fresh.approved_at, fresh.overlaps_settled = timezone.now(), overlaps_settled.strip()
    return _move(PlanEvent.APPROVE, fresh, by, reason=fresh.overlaps_settled, new={"overlaps": len(overlaps)})


@transaction.atomic
def publish_plan(*, by: Person, version: PlanVersion, paper_number: str, issued_on: date) -> PlanVersion:
    """Give the registry's number and day; the document is made and never changes again."""
    fresh = _held(PlanEvent.PUBLISH, version, by)
    Agency.objects.select_for_update(no_key=True).get(pk=fresh.plan.agency_id)
    refuse_future("issued_on", issued_on)
    if fresh.approved_at and issued_on < local_date(fresh.approved_at):
        raise ValidationError({"issued_on": _("A plan is numbered on the day it is approved, or later.")})
    found = PLAN_NUMBER.fullmatch(paper_number)
    if found is None:
        raise ValidationError({"paper_number": _("Write the number as 05/KH-SNV.")})
    fresh.paper_number = f"{int(found['number']):02d}/{found['symbol']}"
    fresh.issued_on = issued_on
    _refuse_used(fresh, int(found["number"]), issued_on.year)
    pdf = plan_pdf(plan_content(fresh))
    fresh.sha256 = hashlib.sha256(pdf).hexdigest()
    fresh.published_at, fresh.published_by = timezone.now(), by
    fresh.pdf.save(
        f"ke-hoach-{fresh.plan.year}-{fresh.plan_id}-{fresh.number}.pdf", ContentFile(pdf), save=False
    )
    new = {"number": fresh.paper_number, "issued_on": issued_on, "sha256": fresh.sha256}
    return _move(PlanEvent.PUBLISH, fresh, by, new=new)


def _refuse_used(version: PlanVersion, number: int, year: int) -> None:
    """Refuse a number that another plan or a document of a case bears in the agency's year."""
    agency_id = version.plan.agency_id
    plans = (borne for borne, _text in borne_elsewhere(agency_id, PLANS, year))
    documents = CaseDocument.objects.in_series(agency_id, PLANS, year).filter(number=number)
    if number in plans or documents.exists():
        raise ValidationError(
            {"paper_number": _("This number is already used: %(number)s.") % {"number": version.paper_number}}
        )


@transaction.atomic
def renew_plan(*, by: Person, version: PlanVersion, reason: str, paper: Paper) -> PlanVersion:
    """Draft the next version of an approved plan, with why and the document that orders it; the lines come along."""
    fresh = _held(PlanEvent.RENEW, version, by)
    if not paper.number.strip():
        raise ValidationError({"paper_number": _("Give the number of the document.")})
    refuse_future("paper_on", paper.on)
    new = PlanVersion(
        plan=fresh.plan,
        number=(fresh.plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        drafted_by=by,
        reason=need_reason(reason),
        change_number=paper.number.strip(),
        change_on=paper.on,
        **{name: getattr(fresh, name) for name in TEXTS},
    )
    if paper.file is not None:
        content = pdf_content(paper.file)
        new.change_sha256 = hashlib.sha256(content).hexdigest()
        new.change_file.save(f"{new.change_sha256[:16]}.pdf", ContentFile(content), save=False)
    new.full_clean()
    new.save()
    _copy_lines(fresh, new)
    facts = {"version": new.number, "paper": new.change_number, "on": new.change_on}
    _note(PlanEvent.RENEW, new, fresh.state, by, reason=new.reason, new=facts)
    return new


def _copy_lines(old: PlanVersion, new: PlanVersion) -> None:
    for line in old.lines.prefetch_related("parties"):
        facts = {name: getattr(line, name) for name in (*LINE_FACTS, "leader_name", "key")}
        copy = PlanLine.objects.create(version=new, **facts)
        PlannedSubject.objects.bulk_create(
            PlannedSubject(line=copy, subject_id=party.subject_id) for party in line.parties.all()
        )


@transaction.atomic
def skip_line(*, by: Person, line: PlanLine, reason: str) -> SkippedLine:
    """Say why what was planned is not done; what was decided from the line is not touched."""
    version = (
        PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").get(pk=line.version_id)
    )
    _need_hand(by, Who.OFFICE, version.plan.agency_id)
    if not version.is_in_force:
        raise ValidationError(_("Only a line of an approved plan is skipped: a draft is changed."))
    row = SkippedLine(
        plan=version.plan, key=line.key, reason=need_reason(reason), by=by, by_name=by.audit_name
    )
    row.full_clean()
    row.save()
    new = {"line": line.number, "field": line.field}
    record_event(by=by, action="inspections.skip_year_plan_line", target=version, new=new, reason=row.reason)
    return row


def _need_hand(by: Person, who: Who, agency_id: int) -> None:
    if who not in plan_hands(by, agency_id):
        raise PermissionDenied(_("Your roles do not reach this agency."))


def held_draft(version: PlanVersion, by: Person | None) -> PlanVersion:
    """Return the draft, held until the transaction ends, for whoever writes many lines; nobody: the command."""
    return _held(PlanEvent.CHANGE, version, by)


def note_lines(version: PlanVersion, by: Person | None, new: dict[str, Any]) -> None:
    """Write that lines of a draft were changed."""
    _note(PlanEvent.CHANGE, version, version.state, by, new=new)


def _held(event: PlanEvent, version: PlanVersion, by: Person | None) -> PlanVersion:
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan")
    fresh: PlanVersion = rows.get(pk=version.pk)
    row = BY_PLAN_EVENT[event]
    if by is not None:
        _need_hand(by, row.who, fresh.plan.agency_id)
    if fresh.state not in row.sources:
        words = {"event": str(event.label), "state": str(PlanState(fresh.state).label)}
        raise ValidationError(_("“%(event)s” is not possible while the plan is “%(state)s”.") % words)
    return fresh


def _move(
    event: PlanEvent, version: PlanVersion, by: Person, *, reason: str = "", new: dict[str, Any] | None = None
) -> PlanVersion:
    source, version.state = version.state, BY_PLAN_EVENT[event].target
    version.full_clean()
    version.save()
    _note(event, version, source, by, reason=reason, new=new)
    return version


def _note(
    event: PlanEvent,
    version: PlanVersion,
    source: str,
    by: Person | None,
    *,
    reason: str = "",
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    PlanEntry.objects.create(
        version=version,
        event=event,
        source=source,
        target=version.state,
        reason=reason,
        by=by,
        by_name=by.audit_name if by else "",
    )
    record_event(
        by=by,
        action=f"inspections.{event.value}_year_plan",
        target=version,
        old=old,
        new=new or {"state": version.state},
        reason=reason,
    )
