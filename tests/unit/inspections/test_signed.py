"""Whose certificate signs for whom a document names."""

from types import SimpleNamespace

import pytest

from inspections.rules.signed import is_named

LONG = "Ban Quản lý Khu kinh tế và các khu công nghiệp trực thuộc Ủy ban nhân dân tỉnh Đồng Tháp"


@pytest.mark.parametrize(
    ("signer", "name", "same"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", True),
        ("NGUYỄN VĂN AN", "Nguyễn Văn An", True),
        ("Nguyễn Văn An (Giám đốc)", "Nguyễn Văn An", True),
        ("NGUYEN VAN AN", "Nguyễn Văn An", True),
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An", True),
        ("UBND phường Mỹ Tho", "Ủy ban nhân dân phường Mỹ Tho", True),
        ("UBND PHUONG MY THO", "Ủy ban nhân dân phường Mỹ Tho", True),
        ("UỶ BAN NHÂN DÂN PHƯỜNG MỸ THO", "Ủy ban nhân dân phường Mỹ Tho", True),
        ("Trần Thị Thuý", "Trần Thị Thúy", True),
        (LONG[:64], LONG, True),
        (LONG[:48], LONG, True),
        (LONG[:30], LONG, False),
        ("Ban Quản lý", LONG, False),
        (LONG[:50] + " Vĩnh Long", LONG, False),
        ("Nguyễn Văn Anh", "Nguyễn Văn An", False),
        ("Nguyễn Văn Ân", "Nguyễn Văn An", False),
        ("NGUYEN VAN ANH", "Nguyễn Văn An", False),
        ("Văn An", "Nguyễn Văn An", False),
        ("UBND phường Mỹ Thọ", "Ủy ban nhân dân phường Mỹ Tho", False),
        ("", "Nguyễn Văn An", False),
        ("Nguyễn Văn An", "", False),
    ],
)
def test_a_certificate_is_the_named_one_s(signer, name, same):
    assert is_named(SimpleNamespace(signer=signer), name) is same
