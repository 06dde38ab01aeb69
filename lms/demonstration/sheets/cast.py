"""The people behind the demonstration accounts: one for each role."""

import csv
from dataclasses import dataclass
from datetime import date

from lms.demonstration.sheets.agencies import DATA
from lms.demonstration.sheets.careers import Career, Stint
from lms.demonstration.sheets.names import personal_number
from lms.demonstration.sheets.titles import Title

# Far above the running numbers of the other invented staff.
FIRST_ORDER = 900_001
DOMAIN = "songtien.example"


@dataclass(frozen=True)
class Player:
    """A person with an account, the role shown and the agency it is held at ("" = the whole province)."""

    role: str
    scope: str
    note: str
    career: Career


def cast() -> list[Player]:
    """Return the players, in the order in which the sign-in page lists them."""
    with (DATA / "cast.csv").open(encoding="utf-8", newline="") as sheet:
        return [_player(row, order) for order, row in enumerate(csv.DictReader(sheet), FIRST_ORDER)]


def _player(row: dict[str, str], order: int) -> Player:
    birth, female = date.fromisoformat(row["birth_date"]), row["gender"] == "female"
    title = Title(row["position"], row["category"], row["rank"])
    career = Career(
        number=personal_number(birth, order, female=female),
        name=row["full_name"],
        birth=birth,
        female=female,
        email=f"{row['email']}@{DOMAIN}",
        stints=[Stint(row["agency_code"], title, date.fromisoformat(row["post_from"]))],
    )
    return Player(row["role"], row["scope"], row["note"], career)
