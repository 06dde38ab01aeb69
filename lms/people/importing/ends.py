"""What a row of an agencies file says of an agency's end, and what a file cannot say.

A file made before an agency ended has nothing in `valid_to`, and so has one whose officer did not know: a blank
cell says nothing of the end. Whoever means that the agency goes on after all writes a dash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.base.importing import Row, day
from lms.people.models import OrganisationChange

GOES_ON = "-"
DASHES = {"-", "–", "—"}


def end_or_dash(value: str) -> date | str:
    """Read the first day no longer valid, or a dash: there is none."""
    return GOES_ON if value.strip() in DASHES else day(value)


@dataclass(frozen=True)
class KnownEnd:
    """The end that a known period of an agency has: by which decree, and whether another period follows."""

    on: date
    decree: str = ""
    is_last: bool = True


@dataclass(frozen=True)
class End:
    """The end that counts; `kept` where the row has not settled it."""

    on: date | None
    kept: bool = False


NO_END = End(None)


def decrees_of_ends() -> dict[tuple[int, date], str]:
    """Return which decree carried out here changed which agency on which day."""
    applied = OrganisationChange.objects.filter(state=OrganisationChange.State.APPLIED).order_by("pk")
    return {(pk, on): decree for pk, on, decree in applied.values_list("agencies", "on", "decree") if pk}


def end_of(row: Row, known: KnownEnd | None) -> End:
    """Return the end by the row and by what is known; warn where the known one stays against the row."""
    said = row.said("valid_to", None)
    if known is None:
        return End(None if said == GOES_ON else said)
    if said is None:
        if "valid_to" in row.columns:
            row.warning("valid_to", _blank(known))
        return End(known.on, kept=True)
    if said == known.on:
        return End(known.on)
    if not known.is_last:
        row.warning(
            "valid_to",
            _("from %(day)s on it has another name, code or parent by “%(decree)s”: this end stays")
            % _words(known),
        )
        return End(known.on, kept=True)
    if known.decree and said == GOES_ON:
        row.warning("valid_to", _blank(known))
        return End(known.on, kept=True)
    if known.decree:
        row.warning(
            "valid_to",
            _("“%(decree)s” ended it on %(day)s; after this correction that change can no longer be undone")
            % _words(known),
        )
    return End(None if said == GOES_ON else said)


def keeps_successors(row: Row, end: End, known: KnownEnd | None) -> bool:
    """Tell whether the known successors stay: the row names none, and has not settled the end, or a decree has.

    Ask only where there are some.
    """
    if known is None or end.on != known.on or row["successor_code"]:
        return False
    if known.decree and not end.kept:
        row.warning(
            "successor_code", _("the file names no successor: those of “%(decree)s” stay") % _words(known)
        )
    return end.kept or bool(known.decree)


def _blank(known: KnownEnd) -> str:
    if known.decree:
        return _("the end on %(day)s by “%(decree)s” stays: only undoing that change takes it away") % _words(
            known
        )
    return _(
        "the file gives no end: the known one on %(day)s stays; a dash (-) says that it goes on"
    ) % _words(known)


def _words(known: KnownEnd) -> dict[str, str]:
    return {"day": known.on.strftime("%d/%m/%Y"), "decree": known.decree or "–"}
