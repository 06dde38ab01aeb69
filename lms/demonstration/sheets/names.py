"""Invented names of people, in the proportions of the Mekong delta."""

import random
from datetime import date

from lms.demonstration.sheets.chance import weighted

FAMILIES = (
    ("Nguyễn", 30.0), ("Trần", 11.5), ("Lê", 9.5), ("Huỳnh", 6.5), ("Phạm", 6.0), ("Võ", 5.0), ("Phan", 4.5),
    ("Trương", 2.6), ("Bùi", 2.2), ("Đặng", 2.2), ("Hồ", 2.0), ("Dương", 1.8), ("Ngô", 1.7), ("Đỗ", 1.3),
    ("Lâm", 1.2), ("Đoàn", 1.2), ("Mai", 1.0), ("Lý", 0.9), ("Cao", 0.9), ("Đinh", 0.8), ("Thái", 0.7),
    ("Hà", 0.6), ("Châu", 0.6), ("Tô", 0.5), ("Lưu", 0.6), ("Tạ", 0.4), ("Kiều", 0.3), ("Quách", 0.2),
)  # fmt: skip
MALE_MIDDLES = (
    ("Văn", 26.0), ("Hữu", 6.0), ("Thanh", 8.0), ("Minh", 9.0), ("Hoàng", 6.0), ("Quốc", 6.0), ("Công", 3.0),
    ("Đức", 3.0), ("Tấn", 5.0), ("Trung", 3.0), ("Ngọc", 3.0), ("Phước", 3.0), ("Thành", 4.0), ("Nhựt", 2.0),
    ("Chí", 3.0), ("Trọng", 2.0), ("Anh", 2.0), ("Hoài", 1.0), ("Huỳnh Minh", 0.7), ("Trần Hoàng", 0.5),
)  # fmt: skip
FEMALE_MIDDLES = (
    ("Thị", 26.0), ("Thị Ngọc", 6.0), ("Thị Kim", 6.0), ("Thị Thanh", 6.0), ("Thị Mỹ", 5.0), ("Thị Hồng", 5.0),
    ("Thị Bích", 3.0), ("Thị Thu", 4.0), ("Ngọc", 6.0), ("Kim", 4.0), ("Thanh", 4.0), ("Bích", 2.0),
    ("Mỹ", 2.0), ("Thùy", 3.0), ("Cẩm", 2.0), ("Phương", 3.0), ("Huỳnh", 1.5), ("Ngọc Phương", 0.8),
)  # fmt: skip
MALE_GIVEN = (
    "Hùng Dũng Tuấn Minh Phúc Tài Lộc Khoa Duy Phong Nghĩa Trung Thành Hiếu Nhân Đạt Quang Thắng Tâm Bình An"
    " Sơn Long Hải Toàn Vinh Khánh Huy Kiệt Thịnh Phát Tú Cường Hậu Luân Nhựt Bảo Tiến Đông Khang Lợi Hòa"
    " Phước Triết Vũ Linh Nam Tân Thuận"
)
FEMALE_GIVEN = (
    "Hạnh Lan Hương Thảo Trang Linh Ngân Như Trâm Vy Ngọc Thủy Hoa Mai Yến Nga Loan Phượng Diễm Thúy Hằng"
    " Dung Liên Tuyết Xuân Oanh Nhung Quyên Thư Trinh Tiên Vân Huệ Giang Châu My Duyên Nhi Kiều Đào Trúc"
    " Nguyệt Thoa Thắm Chi Hà Phương"
)
# No province bears place code 099, so none of these numbers can be a real person's (domain: 3 digits
# of place, 1 of century and sex, 2 of birth year, 6 of order).
PLACE_CODE = "099"


def full_name(source: random.Random, *, female: bool) -> str:
    """Return family, middle and given name."""
    family = weighted(source, FAMILIES)
    middle = weighted(source, FEMALE_MIDDLES if female else MALE_MIDDLES)
    given = source.choice((FEMALE_GIVEN if female else MALE_GIVEN).split())
    if given in middle.split():
        given = "Duyên" if female else "Trí"
    return f"{family} {middle} {given}"


def personal_number(birth: date, order: int, *, female: bool) -> str:
    """Return an invented 12-digit number that agrees with sex and year of birth."""
    century_and_sex = (2 if birth.year >= 2000 else 0) + int(female)
    return f"{PLACE_CODE}{century_and_sex}{birth.year % 100:02d}{order:06d}"
