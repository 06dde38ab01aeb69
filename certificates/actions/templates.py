"""Templates: the ones the product brings, new versions, publishing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from certificates import facts as plain
from certificates.actions.freezing import look_of
from certificates.documents import Paper, Signer
from certificates.models import CertificateTemplate, TemplateSigner, TemplateUse, TemplateVersion
from certificates.states import Kind, Superior
from certificates.wording import STANDARD
from lms.base.actions import Actor, record_event

LOOKS = (
    "language",
    "paper",
    "ground",
    "superior",
    "superior_words",
    "title",
    "wording",
    "title_en",
    "wording_en",
    "hidden",
)
MAY = {"Administrators": ("add", "change", "delete", "view"), "Authors": ("view",)}
TEMPLATE_MODELS = ("certificatetemplate", "templateversion", "templateuse")
EXAMPLE = Paper(
    kind=Kind.ATTENDANCE,
    superior="Ủy ban nhân dân tỉnh Đồng Tháp",
    issuer="Trung tâm Phát triển nguồn nhân lực và Chuyển đổi số khu vực Đồng Tháp Mười",
    place="Đồng Tháp",
    issued_at=datetime(2026, 11, 5, 3, tzinfo=UTC),
    issued_on=date(2026, 11, 5),
    salutation="Bà",
    name="Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như",
    birth_date=date(1988, 3, 9),
    position="Phó Trưởng phòng phụ trách Phòng Kinh tế, Hạ tầng và Đô thị",
    agency="Ủy ban nhân dân phường Mỹ Phước Tây",
    course="Kỹ năng phân tích và xử lý dữ liệu, bảng tính và trực quan hóa dữ liệu phục vụ lãnh đạo, quản lý",
    hours=Decimal(16),
    form="Từ xa",
    started_on=date(2026, 10, 20),
    completed_on=date(2026, 11, 5),
    result="Đạt (85/100 điểm)",
    signer_title="Giám đốc",
    signer_name="Tôn Thất Nguyễn Phúc Khởi Nghĩa",
    serial="MAU.2026.00000",
    register_number="00000/2026",
    address="https://songtien.example/verify/mau-khong-co-gia-tri/",
    course_code="DA02",
    valid_until=date(2029, 11, 5),
    short_code="MAUXXXXXXXXXXXX",
)
SIGNS = ("place", "authority", "body", "title", "name")


def ensure_templates() -> None:
    """Bring a published template for each kind; what is there is left as it is."""
    for kind in Kind:
        if not CertificateTemplate.objects.filter(kind=kind, is_default=True).exists():
            _bring(kind)


@transaction.atomic
def ensure_template_permissions() -> None:
    """Let administrators keep templates, and authors look at them."""
    # post_migrate may come before Django has made the permissions of a new room.
    create_permissions(apps.get_app_config("certificates"), verbosity=0)
    for name, verbs in MAY.items():
        group, _created = Group.objects.get_or_create(name=name)
        codenames = [f"{verb}_{model}" for verb in verbs for model in TEMPLATE_MODELS]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="certificates", codename__in=codenames)
        )


@transaction.atomic
def save_use(*, use: TemplateUse, by: Actor | None) -> TemplateUse:
    """Write which template a course or agency uses. Raises ValidationError where another is used on those days."""
    # Held, so that two who choose at once are asked one after the other.
    list(CertificateTemplate.objects.select_for_update().filter(kind=use.template.kind).order_by("pk"))
    use.full_clean()
    before = TemplateUse.objects.select_related("template").filter(pk=use.pk).first() if use.pk else None
    use.save()
    record_event(
        by=by,
        action="certificates.use_template",
        target=use,
        old=_choice(before) if before else {},
        new=_choice(use),
    )
    return use


@transaction.atomic
def delete_uses(*, uses: Iterable[TemplateUse], by: Actor | None) -> None:
    """Take choices of templates away; certificates keep the version they were printed with."""
    for use in uses:
        record_event(by=by, action="certificates.delete_template_use", target=use, old=_choice(use))
        use.delete()


def _choice(use: TemplateUse) -> dict[str, Any]:
    return {
        "template": use.template.code,
        "course": use.course_id,
        "agency": use.agency_id,
        "valid_from": use.valid_from,
        "valid_to": use.valid_to,
    }


def example_paper(version: TemplateVersion) -> Paper:
    """Return what an invented person with the longest plausible name would get."""
    return replace(
        EXAMPLE,
        kind=version.template.kind,
        superior={Superior.GIVEN: version.superior_words, Superior.NONE: ""}.get(
            Superior(version.superior), EXAMPLE.superior
        ),
        signers=tuple(
            Signer(
                tuple(
                    line for line in (f"{one.authority} {one.body}".strip(), one.title or "Giám đốc") if line
                ),
                one.name or EXAMPLE.signer_name,
            )
            for one in version.signers.all()
        ),
        look=look_of(version),
    )


@transaction.atomic
def publish_version(*, version: TemplateVersion, by: Actor | None) -> TemplateVersion:
    """Freeze a draft; from now on the template prints with it."""
    if _freeze(version, by):
        record_event(
            by=by,
            action="certificates.publish_template",
            target=version,
            new={"template": version.template.code, "version": version.number, "sha256": version.sha256},
        )
    return version


@transaction.atomic
def draft_version(*, template: CertificateTemplate, by: Actor | None) -> TemplateVersion:
    """Return the template's draft; where there is none, make one that begins as the newest version is."""
    CertificateTemplate.objects.select_for_update().get(pk=template.pk)
    if earlier := TemplateVersion.objects.drafts().filter(template=template).first():
        return earlier
    draft = _next_version(template)
    record_event(
        by=by,
        action="certificates.draft_template",
        target=draft,
        new={"template": template.code, "version": draft.number},
    )
    return draft


def content_of(version: TemplateVersion) -> dict[str, Any]:
    """Return everything that makes the version look as it does; its hash is frozen with each certificate."""
    return {
        "template": version.template.code,
        "kind": version.template.kind,
        "version": version.number,
        **{name: getattr(version, name) for name in LOOKS},
        "logo_sha256": hashlib.sha256(bytes(version.logo)).hexdigest() if version.logo else "",
        "signers": [{name: getattr(signer, name) for name in SIGNS} for signer in version.signers.all()],
    }


def _next_version(template: CertificateTemplate) -> TemplateVersion:
    newest = TemplateVersion.objects.filter(template=template).order_by("-number").first()
    values = _looks(newest) if newest else dict(STANDARD[Kind(template.kind)])
    number = newest.number + 1 if newest else 1
    draft = TemplateVersion.objects.create(template=template, number=number, **values)
    for signer in newest.signers.all() if newest else [TemplateSigner()]:
        TemplateSigner.objects.create(version=draft, **{name: getattr(signer, name) for name in SIGNS})
    return draft


def _freeze(version: TemplateVersion, by: Actor | None) -> int:
    published = TemplateVersion.objects.filter(pk=version.pk).publish(
        published_at=timezone.now(),
        published_by_id=by.pk if by else None,
        sha256=plain.sha256(content_of(version)),
    )
    version.refresh_from_db()
    return published


def _looks(version: TemplateVersion) -> dict[str, Any]:
    return {**{name: getattr(version, name) for name in LOOKS}, "logo": bytes(version.logo)}


@transaction.atomic
def _bring(kind: Kind) -> None:
    template, _new = CertificateTemplate.objects.get_or_create(
        code=kind.value.replace("_", "-"),
        defaults={"name": str(STANDARD[kind]["title"]).capitalize(), "kind": kind},
    )
    CertificateTemplate.objects.filter(pk=template.pk).update(is_default=True)
    if not TemplateVersion.objects.published().filter(template=template).exists():
        _freeze(_next_version(template), None)
