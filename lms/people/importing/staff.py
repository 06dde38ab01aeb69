"""Importing staff: persons, their duplicates and their posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today
from lms.base.importing import (
    Column,
    Importer,
    Plan,
    Row,
    choice,
    code,
    day,
    importer,
    last_of_each,
    text,
    yes_no,
)
from lms.people.importing.duplicates import families_of, refuse_circles, write_mergers
from lms.people.importing.lookups import AgencyCodes, in_chunks, persons_by_code
from lms.people.importing.personal_numbers import doubts
from lms.people.importing.timelines import Held, check_timelines
from lms.people.models import Person, Post
from lms.people.rules import may, scope_of

PERSON_FIELDS = ("full_name", "birth_date", "gender", "email")
POST_FIELDS = ("category", "position", "rank", "is_primary", "valid_to")


@dataclass
class StaffPlan(Plan):
    """What the file does to persons and posts; `added` and `changed` hold rows, for counting and preview."""

    new_persons: list[Person] = field(default_factory=list)
    changed_persons: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    new_posts: list[tuple[Person, Post]] = field(default_factory=list)
    changed_posts: list[tuple[Post, dict[str, Any]]] = field(default_factory=list)
    merged: list[tuple[Person, Person]] = field(default_factory=list)


@importer("staff")
class StaffImporter(Importer):
    """Imports staff; one row a post, a person's own facts the same in each of their rows."""

    title = gettext_lazy("Staff")
    columns = (
        Column(
            "person_id", code(), required=True, aliases=("số định danh", "mã cán bộ", "mã nhân viên", "CCCD")
        ),
        Column("same_as", code(), aliases=("trùng với", "trùng với mã")),
        Column("full_name", text(200), required=True, aliases=("họ và tên", "họ tên")),
        Column("birth_date", day, aliases=("ngày sinh", "ngày tháng năm sinh")),
        Column("gender", choice({"male": ("nam", "m"), "female": ("nữ", "f")}), aliases=("giới tính",)),
        Column("email", text(250), aliases=("thư điện tử", "e-mail")),
        Column(
            "category",
            choice(
                {
                    "CB": ("cán bộ",),
                    "CC": ("công chức",),
                    "VC": ("viên chức",),
                    "HD": ("hợp đồng", "HĐ", "người lao động"),
                    "KCT": ("không chuyên trách",),
                }
            ),
            aliases=("đối tượng", "loại cán bộ"),
        ),
        Column("agency_code", code(), aliases=("mã cơ quan", "mã đơn vị")),
        Column("position", text(200), aliases=("chức vụ", "vị trí việc làm"), default=""),
        Column("rank", text(100), aliases=("ngạch", "hạng"), default=""),
        Column("post_from", day, aliases=("từ ngày", "giữ vị trí từ ngày")),
        Column(
            "post_to",
            day,
            aliases=("thôi giữ vị trí từ ngày",),
            last_day_aliases=("đến hết ngày", "đến ngày"),
        ),
        Column("primary", yes_no, aliases=("vị trí chính", "chính"), default=True),
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """HR officers."""
        return may(person, "people.import")

    def plan(self, rows: list[Row]) -> StaffPlan:
        """Compare the file with the persons and posts already known."""
        known = _known_persons(rows)
        _refuse_contradictions(rows, known)
        self._agencies = AgencyCodes()
        self._check_posts(rows)
        refuse_circles(rows, known)
        plan = StaffPlan()
        persons = self._plan_persons([row for row in rows if not row.refused], known, plan)
        self._plan_posts([row for row in rows if not row.refused], persons, known, plan)
        plan.added, plan.changed, plan.unchanged = _count(rows, plan)
        return plan

    def _check_posts(self, rows: list[Row]) -> None:
        scope = scope_of(self.by, "people.import") if self.by else None
        for row in rows:
            if not _has_post(row):
                _require_post(row)
                continue
            if not row["category"]:
                row.error("category", _("is missing"))
            if not row["agency_code"] or not row["post_from"]:
                continue
            agency_id = self._agencies.bearer(row["agency_code"], row["post_from"])
            row.values["agency_id"] = agency_id
            if agency_id is None:
                row.error("agency_code", self._unknown_agency(row))
            elif scope is not None and not scope.covers(agency_id):
                row.error("agency_code", _("is not one of your agencies"))
            if row["post_to"] and row["post_to"] <= row["post_from"]:
                row.error("post_to", _("the end is not after the start"))
            if row["post_from"] > today():
                row.warning("post_from", _("lies in the future"))

    def _unknown_agency(self, row: Row) -> str:
        if not self._agencies.known(row["agency_code"]):
            return _("is not known")
        day_words = row["post_from"].strftime("%d/%m/%Y")
        return _("no agency bore this code on %(day)s, when the post began") % {"day": day_words}

    def _plan_persons(self, rows: list[Row], known: dict[str, Person], plan: StaffPlan) -> dict[str, Person]:
        persons: dict[str, Person] = {}
        facts: dict[str, dict[str, Any]] = defaultdict(dict)
        for row in rows:
            facts[row["person_id"]].update(_person_facts(row))
            for doubt in doubts(row["person_id"], row["birth_date"], row["gender"]):
                row.warning("person_id", doubt)
        for person_code, said in facts.items():
            persons[person_code] = _plan_person(person_code, said, known.get(person_code), plan)
        for row in rows:
            if row["same_as"]:
                kept = persons.get(row["same_as"]) or known[row["same_as"]]
                _plan_merge(persons[row["person_id"]], kept, plan)
        return persons

    def _plan_posts(
        self, rows: list[Row], persons: dict[str, Person], known: dict[str, Person], plan: StaffPlan
    ) -> None:
        families = families_of(persons, known, rows)
        old_posts = _posts_of(person.pk for person in families.everybody() if person.pk)
        held = _held(rows, old_posts, persons)
        check_timelines(held, families.heads, self._agencies.history)
        for item in held:
            row = item.row
            if row is None:
                _plan_closing(item, plan)
            elif not row.refused:
                _plan_post(item, row, persons[row["person_id"]], plan)

    def write(self, plan: Plan) -> None:
        """Write persons, then mergers, then ends before beginnings: one open primary post at a time."""
        if not isinstance(plan, StaffPlan):
            raise TypeError("A staff import writes a StaffPlan.")
        Person.objects.bulk_create(plan.new_persons, batch_size=1000)
        Person.objects.bulk_update(
            [person for person, _old in plan.changed_persons],
            [*PERSON_FIELDS, "name_folded", "name_key"],
            batch_size=300,
        )
        write_mergers(plan.merged)
        closing = [post for post, _old in plan.changed_posts if post.valid_to]
        opening = [post for post, _old in plan.changed_posts if not post.valid_to]
        for posts in (closing, opening):
            Post.objects.bulk_update(posts, POST_FIELDS, batch_size=300)
        for person, post in plan.new_posts:
            post.person = person
        Post.objects.bulk_create([post for _person, post in plan.new_posts], batch_size=1000)
        self._audit(plan)

    def _audit(self, plan: StaffPlan) -> None:
        self.record_corrections(
            (person, old, {name: getattr(person, name) for name in old})
            for person, old in plan.changed_persons
        )
        self.record_corrections(
            (post, old, {name: getattr(post, name) for name in old}) for post, old in plan.changed_posts
        )
        self.record_corrections(
            (person, {"merged_into": None}, {"merged_into": kept.code}) for person, kept in plan.merged
        )

    def describe(self, item: Any) -> dict[str, Any]:
        """Show a row: who, where, from when."""
        where = f"{item['agency_code'] or ''} {item['position'] or ''}".strip()
        return {"what": f"{item['full_name']} ({item['person_id']})", "new": {"": where}}


def _has_post(row: Row) -> bool:
    return bool(row["agency_code"] and row["post_from"])


def _require_post(row: Row) -> None:
    if row["same_as"] and not row["agency_code"] and not row["post_from"]:
        return
    for column in ("agency_code", "post_from", "category"):
        if not row[column]:
            row.error(column, _("is missing"))


def _known_persons(rows: list[Row]) -> dict[str, Person]:
    codes = {row["person_id"] for row in rows} | {row["same_as"] for row in rows if row["same_as"]}
    return persons_by_code(codes)


def _refuse_contradictions(rows: list[Row], known: dict[str, Person]) -> None:
    first_with: dict[tuple[str, str], Row] = {}
    for row in rows:
        for column in ("full_name", "birth_date"):
            if not row[column]:
                continue
            first = first_with.setdefault((row["person_id"], column), row)
            if _plain(first[column]) != _plain(row[column]):
                row.error(
                    column,
                    _("contradicts row %(row)d about the same person: %(value)s")
                    % {"row": first.number, "value": first.raw[column]},
                )


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _person_facts(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in PERSON_FIELDS if name in row.columns and row[name]}


def _plan_person(person_code: str, said: dict[str, Any], person: Person | None, plan: StaffPlan) -> Person:
    if person is None:
        person = Person(code=person_code, **said)
        person.set_unusable_password()
        person.derive_name_forms()
        plan.new_persons.append(person)
        return person
    old = {name: getattr(person, name) for name, value in said.items() if getattr(person, name) != value}
    if old:
        for name in old:
            setattr(person, name, said[name])
        person.derive_name_forms()
        plan.changed_persons.append((person, old))
    return person


def _plan_merge(person: Person, kept: Person, plan: StaffPlan) -> None:
    already = person.merged_into_id is not None and person.merged_into_id == (kept.merged_into_id or kept.pk)
    if not already and all(person is not planned for planned, _kept in plan.merged):
        plan.merged.append((person, kept))


def _posts_of(person_ids: Any) -> list[Post]:
    posts: list[Post] = []
    for chunk in in_chunks(set(person_ids)):
        posts.extend(Post.objects.filter(person__in=chunk).select_related("person"))
    return posts


def _held(rows: list[Row], old_posts: list[Post], persons: dict[str, Person]) -> list[Held]:
    known = {(post.person.code, post.agency_id, post.valid_from): post for post in old_posts}
    held: list[Held] = []
    for row in last_of_each(filter(_is_placed, rows), _post_key, "post_from"):
        post = known.pop(_post_key(row), None)
        item = Held(
            person_code=row["person_id"],
            agency_id=row["agency_id"],
            start=row["post_from"],
            end=row.said("post_to", post.valid_to if post else None),
            primary=row.said("primary", post.is_primary if post else True),
            row=row,
            post=post,
        )
        held.append(item)
    for post in known.values():
        item = Held(
            post.person.code, post.agency_id, post.valid_from, post.valid_to, post.is_primary, None, post
        )
        held.append(item)
    return held


def _is_placed(row: Row) -> bool:
    return _has_post(row) and row.values.get("agency_id") is not None


def _post_key(row: Row) -> tuple[str, int, date]:
    return (row["person_id"], row["agency_id"], row["post_from"])


def _plan_closing(item: Held, plan: StaffPlan) -> None:
    """A known post that a new row's post, begun on the day its agency ended, brings to its end."""
    if item.post is not None and item.post.valid_to != item.end:
        plan.changed_posts.append((item.post, {"valid_to": item.post.valid_to}))
        item.post.valid_to = item.end


def _plan_post(item: Held, row: Row, person: Person, plan: StaffPlan) -> None:
    post = item.post
    new = {
        "category": row["category"],
        "position": row.said("position", post.position if post else "") or "",
        "rank": row.said("rank", post.rank if post else "") or "",
        "is_primary": item.primary,
        "valid_to": item.end,
    }
    if post is None:
        plan.new_posts.append((person, Post(agency_id=item.agency_id, valid_from=item.start, **new)))
        row.values["effect"] = "added"
        return
    old = {name: getattr(post, name) for name in new if getattr(post, name) != new[name]}
    if old:
        for name in old:
            setattr(post, name, new[name])
        plan.changed_posts.append((post, old))
        row.values["effect"] = "changed"


def _count(rows: list[Row], plan: StaffPlan) -> tuple[list[Row], list[Row], int]:
    new = {person.code for person in plan.new_persons}
    touched = {person.code for person, _old in plan.changed_persons} | {p.code for p, _kept in plan.merged}
    added, changed, unchanged = [], [], 0
    for row in rows:
        if row.refused:
            continue
        effect = row.values.pop("effect", None)
        if effect == "added" or row["person_id"] in new:
            added.append(row)
        elif effect == "changed" or row["person_id"] in touched:
            changed.append(row)
        else:
            unchanged += 1
    return added, changed, unchanged
