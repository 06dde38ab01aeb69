"""A bank as a file of one of the three formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.banks.found import Found
from courses.banks.known import BankKnown, found_of
from courses.banks.writing import Written, write_gift, write_moodle, write_workbook
from courses.models import QuestionBank
from courses.states import QuestionState
from lms.base.actions import Actor, record_event
from lms.base.exports import XLSX_TYPE


@dataclass(frozen=True)
class Layout:
    """A format a bank is written in."""

    name: str
    words: Any
    extension: str
    content_type: str
    write: Any


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("xlsx", _("Workbook (XLSX)"), "xlsx", XLSX_TYPE, write_workbook),
        Layout("moodle", _("Moodle XML"), "xml", "application/xml; charset=utf-8", write_moodle),
        Layout("gift", _("GIFT"), "gift", "text/plain; charset=utf-8", write_gift),
    )
}


def written(bank: QuestionBank, layout: Layout) -> Written:
    """Return the newest version of every question that is in use or waits for review."""
    done: Written = layout.write(_found(bank))
    return done


def _found(bank: QuestionBank) -> list[Found]:
    known = BankKnown(bank)
    rows = [row for row in known.newest if row.state != QuestionState.RETIRED]
    rows.sort(key=lambda row: (row.topic, row.pk))
    return [found_of(row, known.codes[row.pk], place) for place, row in enumerate(rows, start=1)]


@transaction.atomic
def export_bank(*, bank: QuestionBank, layout: Layout, by: Actor) -> Written:
    """Write the bank for somebody who takes its keys along; the log says who."""
    done = written(bank, layout)
    record_event(
        by=by,
        action="courses.export_bank",
        target=bank,
        new={"format": layout.name, "questions": done.count, "left_out": len(done.problems)},
    )
    return done
