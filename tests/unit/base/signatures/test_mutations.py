"""Everything that can be done to a signed PDF is refused and called by its name."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from lms.base.documents.signatures import ORDER, brought_back, signature_hashes, verify
from tests.factories import pdf_mutations as corpus
from tests.factories import signing

BITS = 200


def judged(pdf):
    return verify(pdf, roots=signing.roots(), at=datetime.now(UTC), expected=ORDER)


def test_what_nothing_was_done_to_holds():
    report = judged(corpus.signed())
    assert report.findings == ()
    assert [found.signer for found in report.signatures] == [
        "Nguyễn Thị Ngọc Quỳnh",
        "Sở Nội vụ tỉnh Đồng Tháp",
    ]


@pytest.mark.parametrize("one", corpus.MUTATIONS, ids=lambda one: one.name)
def test_a_mutation_is_called_by_its_name(one):
    changed = one.apply(corpus.signed())
    report = judged(changed)
    assert changed != corpus.signed()
    assert report.codes & one.codes, report.findings


def test_there_are_more_than_twenty_kinds():
    assert len({one.name for one in corpus.MUTATIONS}) >= 30


def test_any_changed_bit_is_seen_by_the_signatures_alone():
    chance = random.Random(4)
    assert corpus.bits_unseen(chance, BITS) == []


def test_the_control_without_looking_nothing_is_seen():
    chance = random.Random(4)
    assert len(corpus.bits_unseen(chance, 5, look=lambda _pdf: True)) == 5


def test_a_changed_copy_still_says_whose_signature_it_bears():
    changed = corpus.letter_of_a_stream(corpus.signed())
    assert signature_hashes(changed) == signature_hashes(corpus.signed())
    assert len(signature_hashes(changed)) == 2


def test_what_was_brought_back_must_begin_with_what_was_given_out():
    asked = {
        "given_out": corpus.given_out(),
        "roots": signing.roots(),
        "at": datetime.now(UTC),
        "expected": ORDER,
    }
    assert brought_back(corpus.signed(), **asked).findings == ()
    assert brought_back(corpus.given_out(), **asked).codes == {"unsigned"}
    other = corpus.signed_by(signing.person(), corpus.document("Một văn bản khác"))
    assert brought_back(other, **asked).codes == {"other_file"}


def test_it_works_where_an_event_loop_runs():
    async def inside():
        return judged(corpus.signed_by(signing.agency(), corpus.signed_once(), corpus.AGENCY_FIELD))

    # A thread of its own: Playwright keeps a loop in the main one when browser tests ran in this process.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, inside()).result().findings == ()
