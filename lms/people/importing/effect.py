"""What an import does to N, I1 and I2 of each agency it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.people.organisation import history
from lms.people.ports import AgencyFigures, figures_of

SHOWN = 60


def effect_of(agency_ids: Iterable[int], on: date, write: Callable[[], None]) -> list[dict[str, Any]]:
    """Write, and return the figures before and after: everything first, then the agencies most changed.

    The caller rolls back: nothing of this stays.
    """
    touched = sorted(set(agency_ids))
    asked: list[int | None] = [None, *touched]
    before = figures_of(asked, on)
    write()
    after = figures_of(asked, on)
    lines = [_line(old, new, on) for old, new in zip(before, after, strict=True)]
    total, *agencies = lines
    agencies = [line for line in agencies if line["before"] != line["after"]]
    agencies.sort(key=lambda line: -abs(line["after"]["n"] - line["before"]["n"]))
    return [total, *agencies[:SHOWN]]


def _line(old: AgencyFigures, new: AgencyFigures, on: date) -> dict[str, Any]:
    name = _("All together") if old.agency_id is None else history().name(old.agency_id, on)
    return {"name": name, "before": _counts(old), "after": _counts(new)}


def _counts(figures: AgencyFigures) -> dict[str, int]:
    return {"n": figures.n, "i1": figures.i1_num, "i2": figures.i2_num}
