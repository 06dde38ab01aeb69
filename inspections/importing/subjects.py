"""Importing the register of those who may be inspected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from inspections.actions.subjects import note_former_name, why_not_renamed
from inspections.importing.columns import SUBJECT_ID, SUBJECT_KINDS, SUBJECT_NAME
from inspections.importing.register import Entry, RegisterImporter
from inspections.models import Subject
from inspections.states import SubjectKind
from lms.base.dates import today
from lms.base.importing import Column, Row, choice, day, importer, text


@importer("subjects")
class SubjectImporter(RegisterImporter):
    """Imports inspected parties; key = subject_id, the same that import_inspections names."""

    title = gettext_lazy("Inspected parties")
    domain = "inspections"
    permission = "inspections.import"
    model = Subject
    key = ("subject_id", "identifier")
    fields = {
        "subject_name": "name",
        "subject_kind": "kind",
        "address": "address",
        "representative": "representative",
        "ended_on": "ended_on",
    }
    columns = (
        Column(
            "subject_id",
            text(40),
            required=True,
            aliases=SUBJECT_ID,
        ),
        Column("subject_name", text(300), required=True, aliases=SUBJECT_NAME),
        Column(
            "subject_kind",
            choice(SUBJECT_KINDS),
            required=True,
            aliases=("loại đối tượng",),
            default=SubjectKind.OTHER,
        ),
        Column("address", text(300), aliases=("địa chỉ",), default=""),
        Column("representative", text(200), aliases=("người đại diện",), default=""),
        Column("ended_on", day, aliases=("ngày chấm dứt hoạt động",)),
        Column("named_from", day, aliases=("tên gọi từ ngày",)),
    )

    def look_at(self, rows: list[Row], known: Mapping[Any, models.Model]) -> None:
        """Remember how the subjects are called, to see who is given another name."""
        self.known = known

    def check_row(self, row: Row) -> None:
        """Refuse a name from a day on which it cannot begin."""
        subject, day = self.known.get(row["subject_id"]), row["named_from"]
        if isinstance(subject, Subject) and not _renamed(row, subject):
            return
        known = subject if isinstance(subject, Subject) else Subject()
        if why := why_not_renamed(known, day or today()):
            row.error("named_from", why)

    def written(self, item: Entry) -> None:
        """Keep the former name with its days where the file gives the subject another."""
        subject = item.entry
        if isinstance(subject, Subject) and {"name", "address"} & set(item.old):
            since = subject.named_from
            former = note_former_name(
                subject=subject,
                name=item.old.get("name", subject.name),
                address=item.old.get("address", subject.address),
                until=item.row["named_from"] or today(),
            )
            self.journal.changed(subject, {"named_from": since})
            self.journal.made([former], ("subject_id", "name", "address", "valid_from", "valid_to"))
        elif isinstance(subject, Subject) and not item.old and item.row["named_from"]:
            subject.named_from = item.row["named_from"]
            subject.save(update_fields=["named_from"])


def _renamed(row: Row, subject: Subject) -> bool:
    return (row["subject_name"], row.said("address", subject.address)) != (subject.name, subject.address)
