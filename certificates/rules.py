"""When a completion earns a certificate, and who may withdraw it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import Certificate, RegisterRequest
from certificates.queries import EARNING_SOURCES
from certificates.states import Kind
from courses.models import Completion
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.people.models import Person
from lms.people.organisation import History, history
from lms.people.rules import may, may_see_person, scope_of

# Frozen into every certificate: 1 = passed, verified, not withdrawn, by exam or class of ours.
RULE_VERSION = "1"


def earns(completion: Completion) -> bool:
    """Say whether a completion earns a certificate. `queries.completions_due` says the same of all rows."""
    return (
        completion.passed
        and completion.verified_on is not None
        and completion.source in EARNING_SOURCES
        and completion.course is not None
        and completion.course.certificate_kind in Kind.values
        and not hasattr(completion, "revocation")
    )


def issuer_of(completion: Completion, on: date, known: History) -> int | None:
    """Return the agency that issues on a day: the course's, else the topmost above the person's agency.

    An agency that has ended issues through its single successor.
    """
    course = completion.course
    named = course.agency_id if course and course.agency_id else completion.agency_id
    if named is None:
        return None
    bearer = known.bearer(named, on)
    if bearer is None or (course and course.agency_id):
        return bearer
    above = known.on(on).ancestors(bearer)
    return above[-1] if above else bearer


def may_open(person: Any, certificate: Certificate) -> bool:
    """Say whether somebody may open the file: its owner, or an officer over the owner's or the issuing agency."""
    if not person.is_authenticated:
        return False
    if person.canonical.pk == certificate.person.canonical.pk:
        return True
    return _over_issuer(person, "certificates.view", certificate) or may_see_person(
        person, "certificates.view", certificate.person
    )


def may_export(person: Person, certificate: Certificate) -> bool:
    """Say whether somebody may take a certificate's proof away: by authority over the agency that issued it."""
    return _over_issuer(person, "certificates.view", certificate)


def may_sign(person: Person, certificate: Certificate) -> bool:
    """Say whether somebody may bring a signed file back: who may withdraw in the issuing agency may also sign."""
    return may_revoke(person, certificate)


def may_revoke(person: Person, certificate: Certificate) -> bool:
    """Say whether somebody may withdraw a certificate: by authority over the agency that issued it."""
    return _over_issuer(person, "certificates.revoke", certificate)


def revocable(person: Person, certificates: Iterable[Certificate]) -> set[int]:
    """Return the keys of those the person may withdraw; as `may_revoke`, asked once for a whole list."""
    scope, known, day = scope_of(person, "certificates.revoke"), history(), today()
    return {
        row.pk
        for row in certificates
        if row.is_issued
        and row.revocation is None
        and scope.covers(known.bearer(row.issuer_id, day) or row.issuer_id)
    }


def refuse_second_person(by: Person, confirmed_by: Person, certificate: Certificate) -> str:
    """Say why the second person of a withdrawal will not do; empty where nothing speaks against it."""
    if confirmed_by.canonical.pk == by.canonical.pk:
        return _("The second person must be somebody else.")
    if not may_revoke(confirmed_by, certificate):
        return _("Only the agency that issued a certificate may withdraw it.")
    return ""


def issuer_today(certificate: Certificate) -> int:
    """Return the agency that stands today for the one that issued."""
    return history().bearer(certificate.issuer_id, today()) or certificate.issuer_id


def _over_issuer(person: Person, permission: str, certificate: Certificate) -> bool:
    return may(person, permission, issuer_today(certificate))


def may_see_request(person: Person, asked: RegisterRequest) -> bool:
    """Say whether somebody may see what was asked of a register: by authority over its agency."""
    bearer = history().bearer(asked.agency_id, today()) or asked.agency_id
    return may(person, "certificates.view", bearer)


def agencies_for(person: Person, permission: str) -> dict[int, str]:
    """Return the agencies whose registers and papers the person may ask for, those that ended among them."""
    scope, known, day = scope_of(person, permission), history(), today()
    tree = known.on(day)
    every = frozenset(agency for root in tree.roots() for agency in tree.below(root))
    living = every if scope.everything else scope.agency_ids
    found = {agency: known.name(agency, day) for agency in living if known.lives(agency, day)}
    for agency in Certificate.objects.order_by("issuer").values_list("issuer", flat=True).distinct():
        bearer = known.bearer(agency, day)
        if agency not in found and scope.covers(bearer or agency):
            found[agency] = f"{known.name(agency, day)} †" if bearer != agency else known.name(agency, day)
    return dict(sorted(found.items(), key=lambda item: (fold(item[1]), item[0])))
