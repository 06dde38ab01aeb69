"""Two thousand bits of a signed PDF turned one by one: the signature alone sees each."""

import random

from tests.factories import pdf_mutations as corpus

BITS = 2_000


def test_every_turned_bit_is_seen():
    chance = random.Random(20261125)
    assert corpus.bits_unseen(chance, BITS) == []
