"""One case as a bundle: documents, evidence, their hashes, its log, its audit events with their places."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.steps import working_calendar
from inspections.models import Finding, InspectedSubject, Inspection
from inspections.paper_states import FIXED
from inspections.rules import explain
from inspections.rules.signed import latest_file
from lms.base.actions import record_event
from lms.base.bundle import Part, packed
from lms.base.bundle.packing import json_part
from lms.base.bundle.places import audit_parts
from lms.people.models import Person

# The reader unpacks no more than 256 MB.
LARGEST = 240 * 1024 * 1024
# Columns that only serve searching.
LEFT_OUT = frozenset({"search_text"})
# What hangs on a case, by the name under which a record knows it. The keys to the party's portal do not go along.
Below: TypeAlias = "dict[str, Below]"
CASE: Below = {
    "decision": {},
    "announcement": {},
    "work_plan": {},
    "result": {},
    "team": {},
    "former_members": {},
    "suspensions": {},
    "entries": {},
    "overrides": {},
    "documents": {"signatures": {}},
    "subjects": {
        "records": {"conflicts": {}},
        "evidence": {},
        "received": {},
        "statements": {},
        "requests": {"items": {}},
        "minutes": {"drawn_signatures": {}, "shown": {}},
        "findings": {"remedies": {"entries": {}, "evidence": {}, "reminders": {}}},
    },
}


@dataclass(frozen=True)
class Kept:
    """One stored file under its name in the bundle, with the hash it was received or made with."""

    name: str
    content: bytes
    sha256: str


@transaction.atomic
def export_case(*, by: Person, inspection: Inspection) -> bytes:
    """Return the bundle and note who took it. Raises ValidationError where a file is missing or was changed."""
    content = case_bundle(inspection)
    new = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    record_event(by=by, action="inspections.export_bundle", target=inspection, new=new)
    return content


def case_bundle(case: Inspection) -> bytes:
    """Return the bundle of a case as it stands."""
    files = list(_sound(_files(case)))
    rows = list(_rows(case))
    parts = [
        json_part("case.json", "record", _plain(_record(case))),
        json_part("hashes.json", "hashes", {kept.name: kept.sha256 for kept in files}),
        *(Part(kept.name, "file", kept.content) for kept in files),
        *audit_parts((row._meta.label, str(row.pk)) for row in rows),
    ]
    return packed(kind="inspection", subject=case.code, parts=parts, at=timezone.now(), expected={})


def _sound(files: Iterable[Kept]) -> Iterator[Kept]:
    """Refuse a file that is no longer what was received: a bundle must not make it look whole."""
    size = 0
    for kept in files:
        if hashlib.sha256(kept.content).hexdigest() != kept.sha256:
            raise ValidationError(
                _("%(name)s no longer has the hash it was stored with: tell an administrator.")
                % {"name": kept.name}
            )
        size += len(kept.content)
        if size > LARGEST:
            raise ValidationError(_("The files of this case are larger than one bundle holds (240 MB)."))
        yield kept


def _files(case: Inspection) -> Iterator[Kept]:
    for subject in case.subjects.all():
        minutes = getattr(subject, "minutes", None)
        if minutes is not None and minutes.is_locked:
            yield _kept(f"minutes/{minutes.pk}.pdf", minutes.pdf, minutes.sha256)
            for drawn in minutes.drawn_signatures.exclude(svg=""):
                yield Kept(f"signatures/{drawn.pk}.svg", drawn.svg.encode(), drawn.sha256)
        for evidence in subject.evidence.all():
            yield _kept(
                f"evidence/{evidence.pk}-{_plain_name(evidence.name)}", evidence.file, evidence.sha256
            )
        for row in subject.received.exclude(file=""):
            yield _kept(f"received/{row.number:03d}-{_plain_name(row.name)}", row.file, row.sha256)
        yield from _sheets(subject)
        for finding in subject.findings.all():
            yield from _put_right(finding)
    for document in case.documents.filter(state__in=FIXED).prefetch_related("signatures"):
        # With the signatures taken so far: the file begins with every byte of the one that was numbered.
        yield _kept(f"documents/{document.pk}-{document.type}.pdf", *latest_file(document))
    for entry in case.entries.exclude(paper_file=""):
        yield _kept(f"papers/{entry.pk}-{entry.paper_type}.pdf", entry.paper_file, entry.paper_sha256)
    for override in case.overrides.all():
        name = _plain_name(override.evidence_name)
        yield _kept(f"overrides/{override.pk}-{name}", override.evidence, override.evidence_sha256)


def _sheets(subject: InspectedSubject) -> Iterator[Kept]:
    """Yield the sheets as they were sent; of two under one UUID both."""
    for sheet in subject.records.all():
        yield _sheet(f"sheets/{sheet.uuid}.xml", sheet.instance)
        for other in sheet.conflicts.all():
            yield _sheet(f"sheets/{sheet.uuid}-{other.pk}.xml", other.instance)


def _sheet(name: str, instance: str) -> Kept:
    content = instance.encode()
    return Kept(name, content, hashlib.sha256(content).hexdigest())


def _put_right(finding: Finding) -> Iterator[Kept]:
    """Yield what was handed in to show that a finding is put right; statements stand in the record."""
    for remedy in finding.remedies.all():
        for row in remedy.evidence.exclude(file=""):
            yield _kept(f"remedies/{row.pk}-{_plain_name(row.name)}", row.file, row.sha256)


def _plain_name(name: str) -> str:
    return re.sub(r"[^\w.\-]", "_", name)[-100:]


def _kept(name: str, file: Any, sha256: str) -> Kept:
    try:
        with file.open("rb") as stored:
            return Kept(name, stored.read(), sha256)
    except FileNotFoundError:
        raise ValidationError(
            _("%(name)s is missing in the store: tell an administrator.") % {"name": name}
        ) from None


def _rows(row: models.Model, below: Below = CASE) -> Iterator[models.Model]:
    """Yield every record of the case: each may have audit events of its own."""
    yield row
    for name, further in below.items():
        for child in _children(row, name):
            yield from _rows(child, further)


def _children(row: models.Model, name: str) -> list[models.Model]:
    try:
        found = getattr(row, name)
    except ObjectDoesNotExist:
        return []
    return [found] if isinstance(found, models.Model) else list(found.all())


def _record(case: Inspection) -> dict[str, Any]:
    """Return what the system knows of the case, table by table, and why each step is D, P or N."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(case):
        tables.setdefault(row._meta.model_name or "", []).append(_values(row))
    calendar = working_calendar()
    verdicts = [
        {
            "subject": str(subject),
            "steps": [
                {
                    "step": f"S{line.step.value}",
                    "mark": str(line.letter),
                    "record": line.fact.source,
                    "happened_on": line.fact.happened_on,
                    "recorded_on": line.fact.recorded_on,
                    "in_time_until": line.last_day,
                    "because": line.why,
                }
                for line in explain(subject, calendar)
            ],
        }
        for subject in case.subjects.all()
    ]
    return {"code": case.code, "lead": str(case.lead), "tables": tables, "verdict": verdicts}


def _values(row: models.Model) -> dict[str, Any]:
    """Return the row's columns; a file is its name, somebody or something referred to its number and its words."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        value = getattr(row, field.attname)
        if field.is_relation and value is not None and isinstance(getattr(row, field.name), Person):
            found[field.name] = {"id": value, "name": getattr(row, field.name).full_name}
        else:
            found[field.attname] = value.name if isinstance(field, models.FileField) else value
    return found


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
