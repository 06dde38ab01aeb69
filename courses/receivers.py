"""What must be there after every migration; what the rooms below ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.translation import gettext as _

from courses import guards
from courses.actions import ensure_author_permissions, ensure_catalogue
from courses.actions.erasure import erase_learner, needs_name
from courses.h5p.actions import ensure_starter_libraries
from courses.models import CatalogPage, Completion, Course
from courses.person_section import learning_sections
from courses.second_person import KIND
from courses.two_examiners import KINDS
from lms.people.approvals import needs_two
from lms.people.ports import Built, answer_built, contribute_erasure, contribute_sections


@receiver(post_migrate)
def ensure_seeds(sender: AppConfig, **kwargs: Any) -> None:
    """Make the catalogue, the authors' permissions and the starter libraries, once this room's tables are there."""
    if sender.label == "courses" and CatalogPage._meta.db_table in connection.introspection.table_names():
        guards.install(connection)
        ensure_catalogue()
        ensure_author_permissions()
        ensure_starter_libraries()


def built(agency_ids: frozenset[int], on: date, since: datetime) -> Iterator[Built]:
    """Count the completions that name the agencies, and the courses they issue, since a change of theirs."""
    completions = Completion.objects.filter(
        agency__in=agency_ids, completed_on__gte=on, created_at__gte=since
    )
    yield Built(_("completions"), completions.count())
    yield Built(_("courses"), Course.objects.filter(agency__in=agency_ids, valid_from__gte=on).count())


answer_built(built)
for kind in (KIND, *KINDS):
    needs_two(kind)
contribute_sections(20, learning_sections)
contribute_erasure(needs_name, erase_learner)
