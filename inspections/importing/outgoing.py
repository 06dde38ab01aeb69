"""Reading the outgoing-document register of an agency: every row, or none with the row and column that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.rules.reconciling import RegisterLine, number_of
from inspections.states import SubjectKind
from lms.base.dates import today
from lms.base.importing import Column, Importer, Problem, Row, choice, day, text
from lms.base.importing.problems import problems_of

KINDS = {
    "DN": ("doanh nghiệp",),
    "HKD": ("hộ kinh doanh",),
    "CNKD": ("cá nhân kinh doanh",),
    "CQNN": ("cơ quan nhà nước",),
    "OTHER": ("khác",),
}


class OutgoingRegister(Importer):
    """The register as Phụ lục IV of NĐ 30/2020 lays it out; what concerns the inspection may be left out."""

    kind = "outgoing"
    title = gettext_lazy("Outgoing-document register")
    columns = (
        Column("number", text(60), required=True, aliases=("số, ký hiệu văn bản", "số, ký hiệu", "số ký hiệu")),
        Column("signed_on", day, required=True, aliases=("ngày tháng văn bản", "ngày ban hành", "ngày văn bản")),
        Column(
            "summary", text(500), required=True,
            aliases=("tên loại và trích yếu nội dung văn bản", "trích yếu nội dung", "trích yếu"),
        ),
        Column("completed_on", day, aliases=("ngày hoàn thành", "ngày kết thúc")),
        Column("subject_name", text(300), aliases=("tên đối tượng", "đối tượng kiểm tra"), default=""),
        Column("subject_id", text(40), aliases=("mã số thuế", "mã đối tượng"), default=""),
        Column("subject_kind", choice(KINDS), aliases=("loại đối tượng",), default=SubjectKind.OTHER),
        Column("field", text(200), aliases=("lĩnh vực",), default=""),
    )  # fmt: skip

    def read_lines(self, content: bytes, name: str, period: tuple[date, date]) -> list[RegisterLine]:
        """Return the rows; raise RegisterRefused with every wrong cell, or FileRefused."""
        rows = self.read(content, name)
        seen: dict[tuple[str, int], int] = {}
        for row in rows:
            if not row.refused:
                _check(row, seen, period)
        if any(row.refused for row in rows):
            raise RegisterRefused(problems_of(rows))
        return [_line(row) for row in rows]


class RegisterRefused(Exception):
    """Rows of the register cannot be taken; `problems` names each row and column."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = list(problems)


def _check(row: Row, seen: dict[tuple[str, int], int], period: tuple[date, date]) -> None:
    number, on = number_of(row["number"]), row["signed_on"]
    if number is None:
        row.error("number", _("is no number of a document: write it as 05/QĐ-SCT"))
        return
    if number.year and number.year != on.year:
        row.error("number", _("names another year than the day of signing"))
    if not period[0] <= on < period[1]:
        row.error("signed_on", _("lies outside the period of this register"))
    earlier = seen.setdefault((number.symbol, on.year), row.number)
    if earlier != row.number:
        row.error("number", _("stands in row %(row)d as well") % {"row": earlier})
    done = row["completed_on"]
    if done and (done < on or done > today()):
        row.error("completed_on", _("lies before the decision or in the future"))


def _line(row: Row) -> RegisterLine:
    return RegisterLine(
        row=row.number, **{column.name: row[column.name] for column in OutgoingRegister.columns}
    )
