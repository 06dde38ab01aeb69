"""The words of a template: lines with named fields, which fields there are, and what is wrong with a text.

A part between two dots (·) whose fields are all empty is left out, and so is a line that loses all its parts.
A line that is only {ho_ten} or only {ten_khoa} is set large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.states import Kind

NAME, COURSE, LEAD, TEXT = "name", "course", "lead", "text"
LARGE = {"{ho_ten}": NAME, "{ten_khoa}": COURSE}
FIELD = re.compile(r"\{([^{}]*)\}")
DOT = "  ·  "

FIELDS: Mapping[str, Promise | str] = {
    "ho_ten": gettext_lazy("full name, in capitals"),
    "danh_xung": gettext_lazy("Mr or Ms, as the record says"),
    "ngay_sinh": gettext_lazy("date of birth"),
    "chuc_vu": gettext_lazy("position on the day of completion"),
    "don_vi": gettext_lazy("agency on the day of completion"),
    "chuc_vu_don_vi": gettext_lazy("position and agency, with a comma"),
    "ten_khoa": gettext_lazy("name of the course"),
    "ma_khoa": gettext_lazy("code of the course"),
    "so_tiet": gettext_lazy("number of periods of 45 minutes"),
    "hinh_thuc": gettext_lazy("form of study"),
    "tu_ngay": gettext_lazy("first day"),
    "den_ngay": gettext_lazy("last day"),
    "thoi_gian": gettext_lazy("from … to …, or the day of completion alone"),
    "ket_qua": gettext_lazy("result with the score"),
    "co_gia_tri_den": gettext_lazy("last day of validity, empty where it does not end"),
    "co_quan_cap": gettext_lazy("issuing agency"),
    "so_hieu": gettext_lazy("serial number"),
    "so_vao_so": gettext_lazy("number in the register"),
}
# What may be left out though the wording names it, and what stands outside the wording.
HIDABLE: Mapping[str, Promise | str] = {
    **{
        name: FIELDS[name]
        for name in ("ngay_sinh", "chuc_vu", "don_vi", "hinh_thuc", "thoi_gian", "ket_qua", "co_gia_tri_den")
    },
    "ma_ngan": gettext_lazy("short code to type"),
    "dia_chi": gettext_lazy("address under the square code"),
}
NEEDED = ("ho_ten", "ten_khoa")

TITLES = {Kind.ATTENDANCE: "GIẤY CHỨNG NHẬN", Kind.TRAINING: "CHỨNG CHỈ BỒI DƯỠNG"}
TITLES_EN = {Kind.ATTENDANCE: "CERTIFICATE OF COMPLETION", Kind.TRAINING: "TRAINING CERTIFICATE"}
LINES = """\
Chứng nhận {danh_xung}:
{ho_ten}
Ngày sinh: {ngay_sinh}  ·  {chuc_vu_don_vi}
Đã hoàn thành {loai_khoa}
{ten_khoa}
Thời lượng: {so_tiet} tiết  ·  Hình thức: {hinh_thuc}  ·  {thoi_gian}
Kết quả: {ket_qua}  ·  Có giá trị đến hết ngày {co_gia_tri_den}"""
LINES_EN = """\
This is to certify that {danh_xung}
{ho_ten}
Date of birth: {ngay_sinh}  ·  {chuc_vu_don_vi}
has completed {loai_khoa}
{ten_khoa}
Duration: {so_tiet} periods of 45 minutes  ·  Form of study: {hinh_thuc}  ·  {thoi_gian}
Result: {ket_qua}  ·  Valid until {co_gia_tri_den}"""


def _standard(kind: Kind, course: str, course_en: str) -> Mapping[str, Any]:
    return {
        "title": TITLES[kind],
        "wording": LINES.replace("{loai_khoa}", course),
        "title_en": TITLES_EN[kind],
        "wording_en": LINES_EN.replace("{loai_khoa}", course_en),
    }


STANDARD: Mapping[Kind, Mapping[str, Any]] = {
    Kind.ATTENDANCE: _standard(Kind.ATTENDANCE, "khóa bồi dưỡng", "the course"),
    Kind.TRAINING: _standard(Kind.TRAINING, "chương trình bồi dưỡng", "the training programme"),
}


@dataclass(frozen=True)
class Line:
    """One line as it is printed: its words, and whether it is a large one, leads to one, or follows."""

    text: str
    role: str


def faults(text: str) -> Iterator[str]:
    """Say what is wrong with a wording, each with its line: unknown fields, braces left open, fields missing."""
    for number, line in enumerate(text.splitlines(), start=1):
        for name in FIELD.findall(line):
            if name not in FIELDS:
                yield _("Line %(line)s: there is no field {%(name)s}.") % {"line": number, "name": name}
        if re.search(r"[{}]", FIELD.sub("", line)):
            yield _("Line %(line)s: a brace { or } stands alone.") % {"line": number}
    for name in NEEDED:
        if f"{{{name}}}" not in text:
            yield _("The wording must name the field {%(name)s}.") % {"name": name}


def filled(text: str, values: Mapping[str, str]) -> list[Line | None]:
    """Return each line with its fields filled in; None in the place of a line that has nothing to say."""
    raw = [line.strip() for line in text.splitlines()]
    return [_line(raw, place, values) for place in range(len(raw))]


def _line(raw: list[str], place: int, values: Mapping[str, str]) -> Line | None:
    source = raw[place]
    parts = [_part(part, values) for part in source.split("·")]
    said = DOT.join(part for part in parts if part)
    if not said:
        return None
    following = raw[place + 1] if place + 1 < len(raw) else ""
    role = LARGE.get(source) or (LEAD if following in LARGE else TEXT)
    return Line(said.upper() if role == NAME else said, role)


def _part(part: str, values: Mapping[str, str]) -> str:
    names = FIELD.findall(part)
    if names and not any(values.get(name) for name in names):
        return ""
    return FIELD.sub(lambda found: values.get(found[1], ""), part).strip()
