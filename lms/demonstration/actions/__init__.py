"""Loading the demonstration: step by step, each of which finds its own work done the second time."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from cms.actions import name_owner
from lms.demonstration.actions.accounts import open_accounts, player_of
from lms.demonstration.actions.cases import run_cases, warn_ahead
from lms.demonstration.actions.catalogue import open_catalogue
from lms.demonstration.actions.hall import fill_hall
from lms.demonstration.actions.learners import sit_exams
from lms.demonstration.actions.places import agency_of
from lms.demonstration.actions.plans import plan_the_year
from lms.demonstration.actions.sheets import import_sheet
from lms.demonstration.sheets import write_sheets
from lms.demonstration.sheets.agencies import NEW_PROVINCE

__all__ = ["load_demonstration"]

Say = Callable[[str], None]


def load_demonstration(*, say: Say) -> None:
    """Load the demonstration province; `say` is told each step and what it did."""
    folder = Path(settings.VAR_DIR) / "demonstration"
    sheets = write_sheets(folder)
    for kind in ("agencies", "staff", "leave"):
        say(import_sheet(kind, sheets[kind]))
    say(open_accounts(folder))
    name_owner(agency=agency_of(str(NEW_PROVINCE)), by=player_of("administrator"))
    say(open_catalogue())
    for kind in ("training", "inspections"):
        say(import_sheet(kind, sheets[kind]))
    say(sit_exams())
    say(fill_hall())
    say(plan_the_year())
    say(run_cases())
    say(warn_ahead())
