"""Sets of certificates, and of completions that have earned one and not got it yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from certificates.states import Kind, Standing
from courses.models import Completion
from courses.queries import CompletionQuerySet
from courses.states import CompletionSource, RevocationMode

if TYPE_CHECKING:
    from certificates.models import Certificate  # noqa: F401 (named in a string below)
    from lms.people.models import Person

# What was brought in by a file has the paper of whoever gave the course.
EARNING_SOURCES = (CompletionSource.EXAM, CompletionSource.CLASS)


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
        return self.select_related("completion__revocation")

    def standing(self, standing: str, on: date) -> Self:
        """Keep those that stand so on a day."""
        void = Q(completion__revocation__mode=RevocationMode.AB_INITIO)
        ended = Q(completion__revocation__mode=RevocationMode.FROM_DATE, completion__revocation__on__lte=on)
        if standing == Standing.VOID:
            return self.filter(void)
        return self.filter(ended) if standing == Standing.ENDED else self.exclude(void | ended)

    def update(self, **values: Any) -> NoReturn:
        """Refuse: a certificate is a frozen proof."""
        raise CertificateRewritten(
            "A certificate is never rewritten; withdraw it through certificates.actions."
        )

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
    return earned.filter(certificate__isnull=True).order_by("completed_at", "pk")
