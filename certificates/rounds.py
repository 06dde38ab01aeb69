"""A round of issuing as it would go: who gets a certificate, who does not and why. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from certificates.actions.freezing import NotIssued, template_version
from certificates.models import Certificate, RegisterYear
from certificates.queries import EARNING_SOURCES
from certificates.rules import earns, issuer_of
from certificates.states import MAKING, State
from courses.models import Completion
from courses.queries import CompletionQuerySet
from lms.base.dates import today
from lms.people.models import Person
from lms.people.organisation import history
from lms.people.rules import scope_of

MOST = 10_000


class TooMany(Exception):
    """A round holds more than is issued at once."""


@dataclass(frozen=True)
class Round:
    """Which results a round of issuing is about: of whom, when, of which course (empty: of all)."""

    agency_id: int
    start: date
    end: date
    course_code: str = ""

    def results(self) -> CompletionQuerySet:
        """Return the results of those days of the unit and all below it; papers of others are theirs to give."""
        found = Completion.objects.filter(source__in=EARNING_SOURCES)
        found = found.filter(completed_on__range=(self.start, self.end))
        if self.course_code:
            found = found.filter(course_code=self.course_code)
        tree = history().on(today())
        # Who passed at an agency that has ended since is served by the one that stands for it today.
        return found.filter(agency__in=tree.with_forerunners(tree.below(self.agency_id) | {self.agency_id}))


@dataclass
class Foreseen:
    """What a round would do: the keys it would issue for, in order, and the others with the reason."""

    ready: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    served: int = 0


def foresee(asked: Round, by: Person) -> Foreseen:
    """Return what the round would do if it began now. Raises TooMany."""
    rows = asked.results()
    served = Certificate.objects.filter(completion__in=rows, state__in=(*MAKING, State.ISSUED))
    waiting = rows.exclude(pk__in=served.values("completion"))
    if waiting.order_by()[: MOST + 1].count() > MOST:
        raise TooMany
    found = Foreseen(served=served.values("completion").distinct().count())
    refusals = _Refusals(by)
    for row in waiting.select_related("course", "revocation").order_by("completed_at", "pk"):
        if refusal := refusals.of(row):
            found.refused.append((row.pk, refusal))
        else:
            found.ready.append(row.pk)
    return found


def outside(agency_id: int) -> str:
    """Return the sentence for a certificate that another authority issues."""
    name = history().name(agency_id, today())
    return _("%(agency)s issues this certificate; your roles do not include it there.") % {"agency": name}


class _Refusals:
    """Why results get no certificate; what is the same for a course and an agency is asked once."""

    def __init__(self, by: Person) -> None:
        self.scope, self.known, self.day = scope_of(by, "certificates.revoke"), history(), today()
        closed = RegisterYear.objects.filter(year=self.day.year)
        self.closed = set(closed.values_list("agency", flat=True))
        self.known_places: dict[tuple[int | None, int | None], str] = {}

    def of(self, row: Completion) -> str:
        """Return why this result gets no certificate; empty where nothing speaks against it."""
        if not earns(row):
            return _of_result(row)
        place = (row.course_id, row.agency_id)
        if place not in self.known_places:
            self.known_places[place] = self._of_place(row)
        return self.known_places[place]

    def _of_place(self, row: Completion) -> str:
        issuer = issuer_of(row, self.day, self.known)
        if issuer is None:
            return _("Neither the course nor the person's agency on that day says who issues.")
        if not self.scope.covers(issuer):
            return outside(issuer)
        if issuer in self.closed:
            return _("The register of %(year)s is closed.") % {"year": self.day.year}
        assert row.course is not None  # noqa: S101 (rules.earns has seen it)
        try:
            template_version(row.course, issuer, self.day)
        except NotIssued as refusal:
            return str(refusal)
        return ""


def _of_result(row: Completion) -> str:
    if hasattr(row, "revocation"):
        return _("The result was withdrawn.")
    if not row.passed:
        return _("Not passed.")
    if row.verified_on is None:
        return _("Not verified: two persons recognise it first, on the page of the result.")
    return _("This course gives no certificate.")
