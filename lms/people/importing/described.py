"""The words of a preview: fields by their names, agencies by code and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.people.models import Person, Post
from lms.people.organisation import History, history

SHOWN_OF_NEW: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("full_name", "birth_date", "gender", "email"),
    Post: ("agency_id", "category", "position", "rank", "is_primary", "valid_from", "valid_to"),
}


@dataclass(frozen=True)
class Fact:
    """What a row of the file does to a record: the old values of what changes, nothing where it is new."""

    record: models.Model
    old: dict[str, Any] | None = None


def facts_in_words(
    facts: Iterable[Fact], known: History | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the old and the new values, by the names their columns have for people."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for fact in facts:
        names = SHOWN_OF_NEW[type(fact.record)] if fact.old is None else tuple(fact.old)
        old |= said(fact.record, fact.old or {}, known)
        new |= said(fact.record, {name: getattr(fact.record, name) for name in names}, known)
    return old, new


def changed(row: models.Model, old: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the old and the new values of what changes; both name every field, also one that becomes empty."""
    new = {name: getattr(row, name) for name in old}
    return said(row, old), said(row, new)


def said(row: models.Model, values: dict[str, Any], known: History | None = None) -> dict[str, Any]:
    """Return values under the names their columns have for people, empty ones left out."""
    names = _names_of(type(row), get_language())
    return {
        names.get(name, name): _word(name, value, known) for name, value in values.items() if _is_said(value)
    }


def in_words(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Return values like `said`, those of a closed list by their names there."""
    lists = {column.attname: dict(column.flatchoices) for column in row._meta.concrete_fields}
    return said(row, {name: lists.get(name, {}).get(value, value) for name, value in values.items()})


@lru_cache(maxsize=64)
def _names_of(model: type[models.Model], language: str | None) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in model._meta.concrete_fields:
        names[column.name] = names[column.attname] = str(column.verbose_name)
    return {**names, "agency_id": _("agency")}


def _is_said(value: Any) -> bool:
    return value is not None and value != ""


def _word(name: str, value: Any, known: History | None) -> Any:
    if name == "agency_id":
        return agency_words(value, known)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value


def agency_words(agency_id: int, known: History | None = None) -> str:
    """Return an agency's code and name of today, or its last."""
    period = (known or history()).period(agency_id, date.max)
    return f"{period.code} {period.name}" if period else str(agency_id)
