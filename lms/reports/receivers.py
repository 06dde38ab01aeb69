"""What the rooms below ask."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.models import Completion
from inspections.models import Inspection
from lms.base.importing import Entry, depends_on
from lms.people.importing.lookups import in_chunks
from lms.people.models import Post
from lms.people.organisation import Organisation
from lms.people.ports import Built, answer_built
from lms.reports.models import PeriodReport

DAYS = ("valid_from", "valid_to")
# What decides whether, and as what, a report counts a post.
SAID_OF_POST = ("agency_id", *DAYS, "category", "is_primary")


def built(agency_ids: frozenset[int], on: date, since: datetime) -> Iterator[Built]:
    """Count the reports asked for since a change, of days on which it holds: of the agencies or of everything.

    A report of an earlier day says the same with and without the change, and does not hold it.
    """
    scope = Q(agency__in=agency_ids) | Q(agency=None)
    reports = PeriodReport.objects.filter(scope, as_of__gte=on, asked_at__gte=since)
    yield Built(_("period reports"), reports.count())


@depends_on("courses.Completion")
def reported_since(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the completions that a report asked for since counts: its figures are frozen and were handed on."""
    reports = _asked_since(since)
    if not reports:
        return
    for chunk in in_chunks(entry.pk for entry in entries):
        left = {row.pk: row for row in Completion.objects.filter(pk__in=chunk).only("person", "completed_on")}
        for report in reports:
            counted = _counted(report, {row.person_id for row in left.values()})
            for pk, row in list(left.items()):
                if row.completed_on <= report.as_of and row.person_id in counted:
                    del left[pk]
                    yield pk, _counts_it(report)


def _asked_since(since: datetime) -> list[PeriodReport]:
    return list(PeriodReport.objects.filter(asked_at__gte=since).order_by("asked_at"))


def _counted(report: PeriodReport, persons: set[int]) -> set[int]:
    """Return which of the persons belong to what the report is about."""
    within = _within(report)
    if within is None:
        return persons
    posts = Post.objects.on(report.as_of).filter(agency__in=within, person__in=persons)
    return set(posts.values_list("person", flat=True))


@depends_on("inspections.Inspection")
def inspections_reported_since(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the inspections that a report asked for since counts."""
    reports = _asked_since(since)
    for chunk in in_chunks(entry.pk for entry in entries) if reports else ():
        cases = Inspection.objects.filter(pk__in=chunk).values_list("pk", "lead_id", "completed_on")
        for pk, lead_id, on in cases:
            counting = (report for report in reports if on is not None and _counts(report, lead_id, on))
            if report := next(counting, None):
                yield pk, _counts_it(report)


@depends_on("people.Post")
def posts_reported_since(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the posts of which a report asked for since says something else than it would without the import."""
    reports = [(report, _within(report)) for report in _asked_since(since)]
    written = {entry.pk: entry for entry in entries}
    for chunk in in_chunks(written) if reports else ():
        now = {pk: post for pk, *post in Post.objects.filter(pk__in=chunk).values_list("pk", *SAID_OF_POST)}
        for pk in chunk:
            after, before = now.get(pk), _before(written[pk], now.get(pk))
            telling = (
                report
                for report, within in reports
                if _said(report.as_of, within, after) != _said(report.as_of, within, before)
            )
            if report := next(telling, None):
                yield pk, _counts_it(report)


def _before(entry: Entry, after: list[Any] | None) -> list[Any] | None:
    """Return the post as it was before the import; None where it was not."""
    if entry.before is None:
        return None
    known = dict(zip(SAID_OF_POST, after or (), strict=False)) | entry.before
    return [_day(known[name]) if name in DAYS else known[name] for name in SAID_OF_POST]


def _said(day: date, within: frozenset[int] | None, post: list[Any] | None) -> tuple[Any, ...] | None:
    """Return what a report of the day and of these agencies (None: of all) says of a post; None where nothing."""
    if post is None:
        return None
    agency_id, start, end, *said = post
    held = start <= day < (end or date.max) and (within is None or agency_id in within)
    return tuple(said) if held else None


def _within(report: PeriodReport) -> frozenset[int] | None:
    """Return the agencies that the report is about on its day; None where it is about all."""
    if report.agency_id is None:
        return None
    tree = Organisation.on(report.as_of)
    return tree.with_forerunners(tree.below(report.agency_id))


def _day(value: date | str | None) -> date | None:
    """Return a day; a journal keeps it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _counts(report: PeriodReport, lead_id: int, on: date) -> bool:
    """Tell whether a case completed on the day is the report's, by the tree of that day or the report's own."""
    if not report.period_start <= on < report.period_end:
        return False
    if report.agency_id is None:
        return True
    trees = (Organisation.on(day) for day in (on, report.as_of))
    return any(lead_id in tree.with_forerunners(tree.below(report.agency_id)) for tree in trees)


def _counts_it(report: PeriodReport) -> str:
    words = {"day": report.as_of.strftime("%d/%m/%Y"), "scope": report.scope_name}
    return _("the period report of %(day)s for %(scope)s counts it") % words


answer_built(built)
