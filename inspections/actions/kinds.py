"""Kinds of inspection: published as versions, none of which is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from inspections.actions.legal_bases import refuse_expired
from inspections.models import (
    ChecklistTemplate,
    InspectionKind,
    KindDocument,
    KindPeriod,
    KindVersion,
    LegalBasis,
)
from inspections.words import PaperType
from lms.base.actions import record_event
from lms.people.models import Person


@dataclass(frozen=True)
class PeriodOf:
    """Days on the spot for a level, and the days of the one extension."""

    level: str
    days: int
    extra_days: int = 0


@dataclass(frozen=True)
class DocumentOf:
    """One document of a kind: its name there and its template; the type's own where not told."""

    type: str
    name: str = ""
    template_code: str = ""
    is_required: bool = False


def version_on(kind: InspectionKind, on: date) -> KindVersion:
    """Return the version for decisions of that day; before the first one, the first."""
    versions = list(kind.versions.order_by("valid_from", "number"))
    if not versions:
        raise ValidationError({"kind": _("This kind has no version yet: an administrator publishes one.")})
    valid = [version for version in versions if version.valid_from <= on]
    return valid[-1] if valid else versions[0]


@transaction.atomic
def publish_kind(
    *,
    by: Person | None,
    code: str,
    name: str,
    valid_from: date,
    bases: Sequence[LegalBasis],
    periods: Sequence[PeriodOf],
    documents: Sequence[DocumentOf] = (),
    checklists: Sequence[ChecklistTemplate] = (),
    **facts: Any,
) -> KindVersion:
    """Publish a new kind, or the next version of a known one; running cases keep theirs.

    ``facts`` are the fields of KindVersion: requires_announcement, closing_document, day_mode … Raises ValidationError.
    """
    _check(bases, periods, valid_from)
    kind = InspectionKind.objects.select_for_update().filter(code=code).first() or InspectionKind(code=code)
    kind.name = name.strip()
    kind.full_clean()
    kind.save()
    last = kind.versions.order_by("-number").first()
    if last is not None and valid_from < last.valid_from:
        raise ValidationError(
            {"valid_from": _("A later version is not valid from an earlier day than the one before.")}
        )
    version = KindVersion(
        kind=kind,
        number=last.number + 1 if last else 1,
        valid_from=valid_from,
        legal_basis=cite(bases),
        created_by=by,
        **facts,
    )
    version.full_clean()
    version.save()
    version.bases.set(bases)
    version.checklists.set(checklists)
    KindPeriod.objects.bulk_create(
        KindPeriod(version=version, level=row.level, days=row.days, extra_days=row.extra_days)
        for row in periods
    )
    KindDocument.objects.bulk_create(document_of(version, row) for row in documents)
    record_event(
        by=by,
        action="inspections.publish_kind",
        target=kind,
        new={"version": version.number, "valid_from": valid_from, "bases": [basis.number for basis in bases]},
    )
    return version


def cite(bases: Sequence[LegalBasis]) -> str:
    """Return how papers cite these texts: the kind of text, then its number."""
    return "; ".join(f"{_sort_of(basis)} số {basis.number}" for basis in bases)[:400]


SORTS = ("Bộ luật", "Luật", "Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Chỉ thị", "Kế hoạch")


def _sort_of(basis: LegalBasis) -> str:
    """Return the word for the sort of text: its title begins with it."""
    return next((word for word in SORTS if basis.title.startswith(word)), "Văn bản")


def document_of(version: KindVersion, row: DocumentOf) -> KindDocument:
    """Return the row of one document, its name and template the type's own where not told."""
    with translation.override("vi"):  # it is printed on papers
        label = str(PaperType(row.type).label)
    return KindDocument(
        version=version,
        type=row.type,
        name=row.name or label,
        template_code=row.template_code or row.type,
        is_required=row.is_required,
    )


def _check(bases: Sequence[LegalBasis], periods: Sequence[PeriodOf], valid_from: date) -> None:
    if not bases:
        raise ValidationError({"bases": _("A kind rests on at least one legal text of the register.")})
    refuse_expired(bases=bases, on=valid_from, at="bases")
    if not periods:
        raise ValidationError({"periods": _("Give the days for at least one level of agency.")})
    levels = [row.level for row in periods]
    if len(set(levels)) != len(levels):
        raise ValidationError({"periods": _("Each level has its days once.")})
    if any(row.days < 1 for row in periods):
        raise ValidationError({"periods": _("A period has at least one day.")})


@transaction.atomic
def retire_kind(*, by: Person, kind: InspectionKind, in_use: bool) -> InspectionKind:
    """Stop offering a kind for new decisions, or offer it again; running cases go on."""
    row = InspectionKind.objects.select_for_update().get(pk=kind.pk)
    old, row.is_active = row.is_active, in_use
    row.save(update_fields=["is_active"])
    record_event(
        by=by, action="inspections.retire_kind", target=row, old={"in_use": old}, new={"in_use": in_use}
    )
    return row
