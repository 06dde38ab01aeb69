"""Number, print, give out: each step in a transaction of its own, each asked again does nothing more.

The number and everything that will be printed and signed are stored first. A process that dies between two
steps leaves a numbered row that the next try goes on with: no gap, no double.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import points
from certificates.actions.credentials import make_credential
from certificates.actions.freezing import NotIssued, freeze, frozen_columns, paper_of
from certificates.actions.signing import sign, with_places
from certificates.actions.steps import store_file, take_step
from certificates.actions.withdrawing import spoil
from certificates.documents import certificate_pdf
from certificates.models import Certificate, RegisterCounter, RegisterYear
from certificates.rules import earns
from certificates.states import MAKING, State
from courses.models import Completion
from lms.base.actions import Actor, record_event

# In the book: Vietnamese whatever language the worker speaks.
OLD_GONE_MEANWHILE = "Giấy cũ đã bị hủy hoặc đã được thay thế trước khi cấp lại"
WITHDRAWN_MEANWHILE = "Kết quả hoàn thành bị thu hồi trước khi cấp"


def issue(*, completion: Completion, by: Actor | None, at: datetime | None = None) -> Certificate:
    """Issue the certificate a completion earned; asked again, return the one there is. Raises NotIssued."""
    return finish(certificate=take_number(completion=completion, by=by, at=at), by=by)


def finish(*, certificate: Certificate, by: Actor | None) -> Certificate:
    """Take the steps that are left. Raises NotIssued where the completion was withdrawn meanwhile."""
    if certificate.state not in MAKING:
        return certificate
    if not earns(certificate.completion):
        spoil(certificate=certificate, reason=WITHDRAWN_MEANWHILE, by=by)
        raise NotIssued(_("The completion was withdrawn before its certificate was given out."))
    if certificate.replaces and certificate.replaces.state != State.ISSUED:
        spoil(certificate=certificate, reason=OLD_GONE_MEANWHILE, by=by)
        raise NotIssued(_("The certificate to be replaced was annulled or replaced meanwhile."))
    render(certificate=certificate, by=by)
    sign(certificate=certificate, by=by)
    return release(certificate=certificate, by=by)


def take_number(*, completion: Completion, by: Actor | None, at: datetime | None = None) -> Certificate:
    """Give the completion the next number of its register, with everything that will be printed. Raises NotIssued."""
    with transaction.atomic():
        certificate = _numbered(completion, by, at or timezone.now())
    points.reached("number.committed")
    return certificate


def _numbered(completion: Completion, by: Actor | None, instant: datetime) -> Certificate:
    if earlier := live_certificate(completion):
        return earlier
    if not earns(completion):
        raise NotIssued(_("This completion earns no certificate: it was not passed and verified with us."))
    columns = frozen_columns(completion, instant)
    counter = locked_counter(columns["issuer_id"], columns["issued_on"].year)
    # Another worker may have taken a number while this one waited for the register.
    if earlier := live_certificate(completion):
        return earlier
    return write_numbered(Certificate(completion=completion, **columns), counter, by)


def live_certificate(completion: Completion) -> Certificate | None:
    """Return the completion's certificate, given out or being made; None where it has none that stands."""
    live = Certificate.objects.filter(completion=completion, state__in=(*MAKING, State.ISSUED))
    return live.order_by("pk").first()


def write_numbered(certificate: Certificate, counter: RegisterCounter, by: Actor | None) -> Certificate:
    """Write the row under the counter's next number; the counter is held by the caller's transaction."""
    points.reached("number.locked")
    certificate.year, certificate.number = counter.year, counter.last + 1
    freeze(certificate)
    certificate.save()
    points.reached("number.written")
    counter.last = certificate.number
    counter.save(update_fields=["last"])
    points.reached("number.counted")
    record_event(
        by=by,
        action="certificates.number",
        target=certificate,
        new={
            "number": certificate.serial,
            "completion": certificate.completion_id,
            "rule_version": certificate.rule_version,
            "facts_sha256": certificate.facts_sha256,
        },
    )
    return certificate


def render(*, certificate: Certificate, by: Actor | None) -> Certificate:
    """Print the certificate to its file, flushed to the disk before the row says it is there."""
    if certificate.state == State.NUMBERED:
        paper = paper_of(certificate)
        content = with_places(certificate_pdf(paper), paper)
        points.reached("render.drawn")
        file = store_file(certificate, content)
        points.reached("render.stored")
        take_step(certificate, "render", **file)
        points.reached("render.committed")
    return certificate


def release(*, certificate: Certificate, by: Actor | None) -> Certificate:
    """Give the certificate out: from now on its page, its file and the register show it."""
    if certificate.state == State.ISSUED:
        return certificate
    with transaction.atomic():
        if certificate.replaces_id:
            # In the same transaction, and before: a completion has one certificate given out.
            Certificate.objects.filter(pk=certificate.replaces_id).step(
                "replace", replaced_by_id=certificate.pk
            )
        if take_step(certificate, "issue", released_at=timezone.now()):
            points.reached("issue.stepped")
            record_event(
                by=by,
                action="certificates.issue",
                target=certificate,
                new={
                    "number": certificate.serial,
                    "completion": certificate.completion_id,
                    "rule_version": certificate.rule_version,
                    "facts_sha256": certificate.facts_sha256,
                    "file_sha256": certificate.file_sha256,
                    "credential_sha256": make_credential(certificate=certificate).sha256,
                },
            )
    points.reached("issue.committed")
    return certificate


def locked_counter(agency_id: int, year: int) -> RegisterCounter:
    """Return the register's counter, held until the transaction ends. Raises NotIssued where the year is closed."""
    RegisterCounter.objects.get_or_create(agency_id=agency_id, year=year)
    counter = RegisterCounter.objects.select_for_update().get(agency_id=agency_id, year=year)
    if RegisterYear.objects.filter(agency=agency_id, year=year).exists():
        raise NotIssued(_("The register of %(year)s is closed.") % {"year": year})
    return counter
