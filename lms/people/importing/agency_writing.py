"""Writing agencies, their periods and successions, and telling the journal."""

from __future__ import annotations

from lms.base.importing.journal import Journal, attributes_of, values_of
from lms.base.vietnamese import fold
from lms.people.importing.agency_entries import AgencyEntry, Correction, Key, known_entries
from lms.people.models import Agency, AgencyPeriod, Succession

AGENCY_FIELDS = ("level", "kind", "valid_from", "valid_to")
PERIOD_FIELDS = (
    "agency_id",
    "code",
    "name",
    "name_folded",
    "parent_id",
    "place_name",
    "valid_from",
    "valid_to",
)


def write_agencies(added: list[AgencyEntry], changed: list[Correction], journal: Journal) -> None:
    """Write agencies, then periods (parents exist by now), then successions."""
    ids = {entry.key: entry.period.agency_id for entry in known_entries().values() if entry.period}
    ids |= _add_agencies(added, journal)
    periods = [_period(entry, ids) for entry in added]
    AgencyPeriod.objects.bulk_create(periods, batch_size=500)
    journal.made(periods, PERIOD_FIELDS)
    for correction in changed:
        _correct(correction, ids, journal)
    moved = [correction.new for correction in changed if correction.moves_successors]
    _write_successions(added + moved, ids, journal)


def _add_agencies(entries: list[AgencyEntry], journal: Journal) -> dict[Key, int]:
    agencies = [
        Agency(level=entry.level, kind=entry.kind, valid_from=entry.valid_from, valid_to=entry.valid_to)
        for entry in entries
    ]
    Agency.objects.bulk_create(agencies, batch_size=500)
    journal.made(agencies, AGENCY_FIELDS)
    return {entry.key: agency.pk for entry, agency in zip(entries, agencies, strict=True)}


def _period(entry: AgencyEntry, ids: dict[Key, int]) -> AgencyPeriod:
    return AgencyPeriod(
        agency_id=ids[entry.key],
        code=entry.code,
        name=entry.name,
        name_folded=fold(entry.name),
        parent_id=ids[entry.parent] if entry.parent else None,
        place_name=entry.place_name,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _correct(correction: Correction, ids: dict[Key, int], journal: Journal) -> None:
    entry, period = correction.new, correction.new.period
    if period is None:
        return
    agency = period.agency
    before = values_of(period, PERIOD_FIELDS), values_of(agency, AGENCY_FIELDS)
    period.name, period.name_folded = entry.name, fold(entry.name)
    period.place_name, period.valid_to = entry.place_name, entry.valid_to
    period.parent_id = ids[entry.parent] if entry.parent else None
    period.save()
    agency.level, agency.kind = entry.level, entry.kind
    last = agency.periods.order_by("valid_from").last()
    if last is not None and last.pk == period.pk:
        agency.valid_to = entry.valid_to
    agency.save()
    for row, old in zip((period, agency), before, strict=True):
        journal.changed(row, {name: value for name, value in old.items() if getattr(row, name) != value})


def _write_successions(entries: list[AgencyEntry], ids: dict[Key, int], journal: Journal) -> None:
    wanted = [
        Succession(
            predecessor_id=ids[entry.key],
            successor_id=ids[key],
            on=entry.valid_to,
            rank=rank,
        )
        for entry in entries
        if entry.valid_to
        for rank, key in enumerate(entry.successors)
    ]
    old = Succession.objects.filter(predecessor__in=[ids[entry.key] for entry in entries])
    journal.deleted(old)
    old.delete()
    forebears: dict[int, int] = {}
    for successor_id in [
        *Succession.objects.values_list("successor_id", flat=True),
        *(succession.successor_id for succession in wanted),
    ]:
        forebears[successor_id] = forebears.get(successor_id, 0) + 1
    by_ids = {ids[entry.key]: entry for entry in entries}
    keys = {pk: key for key, pk in reversed(ids.items())}  # of several, that of the founding
    for succession in wanted:
        entry, successor = by_ids[succession.predecessor_id], keys[succession.successor_id]
        succession.kind = _kind(entry, successor, forebears[succession.successor_id])
    Succession.objects.bulk_create(wanted)
    journal.made(wanted, attributes_of(Succession)[1:])


def _kind(entry: AgencyEntry, successor: Key, forebears: int) -> str:
    if len(entry.successors) > 1:
        return Succession.Kind.SPLIT
    if forebears == 1 and successor[1] == entry.valid_to:
        return Succession.Kind.RENAME
    return Succession.Kind.MERGE
