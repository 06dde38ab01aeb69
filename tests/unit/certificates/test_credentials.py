"""The certificate as an Open Badges 3.0 credential."""

import random
from datetime import UTC, datetime

import pytest

from certificates.credentials import LIST_LENGTH, badge_of, encoded, is_set, key_set, status_list
from lms.base.bundle import NotSigned, opened
from lms.base.keyring import CREDENTIALS

FACTS = {
    "serial": "SNV.2026.00007",
    "kind": "giay_chung_nhan",
    "address": "https://song-tien.example/verify/abc/",
    "issued_at": "2026-11-25T15:00:00+07:00",
    "issued_on": "2026-11-25",
    "valid_until": "2028-11-24",
    "issuer": {"code": "SNV", "name": "Sở Nội vụ", "superior": "UBND tỉnh Đồng Tháp", "place": "Đồng Tháp"},
    "person": {
        "salutation": "Bà",
        "name": "Nguyễn Thị Ngọc Quỳnh",
        "birth_date": "1990-02-03",
        "position": "Chuyên viên",
        "agency": "Phường Mỹ Tho",
    },
    "course": {
        "code": "DS03",
        "version": 2,
        "name": "Văn bản điện tử",
        "hours": "8.00",
        "form": "Từ xa",
        "started_on": "2026-11-01",
        "completed_on": "2026-11-20",
        "result": "Đạt (90/100 điểm)",
    },
}


def badge(**changed):
    return badge_of(
        {**FACTS, **changed}, agency_id=5, facts_sha256="f" * 64, file_sha256="e" * 64, place=(1, 4711)
    )


def test_it_says_what_was_achieved_by_whom_from_whom():
    said = opened(badge().text, CREDENTIALS.believed())
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["issuer"]["name"] == "Sở Nội vụ"
    assert said["iss"] == said["issuer"]["id"]
    assert said["jti"] == said["id"] == FACTS["address"]
    assert said["credentialSubject"]["identifier"] == [
        {
            "type": "IdentityObject",
            "identityHash": "Nguyễn Thị Ngọc Quỳnh",
            "identityType": "name",
            "hashed": False,
        }
    ]
    assert said["credentialSubject"]["achievement"]["humanCode"] == "DS03"
    assert (said["validFrom"], said["validUntil"]) == ("2026-11-25T08:00:00Z", "2028-11-24T16:59:59Z")
    assert said["credentialStatus"]["statusListIndex"] == "4711"
    assert said["credentialStatus"]["statusListCredential"].endswith("/credentials/status/1")


def test_neither_birth_date_nor_post_is_in_it():
    said = str(opened(badge().text, CREDENTIALS.believed()))
    assert "1990" not in said
    assert "Chuyên viên" not in said
    assert "validUntil" not in str(opened(badge(valid_until=None).text, CREDENTIALS.believed()))


def test_the_key_it_names_is_in_the_key_set():
    made = badge()
    assert made.key in [key["kid"] for key in key_set()["keys"]]


def test_any_turned_bit_is_seen():
    text, keys, chance = badge().text.encode(), CREDENTIALS.believed(), random.Random(11)
    for _turn in range(400):
        place = chance.randrange(len(text))
        turned = text[:place] + bytes([text[place] ^ 1 << chance.randrange(8)]) + text[place + 1 :]
        with pytest.raises(NotSigned):
            opened(turned.decode("latin-1"), keys)
    assert opened(text.decode(), keys)["id"] == FACTS["address"]


def test_a_key_used_before_is_believed_only_while_the_settings_say_so(settings):
    made = badge()
    import base64

    old = base64.b64encode(CREDENTIALS.signing_key().public_key().public_bytes_raw()).decode()
    settings.SIGNING_CREDENTIAL_KEY = base64.b64encode(b"\7" * 32).decode()
    with pytest.raises(NotSigned):
        opened(made.text, CREDENTIALS.believed())
    settings.SIGNING_CREDENTIAL_OLD_KEYS = [old]
    assert opened(made.text, CREDENTIALS.believed())["id"] == FACTS["address"]


def test_the_status_list_has_one_bit_a_credential_and_the_first_is_leftmost():
    chance = random.Random(5)
    chosen = {0, LIST_LENGTH - 1, *(chance.randrange(LIST_LENGTH) for _ in range(50))}
    said = opened(status_list(1, chosen, at=datetime(2026, 11, 25, 8, tzinfo=UTC)), CREDENTIALS.believed())
    text = said["credentialSubject"]["encodedList"]
    assert text[0] == "u"
    assert all(is_set(text, index) for index in chosen)
    assert sum(is_set(text, index) for index in range(0, LIST_LENGTH, 97)) == len(
        [index for index in chosen if index % 97 == 0]
    )
    assert not is_set(encoded([]), 0)
