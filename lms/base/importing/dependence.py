"""What rests on a row that an import wrote: foreign keys, and what rooms above say of their frozen facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from lms.base.importing.journal import Entry

CHUNK = 5_000
# Given the entries of one model and the moment of their import, yields (key, why it cannot be taken back).
FindDependents = Callable[[list[Entry], datetime], Iterable[tuple[Any, str]]]
_finders: dict[str, list[FindDependents]] = defaultdict(list)

# Logs of a row that go when the row was never to be: they are no work built on it.
_goes_along: set[str] = set()


def goes_along(label: str) -> None:
    """Let rows of a model be taken back with what they point at, instead of standing against it."""
    _goes_along.add(label)


def depends_on(label: str) -> Callable[[FindDependents], FindDependents]:
    """Register who knows what rests on rows of a model without a foreign key (`"people.Post"`)."""

    def register(find: FindDependents) -> FindDependents:
        _finders[label].append(find)
        return find

    return register


def dependents(entries: list[Entry], since: datetime) -> Iterator[tuple[str, Any, str]]:
    """Yield (model, key, sentence) for each written row on which something else rests by now."""
    by_label: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_label[entry.label].append(entry)
    made = {label: {entry.pk for entry in found if entry.kind == "made"} for label, found in by_label.items()}
    let_go = _let_go(entries)
    for label, found in by_label.items():
        for relation in _relations(apps.get_model(label)):
            if relation.related_model._meta.label in _goes_along:
                continue
            for pk in _referred(relation, made[label], made, let_go):
                words = {"what": relation.related_model._meta.verbose_name}
                yield label, pk, _("%(what)s depends on it") % words
        for find in _finders[label]:
            for pk, sentence in find(found, since):
                yield label, pk, sentence


def take_along(model: type[models.Model], keys: list[Any]) -> None:
    """Delete what goes along with these rows of a model."""
    for relation in _relations(model):
        if relation.related_model._meta.label in _goes_along:
            column = relation.field.attname
            relation.related_model._base_manager.filter(**{f"{column}__in": keys}).delete()


def _relations(model: type[models.Model]) -> list[Any]:
    """Return every foreign key and one-to-one that points at the model, named or hidden."""
    fields = model._meta.get_fields(include_hidden=True)
    return [
        one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]


def _let_go(entries: list[Entry]) -> dict[tuple[str, str], set[Any]]:
    """Return the rows that will point elsewhere again once they are as before, by model and column."""
    found: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for entry in entries:
        if entry.kind == "changed":
            for column in entry.before or {}:
                found[entry.label, column].add(entry.pk)
    return found


def _referred(
    relation: Any, keys: set[Any], made: dict[str, set[Any]], let_go: Mapping[tuple[str, str], set[Any]]
) -> Iterator[Any]:
    """Yield the keys that rows other than the import's own point at."""
    if not keys:
        return
    column, label = relation.field.attname, relation.related_model._meta.label
    own = made.get(label, set()) | let_go.get((label, column), set())
    listed = sorted(keys)
    for start in range(0, len(listed), CHUNK):
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": listed[start : start + CHUNK]})
        for pk, referred in rows.values_list("pk", column):
            if pk not in own:
                yield referred
