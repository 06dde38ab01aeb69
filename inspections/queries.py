"""Sets of inspections and their parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce, ExtractYear

from inspections.paper_states import PaperState
from inspections.plan_states import IN_FORCE, SEEN_BY_OTHERS
from inspections.remedy_states import Due, RemedyState, Severity
from inspections.states import CLOSED, OPEN_TO_PARTIES, Act, Origin, Status
from lms.base.dates import today
from lms.base.queries import DatedQuerySet
from lms.base.vietnamese import fold, nfc
from lms.people.organisation import history
from lms.people.queries import ScopedManager

if TYPE_CHECKING:
    from inspections.models import (  # noqa: F401
        Announcement,
        CaseDocument,
        DocumentRequest,
        Finding,
        Holiday,
        InspectedSubject,
        Inspection,
        InspectionKind,
        InspectionPlan,
        LegalBasis,
        PartyAccess,
        PlannedSubject,
        PlanVersion,
        Remedy,
        SigningImage,
        Subject,
        WordTemplate,
        YearOverride,
    )
    from lms.people.models import Person


def with_forebears(agency_ids: frozenset[int]) -> frozenset[int]:
    """Return the agencies and those for which one of them alone stands today."""
    known, day = history(), today()
    found, waiting = set(agency_ids), list(agency_ids)
    while waiting:
        for forebear in known.forebears.get(waiting.pop(), ()):
            if forebear not in found and known.bearer(forebear, day) in agency_ids:
                found.add(forebear)
                waiting.append(forebear)
    return frozenset(found)


def holds_words(text: str) -> Q:
    """Return the condition that a row's search text holds every word, accents ignored."""
    return Q(*(("search_text__contains", word) for word in fold(text).split()))


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Inspections."""

    def matching(self, text: str) -> Self:
        """Keep those whose code, number, field or subjects hold every word, accents ignored."""
        return self.filter(holds_words(text))

    def best_first(self, text: str) -> Self:
        """Sort what matches: the number itself, then the words as they are typed, accents and all, then the rest."""
        typed = nfc(text).strip()
        number = Q(code__iexact=typed) | Q(decision_no__iexact=typed)
        words = Q(field__icontains=typed) | Q(decision__content__icontains=typed)
        subjects = self._subjects().filter(inspection=OuterRef("pk"), name__icontains=typed)
        rank = Case(When(number, then=0), When(words | Exists(subjects), then=1), default=2)
        return self.annotate(rank=rank).order_by("rank", "-decided_on", "-pk")

    def _subjects(self) -> models.QuerySet[Any]:
        subjects: models.QuerySet[Any] = self.model._meta.get_field(
            "subjects"
        ).related_model._default_manager.all()  # type: ignore[union-attr]
        return subjects

    def open(self) -> Self:
        """Keep those in which something may still happen."""
        return self.exclude(status__in=CLOSED)

    def run_here(self) -> Self:
        """Keep those whose steps are derived from records."""
        return self.filter(origin=Origin.SYSTEM)

    def with_step_records(self) -> Self:
        """Fetch every record the steps are derived from."""
        return self.select_related("decision", "announcement", "result").prefetch_related(
            "subjects__records__version__template",
            "subjects__minutes__record__version__template",
            "subjects__received",
        )

    def with_team_of(self, person: Person) -> Self:
        """Keep those in whose team the person is."""
        return self.filter(team__person=person)

    def running_by_deadline(self) -> Self:
        """Sort what runs by its last day."""
        return self.filter(status=Status.IN_PROGRESS).order_by("announcement__last_day", "pk")

    def of_year(self, year: int) -> Self:
        """Keep those decided in the year; without that day, completed in it."""
        return self.filter(Q(decided_on__year=year) | Q(decided_on=None, completed_on__year=year))

    def on_the_clock(self) -> Self:
        """Keep what runs or stands still and has a last day."""
        return self.filter(status__in=[Status.IN_PROGRESS, Status.SUSPENDED], announcement__isnull=False)

    def of_nearness(self, word: str, on: date, soon: date) -> Self:
        """Keep what is late, near, later or stands still on the day."""
        running = Q(status=Status.IN_PROGRESS)
        spans = {
            "late": running & Q(announcement__last_day__lt=on),
            "near": running & Q(announcement__last_day__gte=on, announcement__last_day__lte=soon),
            "later": running & Q(announcement__last_day__gt=soon),
            "suspended": Q(status=Status.SUSPENDED),
        }
        return self.filter(spans[word])

    def counts(self, *by: str, on: date) -> models.QuerySet[Any, dict[str, Any]]:
        """Count, by these columns, how many stand how on the day; one group-by."""
        running = Q(status=Status.IN_PROGRESS)
        return (
            self.order_by()
            .values(*by)
            .annotate(
                decided=Count("pk", filter=Q(status=Status.PLANNED)),
                running=Count("pk", filter=running),
                late=Count("pk", filter=running & Q(announcement__last_day__lt=on)),
                suspended=Count("pk", filter=Q(status=Status.SUSPENDED)),
                done=Count("pk", filter=Q(status=Status.COMPLETED)),
                stopped=Count("pk", filter=Q(status__in=[Status.TERMINATED, Status.CANCELLED])),
            )
        )

    def due_by(self, day: date) -> Self:
        """Keep what runs and whose last day has come by that day."""
        return self.filter(status=Status.IN_PROGRESS, announcement__last_day__lte=day)


class CaseManager(ScopedManager.from_queryset(InspectionQuerySet)):  # type: ignore[misc]
    """Reads cases for whoever has the permission over the lead agency, or is in the team."""

    def for_person(self, actor: Person, permission: str) -> InspectionQuerySet:
        """Return the cases within the actor's scope and those the actor's team runs."""
        inside = super().for_person(actor, permission)
        if not actor.is_authenticated:
            return inside
        rows = self.unscoped_rows()
        mine = rows.with_team_of(actor).values("pk")
        return rows.filter(Q(pk__in=inside.values("pk")) | Q(pk__in=mine))

    def unscoped_rows(self) -> InspectionQuerySet:
        """Return all rows, for the two filters above."""
        return models.Manager.get_queryset(self)  # type: ignore[return-value]


# Of what names a row of the register: the row that is kept for it.
KEPT_SUBJECT = Coalesce("subject__merged_into", "subject")


class InspectedSubjectQuerySet(models.QuerySet["InspectedSubject"]):
    """Subjects as inspected in a case."""

    def with_party(self) -> Self:
        """Tell of each the row of the register that is kept for the subject."""
        return self.annotate(party=KEPT_SUBJECT)

    def of_year(self, year: int) -> Self:
        """Keep those whose case's decision is of the year; without its date, the day of completion."""
        decided = Q(inspection__decided_on__year=year)
        undated = Q(inspection__decided_on=None, inspection__completed_on__year=year)
        return self.filter(decided | undated)

    def using_up_the_year(self, subject_ids: Any, year: int) -> Self:
        """Keep what NQ 198/2025/QH15 Điều 4 counts for these rows of the register: KT or TT not cancelled."""
        return (
            self.of_year(year)
            .filter(subject__in=subject_ids, inspection__act__in=[Act.KT, Act.TT])
            .exclude(inspection__status=Status.CANCELLED)
        )


class SubjectQuerySet(models.QuerySet["Subject"]):
    """The register of those who may be inspected."""

    def kept(self) -> Self:
        """Keep the rows that stand for themselves, without the duplicates."""
        return self.filter(merged_into=None)

    def same_as(self, subject: Subject) -> Self:
        """Keep the row that is kept and all its duplicates."""
        head = subject.merged_into_id or subject.pk
        return self.filter(Q(pk=head) | Q(merged_into=head))


class OverrideQuerySet(models.QuerySet["YearOverride"]):
    """Leaves for a second inspection in a year."""

    def usable(self) -> Self:
        """Keep those approved by the second person and not used yet."""
        return self.filter(approved_at__isnull=False, inspection=None)


class OverrideScopedManager(ScopedManager.from_queryset(OverrideQuerySet)):  # type: ignore[misc]
    """Reads leaves for whoever has the permission over the lead agency."""


class InspectionKindQuerySet(models.QuerySet["InspectionKind"]):
    """Kinds of inspection."""

    def in_use(self) -> Self:
        """Keep those offered for new decisions."""
        return self.filter(is_active=True)


class LegalBasisQuerySet(DatedQuerySet["LegalBasis"]):
    """Legal texts."""

    def in_force(self, on: date) -> Self:
        """Keep those in force on that day."""
        return self.on(on)


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Days off and days worked."""

    def of_year(self, year: int) -> Self:
        """Keep those of the year."""
        return self.filter(day__year=year)


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Clocks."""

    def overdue(self, on: date) -> Self:
        """Keep those of running cases whose last day has passed."""
        return self.filter(inspection__status=Status.IN_PROGRESS, last_day__lt=on)


# The row of the register that stands for the party, and the year of the decision.
PARTY = Coalesce("subject__subject__merged_into", "subject__subject")
YEAR = ExtractYear("subject__inspection__decided_on")


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings."""

    def with_repeats(self) -> Self:
        """Tell of each whether the same party had it in an earlier year: the same item, or the same article."""
        return self.annotate(party=PARTY, year=YEAR).annotate(is_repeat=Exists(self._earlier()))

    def repeats(self) -> Self:
        """Keep those that the same party had in an earlier year."""
        return self.annotate(party=PARTY, year=YEAR).filter(Exists(self._earlier()))

    def _earlier(self) -> Self:
        """Return what the same party had before the year of the row outside."""
        rows: Self = self.model._default_manager.annotate(party=PARTY, year=YEAR)  # type: ignore[assignment]
        return rows.filter(
            Q(checklist=OuterRef("checklist"), item=OuterRef("item"))
            | (Q(article=OuterRef("article"), basis=OuterRef("basis")) & ~Q(article="")),
            party=OuterRef("party"),
            year__lt=OuterRef("year"),
        )

    def matching(self, text: str) -> Self:
        """Keep those that hold every word, accents ignored."""
        return self.filter(holds_words(text))

    def best_first(self, text: str) -> Self:
        """Sort what matches: the words as they are typed, accents and all, before the rest."""
        typed = nfc(text).strip()
        as_typed = Q(label__icontains=typed) | Q(words__icontains=typed) | Q(article__icontains=typed)
        rank = Case(When(as_typed, then=0), default=1)
        return self.annotate(rank=rank).order_by("rank", "-pk")

    def of_year(self, year: int) -> Self:
        """Keep those of cases decided in the year."""
        return self.filter(subject__inspection__decided_on__year=year)

    def counts(self, *by: str) -> models.QuerySet[Any, dict[str, Any]]:
        """Count, by these columns, the findings, the grave ones and those with a remedy not yet accepted."""
        waiting = Q(remedies__isnull=False) & ~Q(remedies__state=RemedyState.ACCEPTED)
        return (
            self.order_by()
            .values(*by)
            .annotate(
                found=Count("pk", distinct=True),
                grave=Count("pk", distinct=True, filter=Q(severity=Severity.GRAVE)),
                waiting=Count("pk", distinct=True, filter=waiting),
            )
        )

    def repeated_by(self, finding: Finding) -> Self:
        """Keep what the same party had in earlier years: the same item, or the same article."""
        party, case = finding.subject.subject, finding.subject.inspection
        if party is None:
            return self.none()
        same = Q(checklist=finding.checklist, item=finding.item)
        if finding.article and finding.basis_id:
            same |= Q(article=finding.article, basis=finding.basis_id)
        rows = self.annotate(party=PARTY, year=YEAR)
        return rows.filter(same, party=party.merged_into_id or party.pk, year__lt=case.year)


class RemedyQuerySet(models.QuerySet["Remedy"]):
    """Remedies."""

    def waiting(self) -> Self:
        """Keep those not yet accepted."""
        return self.exclude(state=RemedyState.ACCEPTED)

    def of_due(self, due: Due, on: date, soon: timedelta) -> Self:
        """Keep those that stand so to their deadline on the day."""
        spans = {
            Due.OVERDUE: Q(deadline__lt=on),
            Due.SOON: Q(deadline__gte=on, deadline__lte=on + soon),
            Due.LATER: Q(deadline__gt=on + soon),
        }
        return self.waiting().filter(spans[due])


class SigningImageQuerySet(models.QuerySet["SigningImage"]):
    """Pictures of signatures and seals."""

    def of_person(self, person_id: int) -> SigningImage | None:
        """Return the picture of the person's signature that counts."""
        return self.filter(person=person_id).order_by("pk").last()

    def of_agency(self, agency_id: int) -> SigningImage | None:
        """Return the picture of the agency's seal that counts."""
        return self.filter(agency=agency_id).order_by("pk").last()


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    """Word templates of agencies."""

    def of_series(self, agency_id: int, kind_id: int | None, type_: str) -> Self:
        """Keep the versions of one template."""
        return self.filter(agency=agency_id, kind=kind_id, type=type_)

    def best_for(self, agencies: Sequence[int], kind_id: int | None, type_: str) -> WordTemplate | None:
        """Return the last version made for the document: of the nearest agency, before others that of the kind."""
        near = Case(
            *(When(agency=pk, then=place) for place, pk in enumerate(agencies)), default=len(agencies)
        )
        rows = self.filter(agency__in=agencies, type=type_).filter(Q(kind=kind_id) | Q(kind=None))
        return rows.order_by(near, F("kind").asc(nulls_last=True), "-number").first()


class DocumentQuerySet(models.QuerySet["CaseDocument"]):
    """Documents of cases."""

    def to_number(self) -> Self:
        """Keep those signed that wait for the registry."""
        return self.filter(state=PaperState.SIGNED)

    def bearing(self, number: int, symbol: str) -> Self:
        """Keep those with this number; with a symbol, those whose symbol holds it."""
        rows = self.filter(number=number)
        return rows.filter(symbol__icontains=symbol) if symbol else rows

    def in_series(self, agency_id: int, series: str, year: int) -> Self:
        """Keep those numbered in one run of numbers."""
        return self.filter(agency=agency_id, series=series, year=year)


class DocumentScopedManager(ScopedManager.from_queryset(DocumentQuerySet)):  # type: ignore[misc]
    """Reads documents for whoever has the permission over the agency that numbers them."""


class DocumentRequestQuerySet(models.QuerySet["DocumentRequest"]):
    """Requests for documents."""

    def handed_over(self) -> Self:
        """Keep those the subject has."""
        return self.filter(handed_at__isnull=False)

    def with_items(self) -> Self:
        """Fetch items, what came for each, and the document with them."""
        return self.select_related("document", "subject").prefetch_related("items__files")


class PartyAccessQuerySet(models.QuerySet["PartyAccess"]):
    """Persons who come in for a subject."""

    def in_force(self) -> Self:
        """Keep those nobody has revoked, of cases that a party may see."""
        return self.filter(revoked_at=None, subject__inspection__status__in=OPEN_TO_PARTIES)

    def named(self, contact: str) -> Self:
        """Keep those whom this e-mail, phone or personal number means, written in the one form that is stored."""
        if not contact:
            return self.none()
        return self.filter(Q(email=contact) | Q(phone=contact) | Q(personal_number=contact))


class PlanQuerySet(models.QuerySet["InspectionPlan"]):
    """Inspection plans."""

    def in_force(self) -> Self:
        """Keep those with an approved version."""
        return self.filter(versions__state__in=IN_FORCE)


class PlanScopedManager(ScopedManager.from_queryset(PlanQuerySet)):  # type: ignore[misc]
    """Reads plans for whoever has the permission over their agency."""


class PlannedSubjectQuerySet(models.QuerySet["PlannedSubject"]):
    """Subjects of lines of plans."""

    def with_party(self) -> Self:
        """Tell of each the row of the register that is kept for the subject."""
        return self.annotate(party=KEPT_SUBJECT)

    def of_version(self, version: PlanVersion) -> Self:
        """Keep what one version holds."""
        return self.filter(line__version=version)

    def with_parties_of(self, version: PlanVersion) -> Self:
        """Keep those whose party the version names, too."""
        return self.filter(Q(("party__in", self.model._default_manager.of_version(version).parties())))

    def parties(self) -> models.QuerySet[Any]:
        """Return the rows of the register that are kept, as numbers for another query."""
        return self.with_party().values("party")

    def beside(self, plan: InspectionPlan) -> Self:
        """Keep what other plans of the year hold, as far as others see them."""
        rows = self.filter(line__version__state__in=SEEN_BY_OTHERS, line__version__plan__year=plan.year)
        return rows.exclude(line__version__plan=plan)

    def in_force(self, year: int) -> Self:
        """Keep what the plans in force of a year hold, of kiểm tra."""
        return self.filter(
            line__version__state__in=IN_FORCE,
            line__version__plan__year=year,
            line__version__plan__act=Act.KT,
        )
