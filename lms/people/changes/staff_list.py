"""The list by which the staff of a split agency is sent to its successors."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.importing import Column, Importer, Row, code, text
from lms.base.importing import Plan as Rows
from lms.base.vietnamese import fold
from lms.people.changes.plan import Holder, Plan, said
from lms.people.models import Person
from lms.people.rules import may


class StaffList(Importer):
    """Reads who goes where; what it finds stands in `staff` (post → successor)."""

    kind = "split"
    title = gettext_lazy("Who goes where")
    columns = (
        Column(
            "person_id", code(), required=True, aliases=("số định danh", "mã cán bộ", "mã nhân viên", "CCCD")
        ),
        Column("full_name", text(200), aliases=("họ và tên", "họ tên")),
        Column("position", text(200), aliases=("chức vụ", "vị trí việc làm", "vị trí công tác"), default=""),
        Column(
            "successor_code",
            code(),
            required=True,
            aliases=("mã cơ quan mới", "mã cơ quan kế tiếp", "mã đơn vị kế thừa"),
        ),
    )

    def __init__(self, split: Plan, *, by: Any = None) -> None:
        super().__init__(by=by)
        self.split = split
        self.staff: dict[int, int] = {}
        self._rows: dict[int, int] = {}
        self._held: dict[int, list[Holder]] = defaultdict(list)
        for holder in split.holders:
            self._held[holder.kept_id].append(holder)

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Who carries out changes."""
        return may(person, "agencies.change")

    def plan(self, rows: list[Row]) -> Rows:
        """Find the post and the successor of each row; nobody twice, nobody from elsewhere."""
        successors = successor_codes(self.split)
        people = _kept([row["person_id"] for row in rows])
        for row in rows:
            successor = successors.get(row["successor_code"])
            if successor is None:
                row.error(
                    "successor_code",
                    _("is none of the successors: %(codes)s") % {"codes": ", ".join(successors)},
                )
            holder = self._holder(row, people.get(row["person_id"]))
            if holder is not None and successor is not None:
                self._place(row, holder, successor)
        return Rows(added=list(self.staff))

    def _holder(self, row: Row, kept_id: int | None) -> Holder | None:
        if kept_id is None:
            row.error("person_id", _("nobody has this number"))
            return None
        held = self._held.get(kept_id, [])
        if not held:
            agency = self.split.name(self.split.request.agencies[0])
            row.error(
                "person_id",
                _("has no post at “%(agency)s” on %(day)s") % {"agency": agency, "day": said(self.split.on)},
            )
            return None
        if len(held) > 1:
            named = fold(row["position"])
            held = [holder for holder in held if named and fold(holder.position) == named]
        if len(held) != 1:
            row.error("position", _("this person has several posts here: name the position of one"))
            return None
        return held[0]

    def _place(self, row: Row, holder: Holder, successor: int) -> None:
        if holder.post_id in self._rows:
            row.error(
                "person_id", _("is placed by row %(row)d already") % {"row": self._rows[holder.post_id]}
            )
            return
        self._rows[holder.post_id] = row.number
        self.staff[holder.post_id] = successor


def successor_codes(split: Plan) -> dict[str, int]:
    """Return the successors of a split by their codes on its day."""
    tree = split.after().on(split.on)
    return {tree.code(pk): pk for pk in split.request.successors}


def _kept(numbers: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(numbers), 10_000):  # SQLite binds at most 32,766 values a query
        rows = Person.objects.filter(code__in=numbers[start : start + 10_000])
        for number, pk, kept in rows.values_list("code", "pk", "merged_into_id"):
            found[number] = kept or pk
    return found
