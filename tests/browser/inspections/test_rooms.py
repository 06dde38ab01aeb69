"""The pages of the inspections stand in groups; each person sees those that their role opens."""

import os

import pytest

from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("role", "groups", "registers"),
    [
        ("inspector", ["Công việc", "Văn thư, sổ sách", "Tổng hợp"], False),
        ("registry_clerk", ["Công việc", "Văn thư, sổ sách", "Tổng hợp"], True),
        ("auditor", ["Công việc", "Tổng hợp"], False),
    ],
)
def test_who_opens_the_inspections_finds_their_pages_in_groups(visit, role, groups, registers):
    unit = agency("SCT", name="Sở Công Thương", parent=agency("82", name="Tỉnh Đồng Tháp"))
    visitor = visit(width=360, also=1440, who=person("Nguyễn Văn Giám", agency=unit, role=role))
    page = visitor.go("/inspections/")
    rooms = page.get_by_role("navigation", name="Các trang kiểm tra")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/rooms-{role}-360.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.screenshot(path=f"{folder}/rooms-{role}-1440.png", full_page=True)
    assert rooms.get_by_role("heading").all_inner_texts() == groups
    assert rooms.get_by_role("link", name="Văn bản chờ cấp số").is_visible() is registers
    addresses = [link.get_attribute("href") for link in rooms.get_by_role("link").all()]
    assert len(addresses) > len(groups)
    for address in addresses:
        assert page.request.get(visitor.address + address).status == 200
