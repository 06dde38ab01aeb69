"""Checks every certificate against its file, its completion and the register."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand

from certificates.actions import evidence_sha256, file_content
from certificates.facts import sha256
from certificates.models import Certificate, Credential, FileSignature, RegisterCounter
from certificates.queries import completions_due
from lms.base.bundle import NotSigned, opened
from lms.base.documents import signatures
from lms.base.documents.signatures import Code
from lms.base.keyring import CREDENTIALS
from lms.people.retention import ERASED_NAME

FROZEN = (
    "course_code",
    "course_version",
    "course_name",
    "hours",
    "started_on",
    "completed_on",
    "valid_until",
)


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
        signed, credentials = FileSignature.objects.count(), Credential.objects.count()
        self.stdout.write(f"signatures: {signed} in these files hold")
        self.stdout.write(f"credentials: {credentials} signed, of these facts and files")
        self.stdout.write(f"registers: {registers} run from 1 without gap or double")
        self.stdout.write(f"due and not yet issued: {completions_due().count()}")


def _checked_certificates() -> Iterator[Certificate]:
    rows = (
        Certificate.objects.select_related("completion", "credential")
        .prefetch_related("signatures")
        .order_by("pk")
    )
    for certificate in rows.iterator(chunk_size=500):
        if certificate.person_name != ERASED_NAME:
            # Of an erased holder the paper was destroyed with the name after retention; the hashes stay.
            _check_file(certificate)
            _check_record(certificate)
            _check_signatures(certificate)
            _check_credential(certificate)
        _check_facts(certificate)
        yield certificate


def _check_file(certificate: Certificate) -> None:
    if not certificate.file_name:
        return  # numbered and not printed yet, or annulled before: the constraint allows no other
    try:
        with storages["private"].open(certificate.file_name) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise Broken(f"{certificate.serial}: the file {certificate.file_name} is missing") from error
    if found != certificate.file_sha256:
        raise Broken(f"{certificate.serial}: the file {certificate.file_name} was changed")


def _check_signatures(certificate: Certificate) -> None:
    """Check the signatures as they were on the day the file was taken: a certificate may expire afterwards."""
    kept = list(certificate.signatures.all())
    if not kept:
        return
    report = signatures.verify(
        file_content(certificate),
        roots=signatures.trust_roots(),
        at=kept[0].known_at,
        expected=[row.field for row in kept],
    )
    against = [finding for finding in report.findings if finding.code != Code.NO_ROOTS]
    if against:
        raise Broken(f"{certificate.serial}: {against[0].field} {against[0].code.value}")
    if [found.sha256 for found in report.signatures] != [row.sha256 for row in kept]:
        raise Broken(f"{certificate.serial}: other signatures than those that were taken")


def _check_credential(certificate: Certificate) -> None:
    credential = getattr(certificate, "credential", None)
    if credential is None:
        return
    try:
        said = opened(credential.text, CREDENTIALS.believed())
    except NotSigned as error:
        raise Broken(
            f"{certificate.serial}: the credential is not signed by a key that is believed"
        ) from error
    proof = said["evidence"][0]["narrative"]
    if said["id"] != certificate.facts["address"] or certificate.facts_sha256 not in proof:
        raise Broken(f"{certificate.serial}: the credential says something else than the certificate")
    if certificate.file_sha256 not in proof:
        raise Broken(f"{certificate.serial}: the credential names another file")
    if said["credentialStatus"]["statusListIndex"] != str(credential.list_index):
        raise Broken(f"{certificate.serial}: the credential has another place in the status list")


def _check_record(certificate: Certificate) -> None:
    if sha256(certificate.facts) != certificate.facts_sha256:
        raise Broken(f"{certificate.serial}: the facts it was issued with were changed")
    for name, said in _said_twice(certificate):
        if said != getattr(certificate, name):
            raise Broken(f"{certificate.serial}: {name} differs from the facts it was issued with")


def _said_twice(certificate: Certificate) -> Iterator[tuple[str, object]]:
    facts = certificate.facts
    yield from (("serial", facts["serial"]), ("kind", facts["kind"]), ("short_code", facts["short_code"]))
    yield from (("person_name", facts["person"]["name"]), ("agency_name", facts["person"]["agency"]))
    yield from (("issuer_name", facts["issuer"]["name"]), ("result", facts["course"]["result"]))


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
