"""What a staff file's rows must say, each for itself and against each other."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.base.importing import Row
from lms.people.importing.lookups import AgencyCodes
from lms.people.rules import Scope


def check_posts(rows: list[Row], agencies: AgencyCodes, scope: Scope | None) -> None:
    """Refuse what is no whole post of an agency within the scope, on days that follow one another."""
    now = today()
    for row in rows:
        if not has_post(row):
            _require_post(row)
            continue
        if not row["category"]:
            row.error("category", _("is missing"))
        if not row["agency_code"] or not row["post_from"]:
            continue
        agency_id = agencies.bearer(row["agency_code"], row["post_from"])
        row.values["agency_id"] = agency_id
        if agency_id is None:
            row.error("agency_code", _unknown_agency(row, agencies))
        elif scope is not None and not scope.covers(agency_id):
            row.error("agency_code", _("is not one of your agencies"))
        if row["post_to"] and row["post_to"] <= row["post_from"]:
            row.error("post_to", _("the end is not after the start"))
        if row["post_from"] > now:
            row.warning("post_from", _("lies in the future"))


def _unknown_agency(row: Row, agencies: AgencyCodes) -> str:
    if not agencies.known(row["agency_code"]):
        return _("is not known")
    day_words = row["post_from"].strftime("%d/%m/%Y")
    return _("no agency bore this code on %(day)s, when the post began") % {"day": day_words}


def has_post(row: Row) -> bool:
    """Tell whether the row places its person somewhere."""
    return bool(row["agency_code"] and row["post_from"])


def _require_post(row: Row) -> None:
    if row["same_as"] and not row["agency_code"] and not row["post_from"]:
        return
    for column in ("agency_code", "post_from", "category"):
        if not row[column]:
            row.error(column, _("is missing"))


def refuse_contradictions(rows: list[Row]) -> None:
    """Refuse rows that give one person two names or birth dates."""
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
