"""Writing the rows of a change with a journal, and writing them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models

from lms.base.vietnamese import fold
from lms.people.changes.plan import Holder, Plan, holding
from lms.people.changes.request import Founding
from lms.people.models import Agency, AgencyPeriod, Grant, Post, Succession

Values = dict[str, Any]
MODELS: dict[str, type[models.Model]] = {
    "agency": Agency,
    "period": AgencyPeriod,
    "succession": Succession,
    "post": Post,
}
# A new post repeats what the old one says of its holder.
KEPT_OF_POST = ("person_id", "category", "position", "rank", "is_primary")


@dataclass
class Journal:
    """Every row made or changed, with its values before (None: there was no row) and after."""

    rows: list[Values] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def made(self, kind: str, row: models.Model, names: Iterable[str]) -> None:
        """Note a new row."""
        new = {name: plain(getattr(row, name)) for name in names}
        self.rows.append({"kind": kind, "pk": row.pk, "old": None, "new": new})

    def change(self, kind: str, row: models.Model, values: Mapping[str, Any]) -> None:
        """Write new values to a row and note both."""
        old = {name: plain(getattr(row, name)) for name in values}
        MODELS[kind]._default_manager.filter(pk=row.pk).update(**values)
        self.rows.append(
            {
                "kind": kind,
                "pk": row.pk,
                "old": old,
                "new": {name: plain(value) for name, value in values.items()},
            }
        )

    def change_all(self, kind: str, rows: list[Any], values: Mapping[str, Any]) -> None:
        """Write the same values to many rows, thousands at a time, and note each."""
        new = {name: plain(value) for name, value in values.items()}
        for row in rows:
            old = {name: plain(getattr(row, name)) for name in values}
            self.rows.append({"kind": kind, "pk": row.pk, "old": old, "new": dict(new)})
        pks = [row.pk for row in rows]
        for start in range(0, len(pks), 10_000):  # SQLite binds at most 32,766 values a query
            MODELS[kind]._default_manager.filter(pk__in=pks[start : start + 10_000]).update(**values)

    def real(self, agency_id: int) -> int:
        """Return the row's number of an agency, of one founded by the change too."""
        return self.numbers.get(agency_id, agency_id)

    def above(self, agency_id: int | None) -> int | None:
        """Return the row's number of an agency above; nobody for nobody."""
        return None if agency_id is None else self.real(agency_id)

    def as_json(self) -> Values:
        """Return it for storing; the marks tell later which posts and roles came after."""
        return {
            "rows": self.rows,
            "numbers": {str(number): pk for number, pk in self.numbers.items()},
            "marks": {"post": _last(Post), "grant": _last(Grant)},
        }


def plain(value: Any) -> Any:
    """Return the value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _last(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def write_rows(plan: Plan) -> Journal:
    """Write what the plan says; the caller's transaction must be open."""
    journal = Journal()
    for number, founding in enumerate(plan.request.founded, start=1):
        journal.numbers[-number] = _found(journal, plan.on, founding)
    for agency_id in plan.ended:
        _end(journal, plan, agency_id)
    _cut(journal, plan)
    _succeed(journal, plan)
    _move_posts(journal, plan)
    return journal


def _found(journal: Journal, on: date, founding: Founding) -> int:
    agency = Agency(level=founding.level, kind=founding.kind, valid_from=on)
    Agency.objects.bulk_create([agency])  # no signal: the tree is read again once, at the end
    journal.made("agency", agency, ("level", "kind", "valid_from", "valid_to"))
    _add_period(
        journal,
        AgencyPeriod(
            agency_id=agency.pk,
            code=founding.code,
            name=founding.name,
            parent_id=journal.above(founding.parent_id),
            place_name=founding.place_name,
            valid_from=on,
        ),
    )
    return agency.pk


def _add_period(journal: Journal, period: AgencyPeriod) -> None:
    period.name_folded = fold(period.name)
    AgencyPeriod.objects.bulk_create([period])
    names = ("agency_id", "code", "name", "parent_id", "place_name", "valid_from", "valid_to")
    journal.made("period", period, names)


def _end(journal: Journal, plan: Plan, agency_id: int) -> None:
    agency = Agency.objects.get(pk=agency_id)
    journal.change("agency", agency, {"valid_to": plan.on})
    for period in agency.periods.filter(valid_to=None):
        journal.change("period", period, {"valid_to": plan.on})


def _cut(journal: Journal, plan: Plan) -> None:
    for cut in plan.cuts:
        values = {
            "code": cut.code,
            "name": cut.name,
            "name_folded": fold(cut.name),
            "parent_id": journal.above(cut.parent_id),
            "place_name": cut.place_name,
        }
        held = holding(plan.before.periods[cut.agency_id], plan.on)
        row = AgencyPeriod.objects.get(agency=cut.agency_id, valid_from=held.valid_from if held else plan.on)
        if row.valid_from == plan.on:
            journal.change("period", row, values)
            continue
        end = row.valid_to
        journal.change("period", row, {"valid_to": plan.on})
        _add_period(
            journal, AgencyPeriod(agency_id=cut.agency_id, valid_from=plan.on, valid_to=end, **values)
        )


def _succeed(journal: Journal, plan: Plan) -> None:
    for item in plan.inheritances:
        row = Succession(
            predecessor_id=item.predecessor,
            successor_id=journal.real(item.successor),
            on=plan.on,
            kind=item.kind,
            rank=item.rank,
            decree=plan.request.decree,
        )
        Succession.objects.bulk_create([row])
        journal.made("succession", row, ("predecessor_id", "successor_id", "on", "kind", "rank", "decree"))


def _move_posts(journal: Journal, plan: Plan) -> None:
    """Split: each post goes on at its successor; abolition: it ends. After a merger posts go on by themselves."""
    concerned = {*plan.placements, *plan.posts_ended}
    rows: dict[int, Post] = {}
    numbers = _numbers(plan.holders, concerned)
    for start in range(0, len(numbers), 10_000):
        rows |= Post.objects.in_bulk(numbers[start : start + 10_000])
    fresh: list[Post] = []
    ending: list[Post] = []
    going: dict[int, list[Post]] = {}
    for post_id in concerned:
        post, successor = rows[post_id], journal.above(plan.placements.get(post_id))
        if successor is not None and post.valid_from >= plan.on:
            going.setdefault(successor, []).append(post)
            continue
        if successor is not None:
            kept = {name: getattr(post, name) for name in KEPT_OF_POST}
            fresh.append(Post(agency_id=successor, valid_from=plan.on, valid_to=post.valid_to, **kept))
        ending.append(post)
    journal.change_all("post", ending, {"valid_to": plan.on})
    for successor, posts in going.items():
        journal.change_all("post", posts, {"agency_id": successor})
    Post.objects.bulk_create(fresh, batch_size=500)
    for post in fresh:
        journal.made("post", post, (*KEPT_OF_POST, "agency_id", "valid_from", "valid_to"))


def _numbers(holders: Iterable[Holder], concerned: set[int]) -> list[int]:
    return [holder.post_id for holder in holders if holder.post_id in concerned]


def restore_rows(rows: list[Values]) -> None:
    """Take back what a journal says, last row first: made rows go, changed rows get their old values."""
    for (kind, _old), same in groupby(reversed(rows), key=lambda row: (row["kind"], row["old"])):
        alike = list(same)
        pks, old = [row["pk"] for row in alike], alike[0]["old"]
        for start in range(0, len(pks), 10_000):  # SQLite binds at most 32,766 values a query
            found = MODELS[kind]._default_manager.filter(pk__in=pks[start : start + 10_000])
            if old is None:
                found.delete()
            else:
                found.update(**old)


def drifted(rows: list[Values]) -> list[Values]:
    """Return the rows that no longer are as the change left them."""
    final: dict[tuple[str, int], Values] = {}
    for row in rows:
        final.setdefault((row["kind"], row["pk"]), {}).update(row["new"])
    return [
        {"kind": kind, "pk": pk}
        for kind, pks in _by_kind(final).items()
        for pk, row in _in_chunks(kind, pks)
        if row is None or any(plain(getattr(row, name)) != value for name, value in final[kind, pk].items())
    ]


def _by_kind(rows: Mapping[tuple[str, int], Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for kind, pk in rows:
        found.setdefault(kind, []).append(pk)
    return found


def _in_chunks(kind: str, pks: list[int]) -> Iterable[tuple[int, models.Model | None]]:
    for start in range(0, len(pks), 10_000):  # SQLite binds at most 32,766 values a query
        chunk = pks[start : start + 10_000]
        rows = MODELS[kind]._default_manager.in_bulk(chunk)
        yield from ((pk, rows.get(pk)) for pk in chunk)
