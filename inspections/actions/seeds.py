"""What every installation starts with; an administrator's change is never overwritten."""

from django.db import transaction

from inspections.actions.checklist import publish_version
from inspections.actions.kinds import DocumentOf, PeriodOf, document_of, publish_kind
from inspections.calendar.days import shipped_days
from inspections.calendar.public_holidays import ASSUMED_YEARS
from inspections.checklists import workbook
from inspections.law.kinds import KINDS, ShippedKind
from inspections.law.texts import TEXTS
from inspections.models import ChecklistTemplate, Holiday, InspectionKind, KindDocument, LegalBasis

NAMES = {
    "an-toan-thong-tin": ("Phiếu kiểm tra an toàn thông tin", "An toàn thông tin"),
    "cai-cach-hanh-chinh": ("Phiếu kiểm tra cải cách hành chính", "Cải cách hành chính"),
    "kiem-tra-cong-vu": ("Phiếu kiểm tra công vụ", "Công vụ"),
    "an-toan-thuc-pham": ("Phiếu kiểm tra an toàn thực phẩm", "An toàn thực phẩm"),
    "co-so-giao-duc": ("Phiếu kiểm tra cơ sở giáo dục", "Giáo dục"),
}


@transaction.atomic
def ensure_basics() -> None:
    """Create the legal texts, checklists, kinds and holidays that are missing."""
    ensure_legal_bases()
    ensure_checklists()
    ensure_kinds()
    ensure_holidays()


def ensure_legal_bases() -> None:
    """Create the shipped legal texts that are missing, then say which replaced which."""
    known = {row.number: row for row in LegalBasis.objects.all()}
    fresh = [text for text in TEXTS if text.number not in known]
    for text in fresh:
        known[text.number] = LegalBasis.objects.create(
            number=text.number,
            title=text.title,
            issued_on=text.issued_on,
            valid_from=text.valid_from,
            valid_to=text.valid_to,
            certainty=text.certainty,
            note=text.note,
        )
    for text in fresh:
        if text.replaced_by:
            row = known[text.number]
            row.replaced_by = known[text.replaced_by]
            row.save()


def ensure_kinds() -> None:
    """Publish the first version of each shipped kind that is missing."""
    for shipped in KINDS:
        kind = InspectionKind.objects.filter(code=shipped.code).first()
        if kind is None or not kind.versions.exists():
            _publish(shipped)
        else:
            _complete(kind, shipped)


def _complete(kind: InspectionKind, shipped: ShippedKind) -> None:
    """Give a first version carried over from before kinds had versions its texts, checklists and documents."""
    first = kind.versions.order_by("number").first()
    if first is None or first.bases.exists():
        return
    first.bases.set(LegalBasis.objects.filter(number__in=shipped.bases))
    first.checklists.set(ChecklistTemplate.objects.filter(code__in=shipped.checklists))
    KindDocument.objects.bulk_create(document_of(first, DocumentOf(*row)) for row in shipped.documents)


def _publish(shipped: ShippedKind) -> None:
    # A first version counts for every earlier decision; its texts are judged on the day they came.
    bases = {row.number: row for row in LegalBasis.objects.filter(number__in=shipped.bases)}
    publish_kind(
        by=None,
        code=shipped.code,
        name=shipped.name,
        valid_from=shipped.valid_from,
        bases=[bases[number] for number in shipped.bases],
        periods=[PeriodOf(*row) for row in shipped.periods],
        documents=[DocumentOf(*row) for row in shipped.documents],
        checklists=list(ChecklistTemplate.objects.filter(code__in=shipped.checklists)),
        requires_announcement=shipped.requires_announcement,
        requires_result=shipped.requires_result,
        closing_document=shipped.closing_document,
        team_name=shipped.team_name,
        signers="\n".join(shipped.signers),
        day_mode=shipped.day_mode,
    )


def ensure_holidays() -> None:
    """Create the days off and days worked that are missing."""
    known = set(Holiday.objects.values_list("day", flat=True))
    Holiday.objects.bulk_create(
        Holiday(day=day, name=name, is_worked=is_worked, is_assumed=day.year in ASSUMED_YEARS)
        for day, is_worked, name in shipped_days()
        if day not in known
    )


def ensure_checklists() -> None:
    """Publish the first version of each shipped checklist that is missing."""
    for code in workbook.shipped():
        name, field = NAMES[code]
        template, _created = ChecklistTemplate.objects.get_or_create(
            code=code, defaults={"name": name, "field": field}
        )
        if not template.versions.exists():
            publish_version(by=None, template=template, sheet=workbook.workbook(code))
