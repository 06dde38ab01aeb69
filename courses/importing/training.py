"""Importing completions: training done elsewhere, or before this product."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.importing.comparing import TrainingItem, facts_in_words, facts_of, facts_said
from courses.importing.oddities import refuse_ended, warn_of_oddities
from courses.importing.people_known import PeopleKnown
from courses.importing.writing import add_completions, correct_completions
from courses.models import Completion, Course
from courses.states import CompletionSource, RevocationMode
from lms.base.importing import (
    Column,
    Importer,
    Plan,
    Row,
    choice,
    code,
    day,
    decimal,
    importer,
    instant,
    last_of_each,
    text,
    yes_no,
)
from lms.people.importing.lookups import in_chunks
from lms.people.rules import may

Key = tuple[int, str, datetime]
one_tag = choice({"DS": ("kỹ năng số", "KNS"), "DA": ("phân tích dữ liệu", "PTDL")})
MODES = {
    RevocationMode.FROM_DATE.value: ("từ ngày thu hồi", "từ ngày"),
    RevocationMode.AB_INITIO.value: ("từ đầu", "vô hiệu từ đầu"),
}


def tags(value: str) -> list[str]:
    """Read DS;DA: the indicators a completion counts for."""
    return sorted({one_tag(part) for part in value.split(";") if part.strip()}, reverse=True)


@importer("training")
class TrainingImporter(Importer):
    """Imports completions; key = person + course + completed_at."""

    title = gettext_lazy("Training results")
    columns = (
        Column(
            "person_id", code(), required=True, aliases=("số định danh", "mã cán bộ", "mã nhân viên", "CCCD")
        ),
        Column("course_code", code(), required=True, aliases=("mã khóa học", "mã khoá học", "mã lớp")),
        Column("course_name", text(255), aliases=("tên khóa học", "tên khoá học")),
        Column("tags", tags, aliases=("nhóm kỹ năng", "nhãn")),
        Column("hours", decimal, aliases=("số tiết", "tiết")),
        Column(
            "completed_at",
            instant,
            required=True,
            aliases=("ngày hoàn thành", "hoàn thành ngày", "thời điểm hoàn thành"),
        ),
        Column("passed", yes_no, aliases=("đạt", "kết quả đạt")),
        Column("verified", yes_no, aliases=("đã xác minh", "xác minh")),
        Column("verified_on", day, aliases=("ngày xác minh", "xác minh ngày")),
        Column("revoked_on", day, aliases=("ngày thu hồi", "thu hồi ngày")),
        Column("revoked_mode", choice(MODES), aliases=("hình thức thu hồi", "cách thu hồi")),
        Column("provider", text(255), aliases=("đơn vị tổ chức", "cơ sở đào tạo", "nơi đào tạo")),
        Column("certificate_no", text(100), aliases=("số chứng nhận", "số giấy chứng nhận", "số hiệu")),
        Column(
            "valid_until",
            day,
            aliases=("có giá trị đến ngày", "có giá trị đến hết ngày", "hiệu lực đến ngày"),
        ),
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """HR officers."""
        return may(person, "training.import")

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the completions already known."""
        people = PeopleKnown(rows, self.by)
        courses = {course.code: course for course in Course.objects.all()}
        known = _known_completions(people.record_ids)
        plan = Plan()
        for row in last_of_each(filter(people.admits, rows), _key_of, "completed_at"):
            key: Key = (people.of(row).pk, row["course_code"], row["completed_at"])
            item = self._item(row, people, courses.get(row["course_code"]), known.get(key))
            refuse_ended(item)
            warn_of_oddities(item, people)
            if not row.refused:
                _sort_in(item, plan)
        return plan

    @staticmethod
    def _item(
        row: Row, people: PeopleKnown, course: Course | None, completion: Completion | None
    ) -> TrainingItem:
        old = facts_of(completion) if completion else None
        new = facts_said(row, course, old, may_verify=people.may_verify(row))
        return TrainingItem(row, people.of(row), course, completion, old, new)

    def describe(self, item: TrainingItem) -> dict[str, Any]:
        """Show a new completion, or old and new of a corrected one."""
        facts = item.differences if item.old else item.new
        old = {name: item.old[name] for name in facts} if item.old else {}
        return {"what": str(item), "old": facts_in_words(old), "new": facts_in_words(facts)}

    def write(self, plan: Plan) -> None:
        """Add in bulk, correct one by one with old and new in the audit log."""
        add_completions(plan.added, by=self.by, journal=self.journal)
        correct_completions(plan.changed, by=self.by, journal=self.journal)
        self.record_corrections(
            (item.completion, {name: item.old[name] for name in item.differences}, item.differences)
            for item in plan.changed
            if item.completion is not None and item.old is not None
        )


def _known_completions(record_ids: set[int]) -> dict[Key, Completion]:
    found: dict[Key, Completion] = {}
    for chunk in in_chunks(record_ids):
        for completion in Completion.objects.filter(person__in=chunk).select_related("revocation"):
            found[completion.person_id, completion.course_code, completion.completed_at] = completion
    return found


def _key_of(row: Row) -> tuple[str, str, datetime]:
    return (row["person_id"], row["course_code"], row["completed_at"])


def _sort_in(item: TrainingItem, plan: Plan) -> None:
    if item.completion is None:
        plan.added.append(item)
    elif not item.differences:
        plan.unchanged += 1
    elif item.completion.source != CompletionSource.IMPORT:
        item.row.warning("completed_at", _("was earned in this system and stays as recorded"))
        plan.unchanged += 1
    else:
        plan.changed.append(item)
