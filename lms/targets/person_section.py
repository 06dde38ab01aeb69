"""What a person lacks for the two training figures today, said on their page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import Person
from lms.people.organisation import history
from lms.people.personal_data import TRAINING
from lms.people.ports import Section
from lms.targets.figures.question import ask
from lms.targets.figures.training import Training
from lms.targets.rules import DATA_ANALYSIS_HOURS, DIGITAL_SKILLS_HOURS


def missing_sections(person: Person) -> list[Section]:
    """Return the part that says what counts and what is missing."""
    return [Section("missing", _("What is missing"), sentences=list(_sentences(person)), kind=TRAINING)]


def _sentences(person: Person) -> Iterator[str]:
    training = Training(ask(), history())
    staff = replace(training.staff, only=frozenset({person.canonical.pk}))
    row = next(iter(staff.people()), None)
    if row is None:
        yield _("Does not count in I1 and I2 today: no primary post as cán bộ, công chức or viên chức.")
        return
    name = training.tree.name(training.home_of(row))
    yield _("Counts today for %(agency)s.") % {"agency": name}
    ds, da = DIGITAL_SKILLS_HOURS - row.ds_hours, DATA_ANALYSIS_HOURS - row.da_hours
    if row.is_skilled:
        yield _("I1, digital skills: met with %(have)s periods.") % {"have": _plain(row.ds_hours)}
    else:
        yield _("I1, digital skills: %(more)s of DS are missing (%(have)s of %(need)d).") % {
            "more": _periods(ds), "have": _plain(row.ds_hours), "need": DIGITAL_SKILLS_HOURS,
        }  # fmt: skip
    if row.is_analyst:
        yield _("I2, data analysis: met with %(have)s periods.") % {"have": _plain(row.da_hours)}
    elif da > 0:
        yield _("I2, data analysis: %(more)s of DA are missing (%(have)s of %(need)d).") % {
            "more": _periods(da), "have": _plain(row.da_hours), "need": DATA_ANALYSIS_HOURS,
        }  # fmt: skip
    if da <= 0 and not row.is_analyst:
        yield _("I2, data analysis: the periods of DA are there; it counts once I1 is met.")


def _periods(hours: Decimal) -> str:
    # A part of a period is still a period to be learnt: the plural follows what is printed.
    return ngettext("%(n)s more period", "%(n)s more periods", 1 if hours == 1 else 2) % {"n": _plain(hours)}


def _plain(hours: Decimal) -> str:
    return formats.number_format(hours.normalize() if hours else Decimal(0), use_l10n=True)
