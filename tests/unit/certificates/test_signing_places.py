"""The places of signatures on every sheet: over no word, inside the frame, apart from each other."""

import io
import itertools
from dataclasses import replace

import pdfplumber
import pytest

from certificates.documents import Signer, boxes_of, certificate_pdf, standard_look
from certificates.documents.ground import INNER
from tests.unit.certificates.test_paper import LONG, MM, PAPER

ONE = (Signer(("Giám đốc",), "Trần Văn Quý"),)
TWO = (*ONE, Signer(("KT. Giám đốc", "Phó Giám đốc"), "Lê Thị Phó"))
POST = "Phó Giám đốc phụ trách, điều hành Trung tâm và các chi nhánh khu vực Gò Công, Tân Phước và Cái Bè"
ONE_LONG = (Signer((f"TUQ. {POST}", POST), LONG.signer_name),)
TWO_LONG = (*ONE_LONG, Signer((f"KT. {POST}", POST), LONG.signer_name))


@pytest.mark.parametrize("paper", ["a4_landscape", "a4_portrait", "a5_landscape"])
@pytest.mark.parametrize("language", ["vi", "en", "both"])
@pytest.mark.parametrize(
    "signers", [ONE, TWO, ONE_LONG, TWO_LONG], ids=["one", "two", "one long", "two long"]
)
def test_a_signature_covers_no_word(paper, language, signers):
    words = PAPER if signers in (ONE, TWO) else LONG
    look = replace(standard_look("chung_chi"), paper=paper, language=language)
    sheet = replace(words, look=look, signers=signers)
    with pdfplumber.open(io.BytesIO(certificate_pdf(sheet))) as pdf:
        page = pdf.pages[0]
        scale = 0.7 if paper == "a5_landscape" else 1
        boxes = boxes_of(sheet)
        for left, bottom, right, top in boxes:
            assert right - left >= 20 * MM * scale
            assert top - bottom >= 10 * MM * scale
            assert INNER * scale < left < right < page.width - INNER * scale
            for char in page.chars:
                # What is drawn of a letter is lower than its box.
                low, high = page.height - char["bottom"] + 0.2 * char["size"], page.height - char["top"]
                apart = char["x1"] <= left or char["x0"] >= right
                assert apart or high - 0.2 * char["size"] <= bottom or low >= top, char["text"]
        for one, other in itertools.combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0]
