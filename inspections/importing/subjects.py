"""Importing the register of those who may be inspected."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from inspections.actions.subjects import note_former_name
from inspections.importing.columns import SUBJECT_ID, SUBJECT_KINDS, SUBJECT_NAME
from inspections.importing.register import Entry, RegisterImporter
from inspections.models import Subject
from inspections.states import SubjectKind
from lms.base.dates import today
from lms.base.importing import Column, choice, day, importer, text


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

    def written(self, item: Entry) -> None:
        """Keep the former name with its days where the file gives the subject another."""
        subject = item.entry
        if isinstance(subject, Subject) and {"name", "address"} & set(item.old):
            note_former_name(
                subject=subject,
                name=item.old.get("name", subject.name),
                address=item.old.get("address", subject.address),
                until=item.row["named_from"] or today(),
            )
