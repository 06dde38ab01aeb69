"""Checks every certificate against its file, its completion and the register."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand

from certificates.actions import evidence_sha256
from certificates.models import Certificate, RegisterCounter
from certificates.queries import completions_due

FROZEN = ("course_code", "course_version", "course_name", "hours", "started_on", "completed_on")


class Broken(Exception):
    """Something does not hold; the sentence names it."""


class Command(BaseCommand):
    """Prints what was checked and how many; exits 1 at the first that does not hold, naming it."""

    help = "Check files, facts and numbers of all certificates."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check files and facts of every certificate, then the registers."""
        try:
            checked = sum(1 for _certificate in _checked_certificates())
            registers = sum(1 for _counter in _checked_registers())
        except Broken as broken:
            self.stdout.write(self.style.ERROR(str(broken)))
            sys.exit(1)
        self.stdout.write(f"certificates: {checked} files, hashes and frozen facts hold")
        self.stdout.write(f"registers: {registers} run from 1 without gap or double")
        self.stdout.write(f"due and not yet issued: {completions_due().count()}")


def _checked_certificates() -> Iterator[Certificate]:
    rows = Certificate.objects.select_related("completion").order_by("pk")
    for certificate in rows.iterator(chunk_size=500):
        _check_file(certificate)
        _check_facts(certificate)
        yield certificate


def _check_file(certificate: Certificate) -> None:
    try:
        with storages["private"].open(certificate.file_name) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise Broken(f"{certificate.serial}: the file {certificate.file_name} is missing") from error
    if found != certificate.file_sha256:
        raise Broken(f"{certificate.serial}: the file {certificate.file_name} was changed")


def _check_facts(certificate: Certificate) -> None:
    completion = certificate.completion
    for name in FROZEN:
        if getattr(certificate, name) != getattr(completion, name):
            raise Broken(f"{certificate.serial}: {name} differs from its completion {completion.pk}")
    if certificate.evidence_sha256 != evidence_sha256(completion):
        raise Broken(f"{certificate.serial}: the evidence of completion {completion.pk} was changed")


def _checked_registers() -> Iterator[RegisterCounter]:
    registers = Certificate.objects.order_by("issuer", "year").values_list("issuer", "year").distinct()
    counted = {(counter.agency_id, counter.year): counter for counter in RegisterCounter.objects.all()}
    for issuer, year in registers:
        if (issuer, year) not in counted:
            raise Broken(f"register {issuer}/{year}: its counter is missing")
    for (issuer, year), counter in sorted(counted.items()):
        _check_numbers(issuer, year, counter.last)
        yield counter


def _check_numbers(issuer: int, year: int, last: int) -> None:
    numbers = (
        Certificate.objects.filter(issuer=issuer, year=year)
        .order_by("number")
        .values_list("number", flat=True)
    )
    expected = 1
    for number in numbers.iterator(chunk_size=2000):
        if number != expected:
            raise Broken(f"register {issuer}/{year}: number {expected} is missing")
        expected += 1
    if last != expected - 1:
        raise Broken(f"register {issuer}/{year}: the counter says {last}, the last number is {expected - 1}")
