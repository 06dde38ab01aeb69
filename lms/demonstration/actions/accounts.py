"""One account for each role, and the list of them for the sign-in page."""

import json
from pathlib import Path

from lms.demonstration.actions.places import agency_of
from lms.demonstration.sheets.agencies import PROVINCES_MERGED
from lms.demonstration.sheets.cast import Player, cast
from lms.people.actions.accounts import set_password
from lms.people.actions.roles import grant_role
from lms.people.models import Person
from lms.people.roles import ROLES

PASSWORD = "song-tien-2026"  # noqa: S105 (printed on the sign-in page of the demonstration)
LEARNER = "Người học"
ROLE_NAMES = {
    "learner": LEARNER,
    "hr_officer": "Nhân sự đơn vị",
    "provincial_hr": "Nhân sự cấp tỉnh",
    "author": "Tác giả khóa học",
    "trainer": "Giảng viên",
    "inspector": "Trưởng đoàn kiểm tra",
    "agency_head": "Lãnh đạo cơ quan",
    "registry_clerk": "Văn thư",
    "auditor": "Người giám sát",
    "administrator": "Quản trị hệ thống",
}


def open_accounts(folder: Path) -> str:
    """Give the players passwords and roles, list them for the sign-in page; return what was done."""
    fresh = [person for player in cast() if (person := _prepare(player))]
    set_password(people=fresh, password=PASSWORD, by=None)
    listed = [_entry(player) for player in cast()]
    (folder / "accounts.json").write_text(
        json.dumps(listed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return f"accounts: {len(fresh)} opened, {len(listed)} listed"


def player_of(role: str) -> Person:
    """Return the person who plays a role."""
    number = next(player.career.number for player in cast() if player.role == role)
    return Person.objects.get(code=number)


def _prepare(player: Player) -> Person | None:
    """Give the role; return the person if a password is still to be set."""
    person = Person.objects.get(code=player.career.number)
    if player.role in ROLES:
        agency = agency_of(player.scope) if player.scope else None
        grant_role(person=person, role=player.role, agency=agency, valid_from=PROVINCES_MERGED, by=None)
    return None if person.has_usable_password() else person


def _entry(player: Player) -> dict[str, str]:
    career = player.career
    return {
        "role": ROLE_NAMES[player.role],
        "email": career.email,
        "password": PASSWORD,
        "name": career.name,
        "note": f"{career.name}. {player.note}",
    }
