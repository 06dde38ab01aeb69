"""What a certificate prints, and how it is to look: plain values, nothing else is needed to draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from certificates.codes import shown
from certificates.states import Ground, Kind, Language, PaperSize
from certificates.wording import STANDARD

FORMS_EN = {
    "Từ xa": "Distance learning",
    "Tập trung": "In class",
    "Bán tập trung": "Partly in class",
}
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SALUTATIONS_EN = {"Ông": "Mr", "Bà": "Ms", "Ông/Bà": "Mr/Ms"}


@dataclass(frozen=True)
class Signer:
    """One who signs: the lines above the signature, and the name below it."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Look:
    """What a version of a template decides."""

    title: str
    wording: str
    title_en: str = ""
    wording_en: str = ""
    language: str = Language.VIETNAMESE
    paper: str = PaperSize.A4_LANDSCAPE
    ground: str = Ground.RIVER
    hidden: tuple[str, ...] = ()
    logo: bytes = b""


def standard_look(kind: str) -> Look:
    """Return how a certificate of this kind looks where no template says otherwise."""
    return Look(**STANDARD[Kind(kind)])


@dataclass(frozen=True)
class Paper:
    """Everything a certificate prints. The same paper gives the same bytes."""

    kind: str
    superior: str
    issuer: str
    place: str
    issued_at: datetime
    issued_on: date
    salutation: str
    name: str
    birth_date: date | None
    position: str
    agency: str
    course: str
    hours: Decimal
    form: str
    started_on: date | None
    completed_on: date
    result: str
    signer_title: str
    signer_name: str
    serial: str
    register_number: str
    address: str
    course_code: str = ""
    valid_until: date | None = None
    short_code: str = ""
    signers: tuple[Signer, ...] = ()
    look: Look | None = None

    @property
    def style(self) -> Look:
        """How it is to look."""
        return self.look or standard_look(self.kind)

    @property
    def signing(self) -> tuple[Signer, ...]:
        """Who signs; where nobody is known, room is left under the words for the head of the agency."""
        found = self.signers or (Signer((self.signer_title,), self.signer_name),)
        return tuple(
            Signer(tuple(line for line in one.lines if line) or ("Thủ trưởng cơ quan",), one.name)
            for one in found
        )

    @property
    def short_code_shown(self) -> str:
        """The short code in groups; empty where the template leaves it out."""
        return "" if "ma_ngan" in self.style.hidden else shown(self.short_code)

    def values(self, language: str) -> Mapping[str, str]:
        """Return the named fields of the wording in Vietnamese or English; what is left out is empty."""
        hidden = self.style.hidden
        values = {name: value for name, value in self._said(language).items() if name not in hidden}
        both = (values.get("chuc_vu"), values.get("don_vi"))
        return {**values, "chuc_vu_don_vi": ", ".join(part for part in both if part)}

    def _said(self, language: str) -> dict[str, str]:
        english = language == Language.ENGLISH
        day = english_day if english else _day
        return {
            "ho_ten": self.name,
            "danh_xung": SALUTATIONS_EN.get(self.salutation, self.salutation) if english else self.salutation,
            "ngay_sinh": day(self.birth_date),
            "chuc_vu": self.position,
            "don_vi": self.agency,
            "ten_khoa": self.course,
            "ma_khoa": self.course_code,
            "so_tiet": f"{self.hours.normalize():f}"
            if english
            else f"{self.hours.normalize():f}".replace(".", ","),
            "hinh_thuc": FORMS_EN.get(self.form, self.form) if english else self.form,
            "tu_ngay": day(self.started_on),
            "den_ngay": day(self.completed_on),
            "thoi_gian": self._period(english),
            "ket_qua": _result_en(self.result) if english else self.result,
            "co_gia_tri_den": day(self.valid_until),
            "co_quan_cap": self.issuer,
            "so_hieu": self.serial,
            "so_vao_so": self.register_number,
        }

    def _period(self, english: bool) -> str:
        if english:
            first, last = english_day(self.started_on), english_day(self.completed_on)
            return f"From {first} to {last}" if first else f"Completed on {last}"
        first, last = _day(self.started_on), _day(self.completed_on)
        return f"Từ ngày {first} đến ngày {last}" if first else f"Hoàn thành ngày {last}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def english_day(day: date | None) -> str:
    """Return a day as English writes it, the month in letters: 05/11 is another day on each side of the ocean."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}" if day else ""


def _result_en(result: str) -> str:
    return result.replace("Đạt", "Passed").replace(" điểm", " points").replace(",", ".")
