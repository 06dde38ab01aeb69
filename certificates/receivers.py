"""Nudges from below (losing one loses nothing: tasks.pull_due looks by itself); what the rooms below ask."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.translation import gettext as _

from certificates.actions import ensure_template_permissions, ensure_templates, promise
from certificates.comparison import compared, papers
from certificates.erasure import erase_holder, needs_name
from certificates.models import Certificate
from certificates.person_section import certificate_sections
from certificates.rules import earns
from certificates.second_person import KINDS
from courses.models import Completion
from courses.ports import answer_papers, contribute_comparison
from courses.signals import completed
from lms.people.approvals import needs_two
from lms.people.ports import Built, answer_built, contribute_erasure, contribute_sections


@receiver(completed)
def promise_certificate(sender: object, completion: Completion, **kwargs: Any) -> None:
    """Promise the certificate in the transaction that writes the completion."""
    if earns(completion):
        promise(completion=completion)


@receiver(post_migrate)
def ensure_certificate_templates(sender: Any, **kwargs: Any) -> None:
    """Bring a published template of each kind."""
    if sender.label == "certificates":
        ensure_templates()
        ensure_template_permissions()


def built(agency_ids: frozenset[int], on: date, since: datetime) -> Iterator[Built]:
    """Count the certificates that print the agencies' names since a change of theirs."""
    named = Q(issuer__in=agency_ids) | Q(completion__agency__in=agency_ids)
    found = Certificate.objects.filter(named, issued_on__gte=on, issued_at__gte=since)
    yield Built(_("certificates"), found.count())


answer_built(built)
answer_papers(papers)
contribute_comparison(compared)
for kind in KINDS:
    needs_two(kind)
contribute_sections(30, certificate_sections)
contribute_erasure(needs_name, erase_holder)
