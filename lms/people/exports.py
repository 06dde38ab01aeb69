"""A person's own data as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.exports import Sheet, xlsx_bytes
from lms.people.models import AccessEvent, CorrectionRequest, Person
from lms.people.personal_data import IDENTITY, TRACE
from lms.people.ports import Link, Section, sections_of
from lms.people.records import same_person


def own_sections(person: Person) -> list[Section]:
    """Return everything held about the person, in parts: their account, what the rooms know, readers, corrections."""
    return [_account(person), *sections_of(person), _corrections(person), _readers(person)]


def _account(person: Person) -> Section:
    rows = [
        (record.code, record.full_name, record.birth_date, record.get_gender_display(), record.email, record.last_login)
        for record in [person, *Person.objects.filter(merged_into=person).order_by("pk")]
    ]  # fmt: skip
    headers = [
        _("Personal number"), _("Full name"), _("Date of birth"), _("Gender"), _("E-mail"), _("Last sign-in"),
    ]  # fmt: skip
    return Section("account", _("Personal record"), headers, rows, kind=IDENTITY)


def _corrections(person: Person) -> Section:
    rows = [
        (
            row.asked_at,
            row.get_field_display(),
            row.old_value,
            row.new_value,
            row.get_state_display(),
            row.answer,
        )
        for row in CorrectionRequest.objects.filter(same_person(person)).order_by("-pk")
    ]
    headers = [
        _("Asked"), _("What is wrong"), _("As it stands"), _("As it should be"), _("State"), _("Answer"),
    ]  # fmt: skip
    return Section("corrections", _("Corrections asked for"), headers, rows, kind=IDENTITY)


def _readers(person: Person) -> Section:
    rows = [
        (row.at, row.reader_name, row.reader_roles, row.reader_agency, row.get_page_display())
        for row in AccessEvent.objects.filter(same_person(person)).order_by("-at", "-pk")
    ]
    headers = [_("When"), _("Who"), _("Roles"), _("Agency"), _("Where")]
    return Section("readers", _("Who looked at it"), headers, rows, kind=TRACE)


def own_workbook(person: Person) -> bytes:
    """Return the person's data as a workbook, a sheet a part."""
    return xlsx_bytes(*[_sheet(section) for section in own_sections(person)])


def _sheet(section: Section) -> Sheet:
    if section.sentences:
        return Sheet(section.title, [section.title], [[sentence] for sentence in section.sentences])
    rows = [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in section.rows]
    return Sheet(section.title, section.headers, rows)


def own_json(person: Person) -> bytes:
    """Return the person's data as JSON that another program can read (portability)."""
    parts = {section.code: _part(section) for section in own_sections(person)}
    content = {"made_at": timezone.now().isoformat(), "site": settings.SITE_URL, "data": parts}
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _part(section: Section) -> dict[str, Any]:
    if section.sentences:
        return {"title": section.title, "sentences": list(section.sentences)}
    return {
        "title": section.title,
        "rows": [_named(section.headers, row) for row in section.rows],
    }


def _named(headers: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return {header: _plain(cell) for header, cell in zip(headers, row, strict=True)}


def _plain(cell: Any) -> Any:
    if isinstance(cell, Link):
        return f"{settings.SITE_URL.rstrip('/')}{cell.url}"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return str(cell)
    return cell if isinstance(cell, str | int | float | bool) or cell is None else str(cell)
