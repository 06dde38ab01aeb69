"""The agencies: Tiền Giang and the old Đồng Tháp to 30/06/2025, the new Đồng Tháp from 01/07/2025.

Names and codes of the former units are those of their last day; history before 2016 is left out.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import vietnam_provinces

DATA = Path(__file__).resolve().parent.parent / "data"
HISTORY_FROM = date(2016, 1, 1)
DEPARTMENTS_MERGED = date(2025, 3, 1)
# Nghị quyết 202/2025/QH15 (provinces) and 1663/NQ-UBTVQH15 (communes); districts end the same day.
PROVINCES_MERGED = date(2025, 7, 1)
NEW_PROVINCE = 82
COLUMNS = (
    "code",
    "name",
    "level",
    "kind",
    "parent_code",
    "valid_from",
    "valid_to",
    "successor_code",
    "place_name",
)


@dataclass(frozen=True)
class Unit:
    """An agency as a row of the sheet."""

    code: str
    name: str
    level: str
    kind: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    successors: tuple[str, ...]
    place_name: str

    @property
    def is_split(self) -> bool:
        """Whether its staff must be placed one by one."""
        return len(self.successors) > 1

    @property
    def former_province(self) -> str:
        """Which of the two provinces it belonged to before the merger, by statistics code; else empty."""
        if self.valid_from >= PROVINCES_MERGED:
            return ""
        return "87" if self.code.startswith(("DT-", "86", "87", "29", "30")) else "82"

    def row(self) -> dict[str, str]:
        """Return the row of the sheet."""
        return {
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "kind": self.kind,
            "parent_code": self.parent_code,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
            "successor_code": ";".join(self.successors),
            "place_name": self.place_name,
        }


@cache
def units() -> tuple[Unit, ...]:
    """Return every agency of the sheet, provinces first."""
    former = tuple(_former_communes())
    districts = _communes_of_districts(former)
    offices = tuple(_offices(districts))
    return (*offices, *former, *_communes_of_today())


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as sheet:
        yield from csv.DictReader(sheet)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _offices(districts: dict[str, tuple[str, ...]]) -> Iterator[Unit]:
    for row in _read("agencies.csv"):
        successors = tuple(filter(None, row["successor_code"].split(";")))
        if row["level"] == "district" and row["valid_to"] == PROVINCES_MERGED.isoformat():
            # A district's staff went to its communes, each by a decision: a split.
            successors = districts[row["code"]]
        yield Unit(
            row["code"],
            row["name"],
            row["level"],
            row["kind"],
            row["parent_code"],
            date.fromisoformat(row["valid_from"]),
            _day(row["valid_to"]),
            successors,
            row["place_name"],
        )


def _former_communes() -> Iterator[Unit]:
    for row in _read("communes_to_2025.csv"):
        kind, place = split_type(row["name"])
        yield Unit(
            row["code"],
            row["name"],
            "commune",
            kind,
            row["district_code"],
            date.fromisoformat(row["valid_from"]),
            _day(row["valid_to"]),
            tuple(row["successor_code"].split(";")),
            place,
        )


def _communes_of_districts(communes: tuple[Unit, ...]) -> dict[str, tuple[str, ...]]:
    heirs: dict[str, dict[str, None]] = {}
    for commune in communes:
        if commune.valid_to == PROVINCES_MERGED:
            heirs.setdefault(commune.parent_code, {}).update(dict.fromkeys(commune.successors))
    return {code: tuple(found) for code, found in heirs.items()}


def _communes_of_today() -> Iterator[Unit]:
    for ward in _official_wards():
        kind, place = split_type(ward["name"])
        yield Unit(
            f"{ward['code']:05d}",
            ward["name"],
            "commune",
            kind,
            str(NEW_PROVINCE),
            PROVINCES_MERGED,
            None,
            (),
            place,
        )


def _official_wards() -> list[dict[str, Any]]:
    provinces = json.loads(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    return next(province["wards"] for province in provinces if province["code"] == NEW_PROVINCE)


def split_type(name: str) -> tuple[str, str]:
    """Return the type word and the bare name: "Thị trấn", "Cái Bè"."""
    for kind in ("Thành phố", "Thị xã", "Thị trấn", "Phường", "Huyện", "Xã"):
        if name.startswith(f"{kind} "):
            return kind, name.removeprefix(f"{kind} ")
    return "", name
