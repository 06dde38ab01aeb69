"""The figures themselves, as the contract words them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from lms.people.organisation import history
from lms.targets.figures.inspections import Case, Cases, Share
from lms.targets.figures.question import BadQuestion, Question
from lms.targets.figures.reconciled import Reconciled, reconciled
from lms.targets.figures.training import Count, Tally, Training
from lms.targets.models import Threshold
from lms.targets.rules import RULE_VERSION, Ratio, percentage
from lms.targets.states import Indicator


@dataclass(frozen=True)
class Figures:
    """The three figures of one scope."""

    question: Question
    i1: Ratio
    i2: Ratio
    i3: Ratio
    count: Count
    share: Share

    def as_json(self) -> dict[str, object]:
        """Return the object that `manage.py indicators --format json` prints."""
        return {
            "as_of": self.question.as_of.isoformat(),
            "variant": str(self.question.variant),
            "rule_version": RULE_VERSION,
            "i1": self.i1.as_json(),
            "i2": self.i2.as_json(),
            "i3": {**self.i3.as_json(), **self._share_json()},
        }

    def _share_json(self) -> dict[str, object]:
        share = self.share
        return {
            "partial": share.partial,
            "paper": share.paper,
            "remote_num": share.remote,
            "remote_pct": percentage(share.remote, share.all),
            "subjects_num": share.subjects_full,
            "subjects_den": share.subjects,
            "subjects_pct": percentage(share.subjects_full, share.subjects),
        }


class Board:
    """The figures of any agencies for one question, from the same few statements."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.history = history()
        self.training = Training(question, self.history)
        self.cases = Cases(question, self.history)

    @cached_property
    def _tally(self) -> Tally:
        return self.training.tally()

    @cached_property
    def counted(self) -> list[Case]:
        """The inspections in the rate, of all agencies."""
        return self.cases.counted()

    @cached_property
    def _shares(self) -> dict[int, Share]:
        """The share of each agency and all below it."""
        shares: dict[int, Share] = defaultdict(Share)
        for case in self.counted:
            for agency_id in case.above:
                shares[agency_id].add(case)
        return shares

    @cached_property
    def targets(self) -> dict[str, int]:
        """The percent in force for each indicator; what is asked for I3 prevails."""
        percents = Threshold.objects.percents_on(self.question.as_of)
        if self.question.target3 is not None:
            percents[Indicator.DIGITAL_INSPECTIONS] = self.question.target3
        if missing := [name for name in Indicator.values if name not in percents]:
            raise BadQuestion(_("No threshold is in force on that day for %(name)s.") % {"name": missing[0]})
        return percents

    @cached_property
    def reconciled(self) -> Reconciled:
        """Whether the inspections of the question's scope were held against the registers."""
        return reconciled(self.question, self.history, self.counted)

    def of(self, agency_ids: Iterable[int]) -> Figures:
        """Return the figures of the agencies and all below, of everything where none is named."""
        scope = tuple(agency_ids)
        return self._figures(self._tally.of(scope), self._share(scope))

    def of_itself(self, agency_id: int) -> Figures:
        """Return the figures of the agency without what is below it."""
        count = self._tally.by_agency.get(agency_id, Count())
        return self._figures(count, Share.of(case for case in self.counted if case.home == agency_id))

    def rest(self, whole: Figures, parts: Iterable[Figures]) -> Figures:
        """Return what the parts leave of the whole: agencies outside the tree of the day."""
        count, share = whole.count, whole.share
        for part in parts:
            count, share = count - part.count, share - part.share
        return self._figures(count, share)

    def _share(self, scope: tuple[int, ...]) -> Share:
        if len(scope) == 1:
            return self._shares.get(scope[0], Share())
        return Share.of(case for case in self.counted if case.is_led_from(scope))

    def _figures(self, count: Count, share: Share) -> Figures:
        targets = self.targets
        return Figures(
            question=self.question,
            i1=Ratio(count.skilled, count.staff, targets[Indicator.DIGITAL_SKILLS]),
            i2=Ratio(count.analysts, count.staff, targets[Indicator.DATA_ANALYSIS]),
            i3=Ratio(share.full, share.all, targets[Indicator.DIGITAL_INSPECTIONS]),
            count=count,
            share=share,
        )


def figures(question: Question) -> Figures:
    """Return the three figures of the question's own scope."""
    return Board(question).of(question.agency_ids)
