"""What the nightly replay compares of certificates with the completions they stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from django.utils import timezone

from certificates.models import Certificate
from certificates.queries import EARNING_SOURCES, completions_due
from certificates.states import State
from courses.ports import Difference
from courses.states import DriftKind

# The job that issues is promised within five minutes and tried for some hours; then somebody should know.
ON_ITS_WAY = timedelta(hours=12)
FROZEN = ("course_code", "course_version", "hours", "completed_on", "valid_until")
CHUNK = 2000


def papers(completion_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Return for each completion that has a certificate its serial and its public address."""
    rows = (
        Certificate.objects.exclude(state=State.SPOILT).filter(completion__in=completion_ids).order_by("pk")
    )
    return {row.completion_id: (row.serial, row.get_absolute_url()) for row in rows}


def compared() -> Iterator[Difference]:
    """Yield certificates that are due and not there, and those their completion does not carry."""
    late = completions_due().filter(completed_at__lt=timezone.now() - ON_ITS_WAY)
    for pk, person, code in late.values_list("pk", "person", "course_code").iterator(chunk_size=CHUNK):
        yield Difference(
            DriftKind.CERTIFICATE, "courses.Completion", str(pk), "–", f"a certificate of {code}", person
        )
    rows = Certificate.objects.issued().select_related("completion").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        stored, derived = _standing_on(row)
        if stored != derived:
            yield Difference(
                DriftKind.CERTIFICATE,
                "certificates.Certificate",
                str(row.pk),
                stored,
                derived,
                row.person_id,
            )


def _standing_on(row: Certificate) -> tuple[str, str]:
    completion = row.completion
    if not completion.passed or completion.verified_on is None or completion.source not in EARNING_SOURCES:
        return "issued", "not earned"
    return (
        " ".join(str(getattr(row, name)) for name in FROZEN),
        " ".join(str(getattr(completion, name)) for name in FROZEN),
    )
