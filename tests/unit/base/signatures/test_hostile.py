"""Files sent to exhaust the reader are refused with a sentence and within bounded memory."""

import os
import resource
from datetime import UTC, datetime

import pytest

from lms.base.documents.signatures import UNOPENED, Code, verify
from tests.factories import hostile_pdfs as hostile
from tests.factories import pdf_mutations as corpus
from tests.factories import signing

MEGABYTES = 100
# Two seconds are promised and measured in tests/performance/base; here a file that keeps its reader busy is stopped.
STOPPED_AFTER_SECONDS = 20
NAMED = {
    "encrypted": Code.ENCRYPTED,
    "bomb_of_objects": Code.BOMB,
    "bomb_of_references": Code.BOMB,
    "bombs_in_each_other": Code.BOMB,
    "too_large": Code.TOO_LARGE,
    "no_pdf": Code.NOT_PDF,
}


def in_a_child(pdf):
    """Verify in a process of its own; return the codes and the megabytes it grew. A killed child says nothing."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (STOPPED_AFTER_SECONDS, STOPPED_AFTER_SECONDS))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        report = verify(pdf, roots=signing.roots(), at=datetime.now(UTC))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        words = " ".join(code.value for code in report.codes)
        os.write(write, f"{grown} {words}".encode())
        os._exit(0)
    os.close(write)
    told = os.read(read, 1000).decode().split()
    os.close(read)
    os.waitpid(child, 0)
    assert told, "the file kept its reader busy until it was stopped"
    return {Code(word) for word in told[1:]}, int(told[0])


@pytest.fixture(scope="module", autouse=True)
def _opened_once():
    verify(corpus.signed(), roots=signing.roots(), at=datetime.now(UTC))


@pytest.mark.parametrize("make", hostile.HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_is_refused(make):
    codes, megabytes = in_a_child(make())
    assert codes
    assert codes <= UNOPENED | {Code.UNSIGNED}
    assert NAMED.get(make.__name__, next(iter(codes))) in codes
    assert megabytes <= MEGABYTES


def test_every_code_says_a_sentence():
    for code in Code:
        assert str(code.label).endswith(".")
