"""What it costs to refuse the files that are made to exhaust whoever opens them: two seconds a file are promised."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from lms.base.documents.signatures import verify
from lms.base.importing.problems import FileRefused
from lms.people.importing import StaffImporter
from tests.factories import h5p, signing, uploads
from tests.factories import hostile_pdfs as hostile
from tests.factories import pdf_mutations as corpus

LIMIT = 2.0


def seconds(refuse: Callable[[], object]) -> float:
    started = time.process_time()
    refuse()
    return time.process_time() - started


def say(name: str, took: float) -> None:
    print(f"\n{name}: {took:.2f} s of CPU, {took / LIMIT:.2f} of the two seconds promised (n=1)")
    assert took <= LIMIT


@pytest.mark.parametrize("make", hostile.HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_pdf(make):
    verify(
        corpus.signed(), roots=signing.roots(), at=datetime.now(UTC)
    )  # the library is loaded by the first one
    pdf = make()
    say(make.__name__, seconds(lambda: verify(pdf, roots=signing.roots(), at=datetime.now(UTC))))


def test_a_workbook_that_unpacks_to_sixty_megabytes():
    packed = uploads.bomb(uploads.workbook([["person_id"]]))

    def refuse():
        with pytest.raises(FileRefused):
            StaffImporter().read(packed, "a.xlsx")

    say("workbook", seconds(refuse))


@pytest.mark.django_db
def test_a_package_that_unpacks_to_150_megabytes(tmp_path):
    path = h5p.bomb(tmp_path / "bomb.h5p")

    def refuse():
        with pytest.raises(CommandError):
            call_command("h5p_import", str(path))

    say("package", seconds(refuse))
