"""Sets of certificates, and of completions that have earned one and not got it yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import F, Q

from certificates.states import MAKING, PUBLIC, STEPS, Kind, Standing, State, VersionState
from courses.models import Completion
from courses.queries import CompletionQuerySet
from courses.states import CompletionSource, RevocationMode

if TYPE_CHECKING:
    from certificates.models import (  # noqa: F401 (named in strings below)
        Certificate,
        Credential,
        TemplateUse,
        TemplateVersion,
    )
    from lms.people.models import Person

# What was brought in by a file has the paper of whoever gave the course. Practice earns one once two
# persons have recognised it on evidence of theirs: only their decision sets its `verified_on`.
EARNING_SOURCES = (
    CompletionSource.EXAM,
    CompletionSource.CLASS,
    CompletionSource.LESSONS,
)


class CertificateRewritten(TypeError):
    """Somebody tried to change or delete a certificate."""


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates: frozen proofs that are added to and never rewritten."""

    def of(self, person: Person) -> Self:
        """Return the person's certificates, those under their duplicate records among them."""
        kept = person.merged_into_id or person.pk
        return self.filter(Q(person=kept) | Q(person__merged_into=kept))

    def with_standing(self) -> Self:
        """Read the withdrawal along, so that `standing` asks nothing more."""
        return self.select_related("completion__revocation", "replaced_by")

    def for_book(self) -> Self:
        """Read along what the book notes: withdrawn, annulled, replaced and replacing."""
        return self.with_standing().select_related("spoilt", "replaces")

    def shown(self) -> Self:
        """Return those that may be shown: given out, replaced or annulled, not those being made."""
        return self.filter(state__in=PUBLIC)

    def issued(self) -> Self:
        """Return those given out that were neither replaced nor annulled; at most one a completion."""
        return self.filter(state=State.ISSUED)

    def in_making(self) -> Self:
        """Return those that have their number and are not given out yet."""
        return self.filter(state__in=MAKING)

    def standing(self, standing: str, on: date) -> Self:
        """Keep those that stand so on a day."""
        states = {Standing.REPLACED: State.REPLACED, Standing.SPOILT: State.SPOILT}
        if standing in states:
            return self.filter(state=states[Standing(standing)])
        live = self.exclude(state__in=states.values())
        void = Q(completion__revocation__mode=RevocationMode.AB_INITIO)
        ended = Q(completion__revocation__mode=RevocationMode.FROM_DATE, completion__revocation__on__lte=on)
        expired = Q(valid_until__lt=on)
        if standing == Standing.VOID:
            return live.filter(void)
        if standing == Standing.ENDED:
            return live.filter(ended)
        live = live.exclude(void | ended)
        return live.filter(expired) if standing == Standing.EXPIRED else live.exclude(expired)

    def step(self, event: str, **values: Any) -> int:
        """Take a step of `states.STEPS`: only from where it may begin, only what it may write."""
        step = STEPS[event]
        if unknown := set(values) - set(step.writes):
            raise CertificateRewritten(f"The step {event} does not write {sorted(unknown)}.")
        found = self.filter(state__in=step.before)
        return super(CertificateQuerySet, found).update(state=step.after, **values)

    def update(self, **values: Any) -> NoReturn:
        """Refuse: a certificate is a frozen proof."""
        raise CertificateRewritten(
            "A certificate is never rewritten; withdraw it through certificates.actions."
        )

    def make_nameless(self, **values: Any) -> int:
        """Replace the holder's name and birth date after retention; the caller has asked whether it may."""
        return super().update(birth_date=None, **values)

    def delete(self) -> NoReturn:
        """Refuse: a number once given stays in the register."""
        raise CertificateRewritten(
            "A certificate is never deleted; withdraw it through certificates.actions."
        )


def completions_due() -> CompletionQuerySet:
    """Return the completions that have earned a certificate and have none, the oldest first.

    `rules.earns` says the same of one row.
    """
    earned: CompletionQuerySet = Completion.objects.filter(
        passed=True,
        verified_on__isnull=False,
        source__in=EARNING_SOURCES,
        course__certificate_kind__in=Kind.values,
        revocation__isnull=True,
    )
    live = (*MAKING, State.ISSUED)
    return earned.exclude(certificates__state__in=live).order_by("completed_at", "pk")


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Digital credentials and their places in the lists of those withdrawn."""

    def withdrawn(self, on: date) -> Self:
        """Keep those whose certificate was withdrawn, replaced or annulled; one that expired says so itself."""
        revocation = "certificate__completion__revocation"
        void = Q(**{f"{revocation}__mode": RevocationMode.AB_INITIO})
        ended = Q(**{f"{revocation}__mode": RevocationMode.FROM_DATE, f"{revocation}__on__lte": on})
        gone = Q(certificate__state__in=[State.REPLACED, State.SPOILT])
        return self.filter(void | ended | gone)

    def update(self, **values: Any) -> NoReturn:
        """Refuse: what a holder keeps is not rewritten here."""
        raise CertificateRewritten("A credential is never rewritten.")

    def make_nameless(self) -> int:
        """Take the text with the holder's name away after retention; its hash and its bit in the list stay."""
        return super().update(text="")


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    """Versions of templates: drafts may change, published ones never."""

    def drafts(self) -> Self:
        """Keep what may still be changed."""
        return self.filter(state=VersionState.DRAFT)

    def published(self) -> Self:
        """Keep what certificates may be printed with, the newest first."""
        return self.filter(state=VersionState.PUBLISHED).order_by("-number")

    def publish(self, **values: Any) -> int:
        """Freeze drafts; from then on they never change."""
        return super(TemplateVersionQuerySet, self.drafts()).update(state=VersionState.PUBLISHED, **values)

    def update(self, **values: Any) -> int:
        """Write drafts; refuse where a published version is among them."""
        if self.published().exists():
            raise CertificateRewritten("A published template version never changes; make a new one.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; refuse where a published version is among them."""
        if self.published().exists():
            raise CertificateRewritten("A published template version is never deleted.")
        return super().delete()


class TemplateUseQuerySet(models.QuerySet["TemplateUse"]):
    """Which template is used where, from a day to a day."""

    def on(self, day: date) -> Self:
        """Keep what holds on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def meeting(self, use: TemplateUse) -> Self:
        """Return other choices for the same kind, course and agency that hold on a day on which this one does."""
        same = self.filter(template__kind=use.template.kind, course=use.course_id, agency=use.agency_id)
        found = same.exclude(pk=use.pk).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=use.valid_from))
        return found.filter(valid_from__lt=use.valid_to) if use.valid_to else found

    def fitting(self, *, course: int | None, agency: int, kind: str) -> Self:
        """Return what fits a course and its issuing agency, the most particular first."""
        found = self.filter(Q(course=course) | Q(course__isnull=True), template__kind=kind)
        found = found.filter(Q(agency=agency) | Q(agency__isnull=True))
        return found.order_by(
            F("course").asc(nulls_last=True), F("agency").asc(nulls_last=True), "-valid_from"
        )
