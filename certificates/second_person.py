"""Withdrawing, replacing and annulling a certificate need two: one proposes, another approves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.actions import NotIssued, RegisterRefused, annul, refuse_reissue, reissue, revoke
from certificates.models import Certificate
from certificates.rules import issuer_today, may_revoke
from courses.models import Revocation
from courses.rules import Refused, refuse_revocation
from courses.states import RevocationMode
from lms.base.dates import today
from lms.people.actions.approvals import propose
from lms.people.approvals import Kind, NotPossible
from lms.people.models import Approval, Person

WITHDRAWAL = "certificates.revoke"
REISSUE = "certificates.reissue"
ANNULMENT = "certificates.annul"


def propose_withdrawal(*, certificate: Certificate, mode: str, on: date, reason: str, by: Person) -> Approval:
    """Propose to withdraw a certificate. Raises PermissionDenied, ValidationError, or Refused of courses."""
    if not may_revoke(by, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may withdraw it."))
    is_revoked = Revocation.objects.filter(completion=certificate.completion).exists()
    if refusal := refuse_revocation(
        certificate.completion, mode=mode, on=on, reason=reason, is_revoked=is_revoked, today=today()
    ):
        raise Refused(refusal)
    return propose(
        kind=WITHDRAWAL,
        target=certificate,
        agency=issuer_today(certificate),
        payload={"mode": mode, "on": on.isoformat()},
        reason=reason,
        by=by,
    )


def _withdraw(approval: Approval, by: Person) -> Revocation:
    certificate = Certificate.objects.get(pk=approval.target_id)
    try:
        return revoke(
            certificate=certificate,
            mode=approval.payload["mode"],
            on=date.fromisoformat(approval.payload["on"]),
            reason=approval.reason,
            by=approval.proposed_by,
            confirmed_by=by,
        )
    except Refused as refusal:
        raise NotPossible(str(refusal)) from refusal


def _show(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("How it is withdrawn"), str(RevocationMode(payload["mode"]).label)),
        (_("Date of the decision"), f"{date.fromisoformat(payload['on']):%d/%m/%Y}"),
    ]


def propose_correction(*, certificate: Certificate, kind: str, reason: str, by: Person) -> Approval:
    """Propose a new issue or an annulment. Raises PermissionDenied, ValidationError or RegisterRefused."""
    if not may_revoke(by, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may do this."))
    if refusal := refuse_reissue(certificate):
        raise RegisterRefused(refusal)
    return propose(
        kind=kind,
        target=certificate,
        agency=issuer_today(certificate),
        payload={"name": certificate.person.canonical.full_name} if kind == REISSUE else {},
        reason=reason,
        by=by,
    )


def _doing(work: Callable[..., Any]) -> Callable[[Approval, Person], Any]:
    def execute(approval: Approval, by: Person) -> Any:
        certificate = Certificate.objects.get(pk=approval.target_id)
        try:
            return work(
                certificate=certificate, reason=approval.reason, by=approval.proposed_by, confirmed_by=by
            )
        except (RegisterRefused, NotIssued) as refusal:
            raise NotPossible(str(refusal)) from refusal

    return execute


def _show_name(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(_("Name on the new certificate"), payload["name"])]


def _show_nothing(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return []


def _url(approval: Approval) -> str:
    certificate = Certificate.objects.filter(pk=approval.target_id).only("public_code").first()
    return reverse("verify-certificate", args=[certificate.public_code]) if certificate else ""


KINDS = (
    Kind(
        WITHDRAWAL,
        name=gettext_lazy("Withdraw a certificate"),
        permission="certificates.revoke",
        execute=_withdraw,
        show=_show,
        url=_url,
    ),
    Kind(
        REISSUE,
        name=gettext_lazy("Issue a certificate anew"),
        permission="certificates.revoke",
        execute=_doing(reissue),
        show=_show_name,
        url=_url,
    ),
    Kind(
        ANNULMENT,
        name=gettext_lazy("Annul a number of the register"),
        permission="certificates.revoke",
        execute=_doing(annul),
        show=_show_nothing,
        url=_url,
    ),
)
