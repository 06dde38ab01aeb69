"""The figures as a table of plain text, in the language of the one who asks."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.people.organisation import name_of
from lms.targets.figures import Figures, Question
from lms.targets.rules import RULE_VERSION, Ratio, percentage
from lms.targets.states import Indicator


def figures_table(answer: Figures) -> str:
    """Return the heading, one line a figure, and what stands beside I3."""
    lines = [*heading(answer.question), "", *_ratios(answer), "", *_beside(answer)]
    return "\n".join(lines)


def heading(question: Question) -> list[str]:
    """Return the lines without which a figure means nothing: day, knowledge, scope, rule version."""
    lines = [
        _("As of: %(day)s") % {"day": _day(question.as_of)},
        _("As known on: %(day)s") % {"day": _day(question.known_at)},
        _("Scope: %(scope)s") % {"scope": scope_name(question)},
        _("Variant: %(variant)s") % {"variant": question.variant.label},
        _("Organisation: %(view)s") % {"view": question.org_view.label},
        _("Period of inspections: from %(start)s to before %(end)s")
        % {"start": _day(question.period.start), "end": _day(question.period.end)},
        _("Rule version: %(version)s") % {"version": RULE_VERSION},
    ]
    if question.is_provisional:
        lines.append(_("PROVISIONAL: the day is still to come; these are the facts of today."))
    return lines


def scope_name(question: Question) -> str:
    """Return the names of the agencies on the day, or that it is everything."""
    if not question.agency_ids:
        return _("Whole province")
    day = question.tree_day if question.tree_day <= today() else question.as_of
    return "; ".join(name_of(pk, day) for pk in question.agency_ids)


def percent_text(pct: str | None) -> str:
    """Return a rate as it is read here: 83,33% in Vietnamese; "none arose" where there is none."""
    if pct is None:
        return _("none arose")
    return f"{pct.replace('.', ',')}%" if get_language() == "vi" else f"{pct}%"


def met_text(ratio: Ratio) -> str:
    """Return in words whether the target is met."""
    if ratio.met is None:
        return _("none arose")
    return _("met") if ratio.met else _("not met")


def _day(day: date) -> str:
    return formats.date_format(day, "d/m/Y")


def _ratios(answer: Figures) -> list[str]:
    header = [_("Figure"), _("Counted"), _("Of"), _("Rate"), _("Target"), _("Result"), _("Missing")]
    named = zip(Indicator, (answer.i1, answer.i2, answer.i3), strict=True)
    return _aligned([header, *(_ratio_cells(indicator, ratio) for indicator, ratio in named)])


def _ratio_cells(indicator: Indicator, ratio: Ratio) -> list[str]:
    return [
        f"{indicator.value} {indicator.label}",
        str(ratio.num),
        str(ratio.den),
        percent_text(ratio.pct),
        f"{ratio.target}%",
        met_text(ratio),
        str(ratio.missing),
    ]


def _beside(answer: Figures) -> list[str]:
    share = answer.share
    return [
        _("Partly digital: %(partial)d; on paper: %(paper)d")
        % {"partial": share.partial, "paper": share.paper},
        _("Fully digital and remote: %(num)d (%(pct)s)")
        % {"num": share.remote, "pct": percent_text(percentage(share.remote, share.all))},
        _("By inspected subject: %(num)d of %(den)d (%(pct)s)")
        % {
            "num": share.subjects_full,
            "den": share.subjects,
            "pct": percent_text(percentage(share.subjects_full, share.subjects)),
        },
    ]


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    ]
