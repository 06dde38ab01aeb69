"""One certificate as a credential: what was achieved, by whom, from whom; never a birth date or personal number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from certificates.credentials.issuer import BADGES, CREDENTIALS_2, issuer_address, key_address, site
from certificates.credentials.status import status_address
from lms.base.bundle import signed
from lms.base.keyring import CREDENTIALS

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ACHIEVEMENTS = {"giay_chung_nhan": "CertificateOfCompletion", "chung_chi": "Certificate"}


@dataclass(frozen=True)
class Badge:
    """A credential: the text the holder keeps, and which key signed it."""

    text: str
    key: str


def badge_of(
    facts: Mapping[str, Any], *, agency_id: int, facts_sha256: str, file_sha256: str, place: tuple[int, int]
) -> Badge:
    """Return the credential of a certificate from its frozen facts; `place` is the status list and the bit in it.

    The name stands in it as plain text: it is printed on the paper and shown on the public page, a hash of a name
    is guessed from a list of names, and whoever is shown the credential must see whose it is.
    """
    key = CREDENTIALS.signing_key()
    credential = _credential(facts, agency_id, facts_sha256, file_sha256, place)
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    public = key.public_key()
    return Badge(
        signed({**credential, **claims}, key, kid=key_address(public), typ="JWT"), key_address(public)
    )


def _credential(
    facts: Mapping[str, Any], agency_id: int, facts_sha256: str, file_sha256: str, place: tuple[int, int]
) -> dict[str, Any]:
    course, address = facts["course"], facts["address"]
    found = {
        "@context": [CREDENTIALS_2, BADGES],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": course["name"],
        "issuer": {
            "id": issuer_address(agency_id),
            "type": ["Profile"],
            "name": facts["issuer"]["name"],
            "url": site(),
        },
        "validFrom": _instant(datetime.fromisoformat(facts["issued_at"])),
        "credentialSubject": _subject(facts),
        "credentialStatus": _status(place),
        "evidence": [
            {
                "id": address,
                "type": ["Evidence"],
                "name": f"{facts['serial']}",
                "narrative": f"PDF SHA-256 {file_sha256}; facts SHA-256 {facts_sha256}",
            }
        ],
    }
    if facts.get("valid_until"):
        last = date.fromisoformat(facts["valid_until"])
        found["validUntil"] = _instant(
            datetime.combine(last + timedelta(days=1), time(), VIETNAM) - timedelta(seconds=1)
        )
    return found


def _subject(facts: Mapping[str, Any]) -> dict[str, Any]:
    course = facts["course"]
    dates = {
        "activityStartDate": _day(course["started_on"]),
        "activityEndDate": _day(course["completed_on"]),
    }
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityHash": facts["person"]["name"],
                "identityType": "name",
                "hashed": False,
            }
        ],
        **{name: value for name, value in dates.items() if value},
        "achievement": {
            "id": f"{site()}/credentials/achievements/{course['code']}/{course['version'] or 0}",
            "type": ["Achievement"],
            "achievementType": ACHIEVEMENTS[facts["kind"]],
            "humanCode": course["code"],
            "name": course["name"],
            "description": f"{course['name']}: {course['hours']} tiết, hình thức {course['form']}.",
            "criteria": {"narrative": f"Kết quả: {course['result']}."},
            "inLanguage": "vi",
        },
    }


def _status(place: tuple[int, int]) -> dict[str, str]:
    number, index = place
    return {
        "id": f"{status_address(number)}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": status_address(number),
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(text: str | None) -> str:
    return _instant(datetime.combine(date.fromisoformat(text), time(), VIETNAM)) if text else ""


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
