"""Giving certificates their number and file, and withdrawing them."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.documents import Paper, certificate_pdf
from certificates.models import Certificate, RegisterCounter
from certificates.queries import completions_due
from certificates.rules import RULE_VERSION, earns, issuer_of, may_revoke, refuse_second_person
from courses.actions import revoke_completion
from courses.models import Completion, Course, Revocation
from lms.base.actions import Actor, enqueue, record_event
from lms.base.dates import local_date, today
from lms.base.models import Job
from lms.people.models import Grant, Person, Post
from lms.people.organisation import history

ISSUE_JOB = "certificates.issue"
# Printed on paper: Vietnamese whatever language the worker speaks.
SALUTATIONS = {Person.Gender.MALE: "Ông", Person.Gender.FEMALE: "Bà"}
FORMS = {
    Course.Form.REMOTE: "Từ xa",
    Course.Form.CLASSROOM: "Tập trung",
    Course.Form.BLENDED: "Bán tập trung",
}
PASSED = "Đạt"
log = structlog.get_logger("lms.certificates")


class NotIssued(Exception):
    """A certificate cannot be issued, and the sentence says why."""


@dataclass
class Issued:
    """What a round of issuing did: how many certificates, and which completions it could not serve and why."""

    count: int = 0
    refused: list[tuple[Completion, str]] = field(default_factory=list)


@transaction.atomic
def issue(*, completion: Completion, by: Actor | None, at: datetime | None = None) -> Certificate:
    """Issue the certificate a completion earned; asked again, return the one there is. Raises NotIssued.

    Number, row and audit event commit together, so a process that dies at any point leaves no gap and
    no double; the file is written just before, and without its row nobody sees it.
    """
    if earlier := Certificate.objects.filter(completion=completion).first():
        return earlier
    if not earns(completion):
        raise NotIssued(_("This completion earns no certificate: it was not passed and verified with us."))
    instant = at or timezone.now()
    facts = _frozen_facts(completion, instant)
    counter = _locked_counter(facts["issuer_id"], facts["issued_on"].year)
    # Another worker may have issued it while this one waited for the register.
    if earlier := Certificate.objects.filter(completion=completion).first():
        return earlier
    certificate = Certificate(completion=completion, year=counter.year, number=counter.last + 1, **facts)
    _store_file(certificate)
    certificate.save()
    counter.last = certificate.number
    counter.save(update_fields=["last"])
    record_event(
        by=by,
        action="certificates.issue",
        target=certificate,
        new={
            "number": certificate.serial,
            "completion": completion.pk,
            "rule_version": certificate.rule_version,
            "file_sha256": certificate.file_sha256,
        },
    )
    return certificate


def issue_due(*, by: Actor | None = None, limit: int | None = None) -> Issued:
    """Issue every certificate that is due, each in a transaction of its own; what cannot be issued is told."""
    done = Issued()
    for completion in completions_due().select_related("course")[:limit]:
        try:
            issue(completion=completion, by=by)
            done.count += 1
        except NotIssued as refusal:
            done.refused.append((completion, str(refusal)))
    return done


def promise(*, completion: Completion, again: str = "") -> None:
    """Write the job that issues the certificate, in the caller's transaction; the same again is the same promise."""
    enqueue(kind=ISSUE_JOB, key=f"{completion.pk}{again}", payload={"completion": completion.pk})


def promise_due(*, limit: int = 500) -> int:
    """Promise a certificate for every completion that is due, also where the nudge was lost.

    Where the first promise failed in all its tries (fonts not built, disk full) there is a new one each day.
    """
    due = list(completions_due().only("pk")[:limit])
    keys = [str(completion.pk) for completion in due]
    failed = Job.objects.filter(kind=ISSUE_JOB, state=Job.State.FAILED, key__in=keys).values_list(
        "key", flat=True
    )
    broken = set(failed)
    with transaction.atomic():
        for completion in due:
            promise(completion=completion, again=f"/{today()}" if str(completion.pk) in broken else "")
    return len(due)


@transaction.atomic
def revoke(
    *,
    certificate: Certificate,
    mode: str,
    on: date,
    reason: str,
    by: Person,
    confirmed_by: Person | None = None,
) -> Revocation:
    """Withdraw a certificate by withdrawing its completion. Raises PermissionDenied, or Refused of courses.

    `confirmed_by` is the second person, where the rule of two is in force.
    """
    if not may_revoke(by, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may withdraw it."))
    if sentence := refuse_second_person(by, confirmed_by):
        raise PermissionDenied(sentence)
    revocation = revoke_completion(completion=certificate.completion, mode=mode, on=on, reason=reason, by=by)
    record_event(
        by=by,
        action="certificates.revoke",
        target=certificate,
        new={"mode": mode, "on": on, "confirmed_by": confirmed_by.pk if confirmed_by else None},
        reason=reason.strip(),
    )
    return revocation


def paper_of(certificate: Certificate) -> Paper:
    """Return what the certificate prints."""
    return Paper(
        kind=certificate.kind,
        superior=certificate.superior_name,
        issuer=certificate.issuer_name,
        place=certificate.place_name,
        issued_at=certificate.issued_at,
        issued_on=certificate.issued_on,
        salutation=certificate.salutation,
        name=certificate.person_name,
        birth_date=certificate.birth_date,
        position=certificate.position,
        agency=certificate.agency_name,
        course=certificate.course_name,
        hours=certificate.hours,
        form=certificate.form,
        started_on=certificate.started_on,
        completed_on=certificate.completed_on,
        result=certificate.result,
        signer_title=certificate.signer_title,
        signer_name=certificate.signer_name,
        serial=certificate.serial,
        register_number=certificate.register_number,
        address=certificate.address,
    )


def evidence_sha256(completion: Completion) -> str:
    """Return the hash of what the completion stands on."""
    plain = json.dumps(completion.evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _frozen_facts(completion: Completion, instant: datetime) -> dict[str, Any]:
    on = local_date(instant)
    course, person = completion.course, completion.person.canonical
    assert course is not None  # noqa: S101 (rules.earns has seen it)
    return {
        **_issuer_facts(completion, on),
        "kind": course.certificate_kind,
        "issued_at": instant,
        "issued_on": on,
        "person": completion.person,
        "person_name": completion.person_name or person.full_name,
        "salutation": SALUTATIONS.get(Person.Gender(person.gender), "") if person.gender else "Ông/Bà",
        "birth_date": person.birth_date,
        "position": completion.post_position,
        "agency_name": completion.agency_name,
        "course_code": completion.course_code,
        "course_version": completion.course_version,
        "course_name": completion.course_name,
        "hours": completion.hours,
        "form": FORMS[Course.Form(course.form)],
        "started_on": completion.started_on,
        "completed_on": completion.completed_on,
        "result": _result(completion),
        "rule_version": RULE_VERSION,
        "evidence_sha256": evidence_sha256(completion),
    }


def _issuer_facts(completion: Completion, on: date) -> dict[str, Any]:
    known = history()
    issuer_id = issuer_of(completion, on, known)
    period = known.period(issuer_id, on) if issuer_id else None
    if issuer_id is None or period is None:
        raise NotIssued(
            _("Course %(course)s has no issuing agency, and the person's agency on that day is not known.")
            % {"course": completion.course_code}
        )
    superior_id = known.on(on).parent(issuer_id)
    title, name = _signer(issuer_id, on)
    return {
        "issuer_id": issuer_id,
        "issuer_code": period.code,
        "issuer_name": period.name,
        "superior_name": known.name(superior_id, on) if superior_id else "",
        "place_name": period.place_name,
        "signer_title": title,
        "signer_name": name,
    }


def _signer(issuer_id: int, on: date) -> tuple[str, str]:
    """Return post and name of the issuing agency's head on the day; empty where none is known."""
    held = Grant.objects.on(on).filter(role="agency_head", agency=issuer_id, person__is_active=True)
    grant = held.select_related("person").order_by("valid_from", "pk").first()
    if grant is None:
        return "", ""
    post = Post.objects.primary_of(grant.person, on)
    return (post.position if post else ""), grant.person.full_name


def _result(completion: Completion) -> str:
    score = str(completion.evidence.get("score") or "")
    if not score:
        return PASSED
    shown = score.rstrip("0").rstrip(".") if "." in score else score
    return f"{PASSED} ({shown.replace('.', ',')}/100 điểm)"


def _locked_counter(agency_id: int, year: int) -> RegisterCounter:
    """Return the register's counter, held until the transaction ends."""
    RegisterCounter.objects.get_or_create(agency_id=agency_id, year=year)
    return RegisterCounter.objects.select_for_update().get(agency_id=agency_id, year=year)


def _store_file(certificate: Certificate) -> None:
    content = certificate_pdf(paper_of(certificate))
    storage = storages["private"]
    wanted = f"certificates/{certificate.year}/{certificate.public_code}.pdf"
    certificate.file_name = storage.save(wanted, ContentFile(content))
    certificate.file_size = len(content)
    certificate.file_sha256 = hashlib.sha256(content).hexdigest()
    _flush(storage, certificate.file_name)


def _flush(storage: Any, name: str) -> None:
    """Have the file on the disk before the row says it is there; object stores do so by themselves."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY)):
        handle = os.open(place, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
