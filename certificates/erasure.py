"""Taking the name of a person out of withdrawn certificates; a valid one still needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from certificates.models import Certificate, Credential
from certificates.states import Standing
from lms.base.vietnamese import fold, name_sort_key
from lms.people.models import Person


def needs_name(person: Person) -> Iterator[str]:
    """Say which certificate still proves something to somebody."""
    for certificate in Certificate.objects.of(person).with_standing():
        if certificate.standing == Standing.VALID:
            yield _("Certificate %(serial)s is valid.") % {"serial": certificate.serial}


def erase_holder(person: Person, label: str) -> None:
    """Make the holder of withdrawn certificates nameless: number and facts stay in the register, the paper goes."""
    for certificate in Certificate.objects.of(person):
        text = f"{certificate.serial} {certificate.register_number} {certificate.agency_name}"
        Certificate.objects.filter(pk=certificate.pk).make_nameless(
            person_name=label,
            name_key=name_sort_key(label),
            search_text=fold(f"{label} {text} {certificate.course_code} {certificate.course_name}"),
            facts=_without_holder(certificate.facts, label),
        )
        Credential.objects.filter(certificate=certificate).make_nameless()
        if certificate.file_name:
            transaction.on_commit(_deleting(certificate.file_name))


def _without_holder(facts: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the facts without name and birth date; their hash stays and proves what they were."""
    return {**facts, "person": {**facts["person"], "name": label, "birth_date": None}}


def _deleting(name: str) -> Callable[[], None]:
    return lambda: storages["private"].delete(name)
