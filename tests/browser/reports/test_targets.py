"""The targets on a telephone and on a desk: HR asks who is missing, the province asks by unit."""

import pytest

from lms.base.jobs import run_due
from tests.factories.people import agency, person
from tests.factories.sheets import import_rows
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGENCY = "Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây, tỉnh Đồng Tháp"
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"


@pytest.fixture
def province():
    root = agency("82", name="Tỉnh Đồng Tháp")
    centre = agency("28249", name=LONG_AGENCY, level="commune", parent=root)
    snv = agency("SNV", name="Sở Nội vụ", parent=root)
    for number in range(4):
        completion(person(f"Trần Thị Ánh {number}", agency=snv))
    person(LONG_NAME, agency=centre)
    import_rows(
        "inspections",
        [
            {
                "inspection_code": f"KT-2026-{number}",
                "lead_code": lead,
                "status": "COMPLETED",
                "completed_on": "2026-05-10",
                "method": "REMOTE",
                "subject_id": str(number),
                "subject_name": "Công ty TNHH Một thành viên Thương mại Dịch vụ Tân Phước",
                "subject_kind": "DN",
                "steps": steps,
            }
            for number, (lead, steps) in enumerate([("SNV", "DDDDD"), ("28249", "DPDDD"), ("28249", "PPPPP")])
        ],
    )
    return root, centre


@pytest.mark.parametrize("width", [360, 1440])
def test_given_a_units_officer_when_the_targets_are_opened_then_who_is_missing_stands_there(
    visit, province, width
):
    _root, centre = province
    officer = visit(width=width, who=person("Nhân sự", role="hr_officer", at=centre))
    page = officer.go("/targets/?as_of=2026-06-30")
    assert page.get_by_text(LONG_NAME).is_visible()
    page.locator("#missing ~ p a.btn-primary").click()
    page.wait_for_url("**/targets/lists/people/**")
    officer.look()
    assert page.locator("#people tbody tr").count() == 1
    page.locator("#list-q").fill("phuong quynh")
    page.locator("#list-q").press("Enter")
    page.wait_for_url("**q=phuong*")
    officer.look()
    assert page.locator("#people tbody tr").count() == 1


@pytest.mark.parametrize("width", [360, 1440])
def test_given_the_provinces_hr_when_the_targets_are_opened_then_each_unit_has_its_bar_and_row(
    visit, province, width
):
    reader = visit(width=width, who=person("Nhân sự tỉnh", role="provincial_hr"))
    page = reader.go("/targets/?as_of=2026-06-30")
    assert page.locator("#units tbody tr").count() == 2
    assert page.locator("canvas[data-chart]").is_visible()
    page.locator("details summary", has=page.locator("xpath=..//form")).first.click()
    reader.look()
    reader.go("/targets/?as_of=2026-06-30&show=I3")
    reader.go("/targets/lists/inspections/?as_of=2026-06-30&side=all")
    assert page.locator("#cases tbody tr").count() == 3
    reader.go("/targets/?as_of=31/02/2026")


def test_given_a_report_is_asked_when_the_job_is_done_then_both_files_are_there(visit, province):
    asker = visit(width=360, who=person("Nhân sự tỉnh", role="provincial_hr"))
    page = asker.go("/targets/reports/?as_of=2026-06-30")
    page.locator("form[action$='reports/new/'] button.btn-primary").click()
    page.wait_for_url("**/jobs/**")
    asker.look()
    run_due()
    page.reload()
    asker.look()
    page.locator("main a.btn-primary").click()
    page.wait_for_url("**/targets/reports/**")
    asker.look()
    assert page.locator("main a[href$='file.pdf']").is_visible()
    assert page.locator("main a[href$='file.xlsx']").is_visible()


def test_dark_mode_reads_as_well(visit, province):
    reader = visit(width=360, scheme="dark", who=person("Nhân sự tỉnh", role="provincial_hr"), language="en")
    reader.go("/targets/?as_of=2026-06-30")


def test_the_documentation_of_the_api_loads_nothing_foreign(visit):
    reader = visit()
    page = reader.page
    page.goto(reader.address + "/api/v1/docs/")
    page.wait_for_selector("text=/api/v1/figures/")
    assert reader.complaints == []
