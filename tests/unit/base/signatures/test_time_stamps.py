"""PAdES B-T: a time stamp of an authority says when, checked against a server of the tests' own."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.base.documents.signatures import Code, StampMissing, sign, verify
from tests.factories import pdf_mutations as corpus
from tests.factories import signing
from tests.fakes.time_stamp_server import time_stamp_server

STAMPED_AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)


def signed() -> bytes:
    return sign(corpus.document(), key=signing.signing_key_of(signing.agency()), field=corpus.PERSON_FIELD)


def report_of(pdf: bytes):
    return verify(pdf, roots=signing.roots(), at=datetime.now(UTC))


def test_the_stamp_says_when_and_not_the_signer_s_clock(settings):
    with time_stamp_server(signing.clock(), STAMPED_AT) as settings.SIGNING_TSA_URL:
        report = report_of(signed())
    assert report.findings == ()
    [found] = report.signatures
    assert (found.is_stamped, found.signed_at) == (True, STAMPED_AT)


def test_without_a_server_the_signature_is_not_stamped(settings):
    settings.SIGNING_TSA_URL = ""
    [found] = report_of(signed()).signatures
    assert not found.is_stamped
    assert abs(found.signed_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_stamp_of_an_authority_nobody_believes_is_found(settings):
    with time_stamp_server(signing.made("Đồng hồ lạ"), STAMPED_AT) as settings.SIGNING_TSA_URL:
        report = report_of(signed())
    assert report.codes == {Code.STAMP}


def test_a_stamp_by_a_key_not_meant_for_stamps_is_found(settings):
    with time_stamp_server(signing.person(), STAMPED_AT) as settings.SIGNING_TSA_URL:
        report = report_of(signed())
    assert report.codes == {Code.STAMP}


def test_a_changed_byte_in_the_stamp_is_found(settings):
    with time_stamp_server(signing.clock(), STAMPED_AT) as settings.SIGNING_TSA_URL:
        pdf = signed()
    stamp = "Dấu thời gian thử nghiệm".encode().hex().encode()
    assert stamp in pdf or stamp.upper() in pdf
    place = pdf.lower().rindex(b"20261120030405".hex().encode())
    later = pdf[:place] + b"20261121030405".hex().encode() + pdf[place + 28 :]
    assert report_of(later).codes & {Code.STAMP, Code.MALFORMED}


def test_a_server_that_answers_with_an_error_is_named_and_nothing_is_signed(settings):
    with time_stamp_server(signing.clock(), STAMPED_AT, broken=True) as address:
        settings.SIGNING_TSA_URL = address
        assert_nothing_is_signed(address)


def test_a_server_that_is_gone_is_named_and_nothing_is_signed(settings):
    with time_stamp_server(signing.clock(), STAMPED_AT) as address:
        settings.SIGNING_TSA_URL = address
    assert_nothing_is_signed(address)


def assert_nothing_is_signed(address: str) -> None:
    with pytest.raises(StampMissing, match=address):
        signed()
