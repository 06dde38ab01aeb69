"""Importing legal texts and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.importing.register import Entry, RegisterImporter
from inspections.models import Holiday, LegalBasis
from inspections.words import Certainty
from lms.base.importing import Column, Row, choice, day, importer, text, yes_no
from lms.people.importing.lookups import in_chunks


@importer("legal_bases")
class LegalBasisImporter(RegisterImporter):
    """Imports legal texts; key = number. A successor may stand later in the same file."""

    title = gettext_lazy("Legal texts")
    model = LegalBasis
    key = ("number", "number")
    fields = {
        "title": "title",
        "issued_on": "issued_on",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "certainty": "certainty",
        "note": "note",
    }
    columns = (
        Column("number", text(60), required=True, aliases=("số, ký hiệu", "số ký hiệu")),
        Column("title", text(300), required=True, aliases=("tên văn bản", "trích yếu")),
        Column("issued_on", day, aliases=("ngày ban hành",)),
        Column("valid_from", day, required=True, aliases=("có hiệu lực từ ngày", "ngày có hiệu lực")),
        Column(
            "valid_to",
            day,
            aliases=("hết hiệu lực từ ngày", "ngày hết hiệu lực"),
            last_day_aliases=("có hiệu lực đến hết ngày",),
        ),
        Column("replaced_by", text(60), aliases=("văn bản thay thế",), default=""),
        Column(
            "certainty",
            choice({"F": ("có bản công bố",), "K": ("biết chắc",), "U": ("chưa chắc",)}),
            aliases=("mức độ tin cậy",),
            default=Certainty.KNOWN,
        ),
        Column("note", text(300), aliases=("ghi chú",), default=""),
    )

    def look_at(self, rows: list[Row], known: Mapping[Any, models.Model]) -> None:
        """Collect the numbers a successor may have."""
        named = {row["replaced_by"] for row in rows if row["replaced_by"]}
        self.numbers = {row["number"] for row in rows}
        for chunk in in_chunks(named):
            self.numbers.update(LegalBasis.objects.filter(number__in=chunk).values_list("number", flat=True))

    def check_row(self, row: Row) -> None:
        """Refuse an end before the start, a successor nobody knows or without an end."""
        if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
            row.error("valid_to", _("The end must come after the start."))
        if row["issued_on"] and row["issued_on"] > row["valid_from"]:
            row.error("valid_from", _("A text is in force from its issue at the earliest."))
        successor = row["replaced_by"]
        if successor and successor not in self.numbers:
            row.error("replaced_by", _("is not known"))
        elif successor and not row["valid_to"]:
            row.error("valid_to", _("A replaced text has the day from which it is no longer valid."))

    def beside(self, row: Row, entry: models.Model) -> dict[str, tuple[Any, Any]]:
        """Return the number of the successor; a file that does not name one says nothing of it."""
        successor = entry.replaced_by if isinstance(entry, LegalBasis) else None
        known = successor.number if successor else ""
        return {"replaced_by": (known, row["replaced_by"] or known)}

    def written(self, item: Entry) -> None:
        """Say which text replaced which, now that all are there."""
        basis = item.entry
        if not isinstance(basis, LegalBasis) or not item.new.get("replaced_by"):
            return
        before = basis.replaced_by_id
        basis.replaced_by = LegalBasis.objects.get(number=item.new["replaced_by"])
        basis.save()
        self.journal.changed(basis, {"replaced_by_id": before})


@importer("holidays")
class HolidayImporter(RegisterImporter):
    """Imports days off and days worked in exchange; key = day."""

    title = gettext_lazy("Holidays")
    model = Holiday
    key = ("day", "day")
    fields = {"name": "name", "is_worked": "is_worked", "is_assumed": "is_assumed"}
    columns = (
        Column("day", day, required=True, aliases=("ngày",)),
        Column("name", text(200), required=True, aliases=("tên ngày nghỉ", "tên")),
        Column("is_worked", yes_no, aliases=("làm bù",), default=False),
        Column("is_assumed", yes_no, aliases=("tạm tính",), default=False),
    )

    def check_row(self, row: Row) -> None:
        """Warn where a row changes nothing: a weekend off, a weekday worked."""
        weekend = row["day"].weekday() >= SATURDAY
        if weekend != bool(row["is_worked"]):
            row.warning("day", _("changes nothing: the plain week already says so"))


SATURDAY = 5
