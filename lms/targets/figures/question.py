"""What is asked: on which day, as known when, of whom, laid out how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.people.organisation import History, history
from lms.targets.figures.layout import standing
from lms.targets.rules import Period
from lms.targets.states import OrgView, Variant

# Days beyond these are slips of the pen.
YEARS = range(1900, 2200)


class BadQuestion(ValueError):
    """A question that cannot be answered; the message is a sentence for the one who asked."""


@dataclass(frozen=True)
class Question:
    """One question; no agency means the whole province and everything beside it."""

    as_of: date
    known_at: date
    period: Period
    variant: Variant = Variant.HEADLINE
    org_view: OrgView = OrgView.HISTORIC
    agency_ids: tuple[int, ...] = ()
    target3: int | None = None

    @property
    def is_provisional(self) -> bool:
        """Tell whether the day is still to come: today's facts, which may change before it."""
        return self.as_of > today()

    @property
    def tree_day(self) -> date:
        """The day whose tree lays out the staff."""
        return today() if self.org_view == OrgView.CURRENT else self.as_of


def read_day(given: str | date | None) -> date | None:
    """Return the day written as 2025-12-31 or 31/12/2025; raise BadQuestion with a sentence."""
    if not given or isinstance(given, date):
        return given or None
    for layout in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(given.strip(), layout).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    raise BadQuestion(_("“%(text)s” is not a day; write 2025-12-31 or 31/12/2025.") % {"text": given})


def ask(
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    codes: Sequence[str] = (),
    variant: str = Variant.HEADLINE,
    org_view: str = OrgView.HISTORIC,
    start: date | None = None,
    end: date | None = None,
    target3: int | None = None,
) -> Question:
    """Return the question with its defaults filled in; raise BadQuestion with a sentence."""
    day = as_of or today()
    if day.year not in YEARS:
        raise BadQuestion(_("The day must lie between the years %(first)d and %(last)d.") % _years())
    period = Period.asked(start, end, day)
    if period.is_empty:
        raise BadQuestion(_("The period must end after it starts."))
    if target3 is not None and not 0 <= target3 <= 100:
        raise BadQuestion(_("A target is a whole number of percent from 0 to 100."))
    if variant not in Variant.values or org_view not in OrgView.values:
        raise BadQuestion(_("Unknown variant or view: “%(word)s”.") % {"word": f"{variant} {org_view}"})
    known = history()
    return Question(
        as_of=day,
        known_at=known_at or day,
        period=period,
        variant=Variant(variant),
        org_view=OrgView(org_view),
        agency_ids=tuple(dict.fromkeys(pk for code in codes for pk in _agencies(known, code, day, org_view))),
        target3=target3,
    )


def _years() -> dict[str, int]:
    return {"first": YEARS.start, "last": YEARS.stop - 1}


def _agencies(known: History, code: str, day: date, org_view: str) -> tuple[int, ...]:
    """Return who bears the code on the day, else who bore it last; a closed agency is no error.

    As organised now, the question goes to whoever stands for that agency today: a merged one's successor,
    all the successors of a split one. Code 82 was Tiền Giang and is Đồng Tháp, which goes on for it.
    """
    found = known.code_bearer(code, day) or known.last_bearer(code)
    if found is None:
        raise BadQuestion(_("No agency has ever had the code “%(code)s”.") % {"code": code})
    return standing(known, found, today()) if org_view == OrgView.CURRENT else (found,)
