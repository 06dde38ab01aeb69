"""Positions, categories and ranks as agencies of each kind have them."""

import random
from dataclasses import dataclass

from lms.demonstration.sheets.agencies import PROVINCES_MERGED, Unit
from lms.demonstration.sheets.chance import weighted

CV, CVC, CVCC, CS = (
    "Chuyên viên (01.003)",
    "Chuyên viên chính (01.002)",
    "Chuyên viên cao cấp (01.001)",
    "Cán sự (01.004)",
)


@dataclass(frozen=True)
class Title:
    """What somebody is at an agency."""

    position: str
    category: str
    rank: str = ""
    leads: bool = False


DRIVER = Title("Nhân viên hợp đồng (lái xe, bảo vệ)", "HD")
DEPARTMENT_LEADERS = (
    Title("Giám đốc Sở", "CC", CVCC, leads=True),
    Title("Phó Giám đốc Sở", "CC", CVC, leads=True),
    Title("Phó Giám đốc Sở", "CC", CVC, leads=True),
)
DEPARTMENT_STAFF = (
    (Title("Trưởng phòng", "CC", CVC), 1.4),
    (Title("Phó Trưởng phòng", "CC", CV), 1.6),
    (Title("Chuyên viên", "CC", CV), 6.0),
    (Title("Văn thư", "CC", CS), 0.6),
    (DRIVER, 0.8),
)
OFFICE_LEADERS = (
    Title("Chánh Văn phòng", "CC", CVCC, leads=True),
    Title("Phó Chánh Văn phòng", "CC", CVC, leads=True),
)
BODY_LEADERS = {
    "Thanh tra": (Title("Chánh Thanh tra", "CC", CVCC, leads=True), Title("Phó Chánh Thanh tra", "CC", CVC, leads=True)),
    "Ban quản lý": (Title("Trưởng ban", "CC", CVCC, leads=True), Title("Phó Trưởng ban", "CC", CVC, leads=True)),
    "Mặt trận, đoàn thể": (Title("Chủ tịch", "CB", "", leads=True), Title("Phó Chủ tịch", "CB", "", leads=True)),
    "Chi cục": (Title("Chi cục trưởng", "CC", CVC, leads=True), Title("Phó Chi cục trưởng", "CC", CVC, leads=True)),
    "Văn phòng": OFFICE_LEADERS,
}  # fmt: skip
DISTRICT_LEADERS = (
    Title("Chủ tịch UBND", "CB", "", leads=True),
    Title("Phó Chủ tịch UBND", "CB", "", leads=True),
    Title("Chánh Văn phòng HĐND và UBND", "CC", CVC),
)
DISTRICT_STAFF = (
    (Title("Trưởng phòng Nội vụ", "CC", CVC), 0.5),
    (Title("Trưởng phòng Tài chính - Kế hoạch", "CC", CVC), 0.5),
    (Title("Phó Trưởng phòng", "CC", CV), 1.0),
    (Title("Chuyên viên", "CC", CV), 5.0),
    (Title("Viên chức Trung tâm Văn hóa - Thể thao và Truyền thanh", "VC", ""), 1.5),
    (DRIVER, 0.6),
)
COMMUNE_LEADERS = (Title("Chủ tịch UBND", "CB", "", leads=True),)
COMMUNE_STAFF = (
    (Title("Bí thư Đảng ủy", "CB", "", leads=True), 0.5),
    (Title("Phó Chủ tịch UBND", "CB", "", leads=True), 0.7),
    (Title("Công chức Văn phòng - thống kê", "CC", CV), 1.0),
    (Title("Công chức Tư pháp - hộ tịch", "CC", CV), 1.0),
    (Title("Công chức Địa chính - nông nghiệp - xây dựng và môi trường", "CC", CV), 0.9),
    (Title("Công chức Tài chính - kế toán", "CC", CV), 0.8),
    (Title("Công chức Văn hóa - xã hội", "CC", CV), 0.9),
    (Title("Người hoạt động không chuyên trách", "KCT"), 0.8),
)
# Commune after 01/07/2025: its rooms by name (domain: model of two-level government).
NEW_COMMUNE_STAFF = (
    (Title("Chuyên viên Văn phòng HĐND và UBND", "CC", CV), 1.0),
    (Title("Chuyên viên Phòng Kinh tế", "CC", CV), 1.0),
    (Title("Chuyên viên Phòng Văn hóa - Xã hội", "CC", CV), 1.0),
    (Title("Chuyên viên Trung tâm Phục vụ hành chính công", "CC", CV), 1.0),
    (Title("Viên chức Trung tâm Dịch vụ tổng hợp", "VC", ""), 0.8),
)
UNIT_TITLES = {
    "Bệnh viện": (("Giám đốc Bệnh viện", "V.08.01.02"), (("Bác sĩ", "V.08.01.03"), ("Điều dưỡng", "V.08.05.12"))),
    "Trường THPT": (("Hiệu trưởng", "V.07.05.14"), (("Giáo viên", "V.07.05.15"), ("Giáo viên", "V.07.05.14"))),
    "Trường Chính trị": (("Hiệu trưởng", "V.07.01.02"), (("Giảng viên", "V.07.01.03"), ("Giảng viên chính", "V.07.01.02"))),
    "Trung tâm": (("Giám đốc Trung tâm", "V.11.06.13"), (("Viên chức công nghệ thông tin", "V.11.06.14"), ("Quản trị viên hệ thống", "V.11.06.14"))),
}  # fmt: skip
# What the heads of merged agencies become, in the order in which they are placed.
DEPARTMENT_SEATS = (*DEPARTMENT_LEADERS, *(Title("Phó Giám đốc Sở", "CC", CVC, leads=True),) * 3)


def leaders(unit: Unit) -> tuple[Title, ...]:
    """Return the seats at the head of an agency, first seat first."""
    if unit.level == "commune":
        return COMMUNE_LEADERS
    if unit.level == "district":
        return DISTRICT_LEADERS
    if unit.kind == "Đơn vị sự nghiệp":
        position, rank = _unit_titles(unit)[0]
        return (Title(position, "VC", rank, leads=True),)
    return BODY_LEADERS.get(unit.kind, DEPARTMENT_LEADERS)


def staff_title(unit: Unit, source: random.Random) -> Title:
    """Return an ordinary position of the agency."""
    if unit.kind == "Đơn vị sự nghiệp":
        position, rank = source.choice(_unit_titles(unit)[1])
        return Title(position, "VC", rank)
    if unit.level == "district":
        return weighted(source, DISTRICT_STAFF)
    if unit.level == "commune":
        return weighted(source, NEW_COMMUNE_STAFF if unit.valid_from >= PROVINCES_MERGED else COMMUNE_STAFF)
    return weighted(source, DEPARTMENT_STAFF)


def seats_after_merger(unit: Unit) -> tuple[Title, ...]:
    """Return the seats that the heads of merged agencies find in their successor."""
    if unit.level != "commune":
        first = leaders(unit)
        return DEPARTMENT_SEATS if first == DEPARTMENT_LEADERS else (*first, *first[-1:] * 4)
    economy = "Kinh tế, Hạ tầng và Đô thị" if unit.kind == "Phường" else "Kinh tế"
    return (
        Title("Chủ tịch UBND", "CB", "", leads=True),
        Title("Bí thư Đảng ủy", "CB", "", leads=True),
        Title("Phó Chủ tịch UBND", "CB", "", leads=True),
        Title("Phó Chủ tịch HĐND", "CB", "", leads=True),
        Title("Phó Chủ tịch UBND", "CB", "", leads=True),
        Title("Chánh Văn phòng HĐND và UBND", "CC", CVC),
        Title(f"Trưởng phòng {economy}", "CC", CVC),
        Title("Trưởng phòng Văn hóa - Xã hội", "CC", CVC),
        Title("Giám đốc Trung tâm Phục vụ hành chính công", "CC", CVC),
        Title(f"Phó Trưởng phòng {economy}", "CC", CV),
    )


def _unit_titles(unit: Unit) -> tuple[tuple[str, str], tuple[tuple[str, str], ...]]:
    return next(found for start, found in UNIT_TITLES.items() if unit.name.startswith(start))
