"""When a completion earns a certificate, and who may withdraw it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.queries import EARNING_SOURCES
from certificates.states import Kind
from courses.models import Completion
from lms.base.dates import today
from lms.people.models import Person
from lms.people.organisation import History, history
from lms.people.rules import may, may_see_person, scope_of

# Printed into every certificate: 1 = passed, verified, not withdrawn, by exam or class of ours.
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


def may_revoke(person: Person, certificate: Certificate) -> bool:
    """Say whether somebody may withdraw a certificate: by authority over the agency that issued it."""
    return _over_issuer(person, "certificates.revoke", certificate)


def revocable(person: Person, certificates: Iterable[Certificate]) -> set[int]:
    """Return the keys of those the person may withdraw; as `may_revoke`, asked once for a whole list."""
    scope, known, day = scope_of(person, "certificates.revoke"), history(), today()
    return {
        row.pk
        for row in certificates
        if row.revocation is None and scope.covers(known.bearer(row.issuer_id, day) or row.issuer_id)
    }


def refuse_second_person(by: Any, confirmed_by: Any) -> str:
    """Say why the second person of a withdrawal will not do; empty where nothing speaks against it."""
    if confirmed_by is not None and by is not None and confirmed_by.pk == by.pk:
        return _("The second person must be somebody else.")
    return ""


def _over_issuer(person: Person, permission: str, certificate: Certificate) -> bool:
    bearer = history().bearer(certificate.issuer_id, today()) or certificate.issuer_id
    return may(person, permission, bearer)
