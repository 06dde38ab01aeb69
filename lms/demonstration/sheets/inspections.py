"""The inspections sheet: 2022 to 2026, of every class, growing more digital from year to year."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lms.demonstration.sheets.agencies import PROVINCES_MERGED, units
from lms.demonstration.sheets.chance import chance, weighted, working_day

COLUMNS = (
    "inspection_code",
    "lead_code",
    "member_codes",
    "kind",
    "status",
    "completed_on",
    "method",
    "secret",
    "field",
    "subject_id",
    "subject_name",
    "subject_kind",
    "steps",
    "decision_no",
)
LAST_DAY = date(2026, 11, 10)
PER_YEAR = {2022: 14, 2023: 16, 2024: 20, 2025: 26, 2026: 26}
# Chances of a case wholly digital, mixed and on paper.
CLASSES = {
    2022: (0.1, 0.25, 0.65),
    2023: (0.2, 0.35, 0.45),
    2024: (0.38, 0.37, 0.25),
    2025: (0.55, 0.27, 0.18),
    2026: (0.66, 0.22, 0.12),
}
DIGITAL, MIXED, PAPER = ("DDDDD", "DDDDN"), ("DPDDD", "DDDPD", "PDDDD", "DDPPD", "DDDPN"), ("PPPPP", "PPPPN")
RUNNING = {
    "PLANNED": "DNNNN",
    "IN_PROGRESS": "DDDNN",
    "SUSPENDED": "DDNNN",
    "TERMINATED": "DDNNN",
    "CANCELLED": "DNNNN",
}


@dataclass(frozen=True)
class Field:
    """What is inspected, by whom, at what sort of subject."""

    lead: str
    name: str
    subject_kinds: tuple[str, ...]


FIELDS = (
    Field("SCT", "Kinh doanh xăng dầu", ("DN", "HKD")),
    Field("SCT", "An toàn hóa chất", ("DN",)),
    Field("CCATTP", "An toàn thực phẩm", ("DN", "HKD", "CNKD")),
    Field("SYT", "Hành nghề khám bệnh, chữa bệnh", ("DN", "HKD")),
    Field("SNV", "Công vụ và cải cách hành chính", ("CQNN",)),
    Field("SKHCN", "An toàn thông tin", ("CQNN", "DN")),
    Field("SKHCN", "Đo lường, chất lượng hàng hóa", ("DN", "HKD")),
    Field("SGDDT", "Tuyển sinh, thu chi trong trường học", ("CQNN", "OTHER")),
    Field("SXD", "Trật tự xây dựng", ("DN", "CNKD")),
    Field("SNNMT", "Vật tư nông nghiệp", ("DN", "HKD")),
    Field("SVHTTDL", "Cơ sở lưu trú du lịch", ("DN", "HKD")),
)
COMMUNE_FIELDS = (
    Field("", "An toàn thực phẩm", ("HKD", "CNKD")),
    Field("", "Trật tự xây dựng", ("HKD", "CNKD")),
    Field("", "Vệ sinh môi trường", ("HKD",)),
)
TRADES = (
    "Xăng dầu",
    "Nông sản",
    "Dược phẩm",
    "Thực phẩm",
    "Vật tư nông nghiệp",
    "Xây dựng",
    "Thủy sản",
    "Du lịch",
    "Thương mại",
    "Bao bì",
)
OWN_NAMES = (
    "Sông Xanh",
    "Bần Quỳ",
    "Cù Lao Mới",
    "Nắng Hạ",
    "Lúa Vàng Chín",
    "Sen Trắng",
    "Phù Sa Mới",
    "Gió Chướng",
    "Thuận Dòng",
    "Bến Mơ",
    "Trái Ngọt",
    "Mây Chiều",
)
SHOPS = ("Quán ăn", "Cửa hàng", "Cơ sở sản xuất", "Tiệm thuốc", "Nhà nghỉ", "Đại lý")
SHOP_NAMES = ("Bảy Thơm", "Út Hiền", "Tư Lành", "Ba Khía", "Năm Dừa", "Hai Lúa", "Chín Muối", "Sáu Sen")


def inspection_rows() -> Iterator[dict[str, str]]:
    """Yield one row an inspected subject."""
    for year, count in PER_YEAR.items():
        source = chance("inspections", year)
        for number in range(1, count + 1):
            yield from _case(year, number, source)
    yield from _unusual()


def _case(year: int, number: int, source: random.Random) -> Iterator[dict[str, str]]:
    day = working_day(source, date(year, 1, 15), min(date(year, 12, 20), LAST_DAY))
    lead, field = _lead(day, source)
    base = _blank(f"KT-{year}-{number:03d}", lead) | {
        "status": "COMPLETED",
        "completed_on": day.isoformat(),
        "field": field.name,
        "decision_no": f"{source.randint(20, 900)}/QĐ-{'UBND' if lead.isdigit() else lead.removeprefix('TG-')}",
    }
    steps = source.choice(weighted(source, list(zip((DIGITAL, MIXED, PAPER), CLASSES[year], strict=True))))
    if steps in DIGITAL and source.random() < 0.45:
        base["method"] = "REMOTE"
    if source.random() < 0.12 and not lead.isdigit():
        base["member_codes"] = ";".join(_members(lead, day))
    for place in range(source.choice((1, 1, 1, 2, 3))):
        kind = source.choice(field.subject_kinds)
        yield base | _subject(kind, base["inspection_code"], place, source) | {"steps": steps}


def _lead(day: date, source: random.Random) -> tuple[str, Field]:
    today = day >= PROVINCES_MERGED
    if source.random() < (0.3 if today else 0.12):
        return _commune(day, source), source.choice(COMMUNE_FIELDS)
    field = source.choice(FIELDS)
    if today:
        return field.lead, field
    lead = f"TG-{field.lead}"
    if field.lead == "SNNMT" and day < date(2025, 3, 1):
        lead = "TG-SNNPTNT"
    return lead, field


def _commune(day: date, source: random.Random) -> str:
    choices = [
        unit.code
        for unit in units()
        if unit.level == "commune"
        and unit.former_province != "87"
        and unit.valid_from <= day
        and (unit.valid_to is None or day < unit.valid_to)
    ]
    return source.choice(choices)


def _members(lead: str, day: date) -> list[str]:
    prefix = "" if day >= PROVINCES_MERGED else "TG-"
    return [code for code in (f"{prefix}SYT", f"{prefix}SCT") if code != lead]


def _blank(code: str, lead: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {
        "inspection_code": code,
        "lead_code": lead,
        "kind": "KT",
        "method": "ONSITE",
        "secret": "no",
    }


def _subject(kind: str, code: str, place: int, source: random.Random) -> dict[str, str]:
    if kind == "CQNN":
        unit = source.choice([u for u in units() if u.valid_to is None and u.kind != "Tỉnh"])
        return {"subject_id": unit.code, "subject_name": unit.name, "subject_kind": kind}
    # Tax codes of this province start with 12 or 14; none starts with 99.
    number = f"99{chance('subject', code, place).randrange(10**8):08d}"
    name = f"{source.choice(SHOPS)} {source.choice(SHOP_NAMES)}"
    if kind == "DN":
        name = f"Công ty TNHH {source.choice(TRADES)} {source.choice(OWN_NAMES)}"
    return {"subject_id": number, "subject_name": name, "subject_kind": kind}


def _unusual() -> Iterator[dict[str, str]]:
    """Yield the cases that stand beside the rate: running, stopped, thanh tra, Party, secret."""
    source = chance("unusual")
    for number, (status, steps) in enumerate(RUNNING.items(), start=1):
        field = FIELDS[number]
        row = _blank(f"KT-2026-9{number:02d}", field.lead) | {
            "status": status,
            "field": field.name,
            "steps": steps,
        }
        if status == "TERMINATED":
            row["completed_on"] = "2026-09-15"
        yield row | _subject(field.subject_kinds[0], row["inspection_code"], 0, source)
    for number, (kind, lead) in enumerate(
        (("TT", "TTT"), ("TT", "TTT"), ("DANG", "82"), ("DANG", "82")), start=1
    ):
        row = _blank(f"{kind}-2026-{number:02d}", lead) | {
            "kind": kind,
            "status": "COMPLETED",
            "steps": "PPPPP",
        }
        row |= {"completed_on": f"2026-0{number + 2}-20", "field": "Quản lý tài chính, ngân sách"}
        yield row | _subject("CQNN", row["inspection_code"], 0, source)
    for number, day in enumerate(("2025-10-08", "2026-04-22"), start=1):
        secret = {"status": "COMPLETED", "completed_on": day, "secret": "yes"}
        yield _blank(f"KT-MAT-{number:02d}", "SKHCN") | secret
