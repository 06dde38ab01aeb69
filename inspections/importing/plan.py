"""Importing the lines of a plan's draft: one row a subject, rows with one number are one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions.plans import held_draft, line_words, note_lines, put_line
from inspections.models import InspectionKind, PlanLine, PlanVersion, Subject
from inspections.plan_states import PlanEvent, PlanState
from inspections.rules import may_plan
from lms.base.dates import local_date
from lms.base.exports import Sheet, xlsx_bytes
from lms.base.importing import Column, FileRefused, Importer, Plan, Row, importer, text
from lms.base.importing.cells import Unreadable
from lms.base.vietnamese import fold
from lms.people.importing.described import in_words
from lms.people.importing.lookups import in_chunks, persons_by_code
from lms.people.organisation import history
from lms.people.rules import may

MONTHS = 12
MOST_LINES = 9_999
USUAL = "kiem-tra-chuyen-nganh"
# What every row of one line says alike.
OF_THE_LINE = ("field", "content", "month_from", "month_to", "kind", "leader_id", "team")
EXPLAINED = (
    ("STT", "Bắt buộc. Các dòng có cùng số là một cuộc, mỗi dòng một đối tượng."),
    ("Mã số thuế hoặc số định danh", "Đối tượng đã có trong danh mục đối tượng kiểm tra."),
    ("Tên đối tượng", "Chỉ cần khi đối tượng không có mã số; ghi đúng tên trong danh mục."),
    ("Lĩnh vực; Nội dung kiểm tra", "Bắt buộc, giống nhau ở các dòng của một cuộc."),
    ("Từ tháng; Đến tháng", "Từ 1 đến 12."),
    ("Loại kiểm tra", "Mã hoặc tên; để trống là kiểm tra chuyên ngành. Danh sách ở dưới."),
    ("Mã trưởng đoàn", "Số định danh cá nhân hoặc mã cán bộ; có thể để trống."),
    ("Thành phần đoàn", "Ghi tự do, ví dụ: Phòng Thanh tra, Phòng Công nghệ."),
)


class Whole:
    """Reads a whole number between two others."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, value: str) -> int:
        plain = value.strip().removesuffix(".0")
        if not plain.isascii() or not plain.isdigit() or not self.low <= int(plain) <= self.high:
            raise Unreadable(
                _("must be a whole number from %(low)d to %(high)d") % {"low": self.low, "high": self.high}
            )
        return int(plain)


@dataclass
class Item:
    """One line as the file says it."""

    row: Row
    line: PlanLine | None
    facts: dict[str, Any]
    subjects: list[Subject]
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _("line %(number)d: %(field)s") % {
            "number": self.facts["number"],
            "field": self.facts["field"],
        }


@importer("plan_lines")
class PlanLineImporter(Importer):
    """Imports lines of a plan; key = line, and the subject within it. A file adds and corrects, and never removes."""

    title = gettext_lazy("Lines of an inspection plan")
    domain = "inspections"
    goes_into = gettext_lazy("Plan (draft)")
    not_undone = gettext_lazy("The plan is a draft: change its lines, or send a corrected file.")
    columns = (
        Column("line", Whole(1, MOST_LINES), required=True, aliases=("STT", "số thứ tự", "cuộc số")),
        Column(
            "subject_id",
            text(40),
            aliases=("mã số thuế hoặc số định danh", "mã đối tượng", "mã số thuế"),
            default="",
        ),
        Column("subject_name", text(300), aliases=("tên đối tượng", "đối tượng kiểm tra"), default=""),
        Column("field", text(200), required=True, aliases=("lĩnh vực",)),
        Column("content", text(2000), required=True, aliases=("nội dung kiểm tra", "nội dung")),
        Column("month_from", Whole(1, MONTHS), required=True, aliases=("từ tháng",)),
        Column("month_to", Whole(1, MONTHS), required=True, aliases=("đến tháng",)),
        Column("kind", text(200), aliases=("loại kiểm tra",), default=""),
        Column("leader_id", text(40), aliases=("mã trưởng đoàn",), default=""),
        Column("team", text(300), aliases=("thành phần đoàn", "đơn vị thực hiện"), default=""),
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Those who import for inspections; into which plan is asked of each."""
        return may(person, "inspections.import")

    @classmethod
    def into_choices(cls, person: Any) -> list[tuple[str, str]]:
        """The drafts this person may change."""
        rows = PlanVersion.objects.filter(state=PlanState.DRAFT).select_related("plan").order_by("-pk")
        known = history()
        return [
            (str(row.pk), f"{row.title} ({known.name(row.plan.agency_id, local_date(row.drafted_at))})")
            for row in rows
            if may_plan(person, PlanEvent.CHANGE, row)
        ]

    @classmethod
    def template(cls) -> bytes:
        """The workbook with the headers, what each column wants, and the kinds there are."""
        headers = [column.aliases[0][:1].upper() + column.aliases[0][1:] for column in cls.columns]
        kinds = [(kind.code, kind.name) for kind in InspectionKind.objects.in_use().order_by("name")]
        guide = [*EXPLAINED, ("", ""), *kinds]
        return xlsx_bytes(Sheet("Kế hoạch", headers, []), Sheet("Hướng dẫn", ["Cột", "Cách điền"], guide))

    def back_to(self) -> tuple[str, str]:
        """The plan's own page."""
        found = self._version()
        return (reverse("inspections:plan", args=[found.plan_id]), _("To the plan")) if found else ("", "")

    def _version(self) -> PlanVersion | None:
        if not self.into.isdigit():
            return None
        return PlanVersion.objects.filter(pk=self.into).select_related("plan").first()

    @property
    def version(self) -> PlanVersion:
        """The draft the file goes into; raise FileRefused where there is none."""
        found = self._version()
        if found is None or not found.is_draft:
            raise FileRefused(_("There is no draft of a plan “%(code)s”.") % {"code": self.into})
        if self.by is not None and not may_plan(self.by, PlanEvent.CHANGE, found):
            raise FileRefused(_("This plan is not yours to change."))
        return found

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the lines of the draft."""
        found = self.version
        self._known(rows, found)
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            self._check(row, groups[row["line"]])
            groups[row["line"]].append(row)
        plan = Plan()
        for number, group in groups.items():
            good = [row for row in group if not row.refused]
            if good:
                self._plan_line(number, good, plan)
        return plan

    def _known(self, rows: list[Row], version: PlanVersion) -> None:
        lines = version.lines.select_related("kind", "leader").prefetch_related("parties__subject")
        self.known_lines = {line.number: line for line in lines}
        self.kinds: dict[str, InspectionKind] = {}
        for kind in InspectionKind.objects.in_use():
            self.kinds[fold(kind.code)] = self.kinds[fold(kind.name)] = kind
        self.people = persons_by_code({row["leader_id"] for row in rows if row["leader_id"]})
        self.by_number: dict[str, Subject] = {}
        for chunk in in_chunks({row["subject_id"] for row in rows if row["subject_id"]}):
            for subject in Subject.objects.filter(identifier__in=chunk):
                self.by_number[subject.identifier] = subject
        self.by_name: dict[str, list[Subject]] = defaultdict(list)
        for chunk in in_chunks({fold(row["subject_name"]) for row in rows if not row["subject_id"]}):
            for subject in Subject.objects.kept().filter(name_folded__in=chunk):
                self.by_name[subject.name_folded].append(subject)

    def _check(self, row: Row, earlier: list[Row]) -> None:
        if row["month_to"] < row["month_from"]:
            row.error("month_to", _("lies before the first month"))
        if row["kind"] and fold(row["kind"]) not in self.kinds:
            row.error("kind", _("is no kind of inspection in use"))
        if row["leader_id"] and row["leader_id"] not in self.people:
            row.error("leader_id", _("is not known"))
        if self._subject(row) is None:
            column = "subject_id" if row["subject_id"] or not row["subject_name"] else "subject_name"
            row.error(column, self._unknown(row))
        for name in OF_THE_LINE:
            if earlier and row[name] != earlier[0][name]:
                row.error(
                    name, _("says otherwise than row %(row)d of the same line") % {"row": earlier[0].number}
                )

    def _unknown(self, row: Row) -> str:
        if not row["subject_id"] and not row["subject_name"]:
            return _("names no subject: give its number, or its name")
        if not row["subject_id"] and len(self.by_name[fold(row["subject_name"])]) > 1:
            return _("is the name of several parties: give the number")
        return _("is not in the register of inspected parties: enter or import it there first")

    def _subject(self, row: Row) -> Subject | None:
        if row["subject_id"]:
            return self.by_number.get(row["subject_id"])
        found = self.by_name[fold(row["subject_name"])]
        return found[0] if len(found) == 1 else None

    def _plan_line(self, number: int, rows: list[Row], plan: Plan) -> None:
        first, line = rows[0], self.known_lines.get(number)
        facts = {
            "number": number,
            "field": first["field"],
            "content": first["content"],
            "kind": self.kinds[fold(first["kind"] or USUAL)],
            "month_from": first["month_from"],
            "month_to": first["month_to"],
            "leader": self.people.get(first["leader_id"]),
            "team": first["team"],
        }
        named = [subject for row in rows if (subject := self._subject(row))]
        subjects = list(dict.fromkeys([*self._there(line), *named]))
        item = Item(first, line, facts, subjects)
        if line is None:
            item.new = _words(facts, subjects)
            plan.added.append(item)
            return
        old = _words({name: getattr(line, name) for name in facts}, self._there(line))
        new = _words(facts, subjects)
        item.old = {name: value for name, value in old.items() if new[name] != value}
        item.new = {name: new[name] for name in item.old}
        if item.old:
            plan.changed.append(item)
        else:
            plan.unchanged += 1

    @staticmethod
    def _there(line: PlanLine | None) -> list[Subject]:
        return [party.subject for party in line.parties.all()] if line else []

    def describe(self, item: Item) -> dict[str, Any]:
        """Return the line for the preview."""
        return {"what": str(item), "old": _labelled(item.old), "new": _labelled(item.new)}

    def write(self, plan: Plan) -> None:
        """Write the lines into the draft."""
        held = held_draft(self.version, self.by)
        for item in [*plan.added, *plan.changed]:
            line = put_line(version=held, line=item.line, subjects=item.subjects, **item.facts)
            note_lines(held, self.by, line_words(line, item.subjects))


def _labelled(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a line under the names people know them by."""
    words = in_words(PlanLine(), {name: value for name, value in facts.items() if name != "subjects"})
    return words | ({_("inspected parties"): facts["subjects"]} if facts.get("subjects") else {})


def _words(facts: dict[str, Any], subjects: Iterable[Subject]) -> dict[str, Any]:
    said = {name: value if isinstance(value, int) else str(value or "") for name, value in facts.items()}
    return {**said, "subjects": "; ".join(str(subject) for subject in subjects)}
