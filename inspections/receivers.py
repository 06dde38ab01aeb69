"""What follows a change without being asked; what the rooms below ask."""

from typing import Any

from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from inspections import guards
from inspections.actions.holidays import calendar_problems
from inspections.actions.seeds import ensure_basics
from inspections.built import built
from inspections.models import Inspection
from inspections.person_section import team_sections
from inspections.second_person import KIND
from lms.base.dates import today
from lms.base.health import contribute_notes
from lms.people.approvals import needs_two
from lms.people.ports import answer_built, contribute_sections


@receiver(post_migrate)
def ensure_inspection_basics(sender: Any, **kwargs: Any) -> None:
    """Bring what `migrate` alone must bring: what the database refuses, kinds with their deadlines, holidays, checklists."""
    if sender.label == "inspections" and Inspection._meta.db_table in connection.introspection.table_names():
        guards.install(connection)
        ensure_basics()


def calendar_notes() -> list[str]:
    """Say what is missing from the holiday table."""
    return calendar_problems(today())


answer_built(built)
contribute_notes(calendar_notes)
needs_two(KIND)
contribute_sections(40, team_sections)
