"""Journey: the registry's register turns a share of 75 % into 50 %, and the page says that it was reconciled."""

import os

import pytest

from inspections.models import Reconciliation
from lms.base.dates import today
from tests.factories.people import agency, person
from tests.factories.sheets import import_rows

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xuất nhập khẩu Cửu Long Mỹ Phước Tây"


@pytest.fixture
def lead():
    found = agency("SCT", name="Sở Công Thương", parent=agency("82", name="Tỉnh Đồng Tháp"))
    import_rows(
        "inspections",
        [
            {
                "inspection_code": f"SCT-{number}",
                "lead_code": "SCT",
                "status": "COMPLETED",
                "completed_on": f"{today():%d/%m/%Y}",
                "decision_no": f"{number}/QĐ-SCT",
                "subject_id": f"120034567{number}",
                "subject_name": LONG,
                "subject_kind": "DN",
                "steps": "PPPPP" if number == 4 else "DDDDD",
            }
            for number in range(1, 5)
        ],
    )
    return found


def register(folder) -> str:
    day = f"{today():%d/%m/%Y}"
    lines = ["Số ký hiệu,Ngày ban hành,Trích yếu,Ngày hoàn thành,Tên đối tượng,Loại đối tượng"]
    lines += [f"0{number}/QĐ-SCT,{day},Quyết định kiểm tra,,," for number in range(1, 5)]
    lines += [
        f"0{number}/QĐ-SCT,{day},Quyết định kiểm tra {LONG},{day},{LONG} {number},CQNN" for number in (5, 6)
    ]
    path = folder / "so-van-ban-di.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def picture(page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_given_a_share_of_75_when_the_clerk_reconciles_then_it_is_50_and_says_so(visit, lead, tmp_path):
    head = visit(width=1440, who=person("Nguyễn Văn Giám", agency=lead, role="agency_head"))
    assert "75" in head.go("/targets/?agency=SCT").locator(".figures").inner_text()
    assert "không: 0/1" in head.page.locator("#reconciled").inner_text()
    clerk = visit(width=360, who=person("Lý Thị Văn Thư", agency=lead, role="registry_clerk"))
    page = clerk.go("/inspections/reconciliations/new/")
    page.locator("#id_start").fill(today().replace(month=1, day=1).isoformat())
    page.locator("#id_end").fill(today().replace(year=today().year + 1).isoformat())
    page.locator("#id_file").set_input_files(register(tmp_path))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/inspections/reconciliations/*/")
    clerk.look()
    picture(page, "reconciliation")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    clerk.look()
    assert not Reconciliation.objects.get().entries.filter(inspection=None).exists()
    clerk.go("/inspections/reconciliations/")
    picture(page, "reconciliations")
    page = head.go("/targets/?agency=SCT")
    assert "50" in page.locator(".figures").inner_text()
    assert "có, các quyết định trước ngày" in page.locator("#reconciled").inner_text()
    picture(page, "targets")
    head.go("/targets/readings/?agency=SCT&days=3")
    picture(page, "readings")
    head.go("/targets/lists/inspections/?agency=SCT&side=all")
    page.locator("#cases tbody a").first.click()
    page.wait_for_url("**/verdict/")
    head.look()
    picture(page, "verdict")
