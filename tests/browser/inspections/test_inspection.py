"""Journey (c): an inspector opens a decision, fills the checklist with a photo, locks the minutes, completes."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.urls import reverse

from inspections.models import ChecklistRecord, Evidence, Inspection
from lms.base.dates import today
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
LONG_SUBJECT = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xuất nhập khẩu Cửu Long Mỹ Phước Tây"
)


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def photo_file(tmp_path):
    path = tmp_path / "ảnh chứng cứ.png"
    path.write_bytes(make.PNG)
    return path


def picture(page, name: str) -> None:
    """Keep a picture of the page where one wants to look at it (PICTURES=folder)."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def share() -> dict:
    out = io.StringIO()
    call_command("indicators", "--as-of", today().isoformat(), "--format", "json", stdout=out)
    return json.loads(out.getvalue())["i3"]


class Inspector:
    """The inspector at the screen, step by step."""

    def __init__(self, visitor, who) -> None:
        self.visitor, self.page, self.who = visitor, visitor.page, who
        self.page.set_default_timeout(60_000)

    def opens_a_decision(self) -> Inspection:
        page = self.visitor.go("/inspections/new/")
        picture(page, "new")
        page.locator("#id_decision_no").fill("15/QĐ-SKHCN")
        page.locator("#id_signed_on").fill(today().isoformat())
        page.locator("#id_signer").select_option(str(self.who.head.pk))
        page.locator("#id_ground").select_option("PLAN")
        page.locator("#id_ground_detail").fill("Kế hoạch số 05/KH-UBND ngày 02/01/2026")
        page.locator("#id_content").fill("Việc chấp hành quy định về an toàn thông tin")
        page.locator("#id_field").fill("An toàn thông tin")
        page.locator("#id_method").select_option("REMOTE")
        page.locator("#id_parties-0-identifier").fill("1200345678")
        page.locator("#id_parties-0-name").fill(LONG_SUBJECT)
        page.locator("#id_not_secret").check()
        page.locator("form[novalidate] button.btn-primary").click()
        page.wait_for_url("**/team/")
        return Inspection.objects.get()

    def forms_the_team(self) -> None:
        page = self.page
        self.visitor.look()
        picture(page, "team")
        for row, person in enumerate((self.who.leader, self.who.secretary)):
            page.locator(f"#id_team-{row}-person").select_option(str(person.pk))
            page.locator(f"#id_team-{row}-duty").select_option(["LEADER", "SECRETARY"][row])
            page.locator(f"#id_team-{row}-declared_no_conflict").check()
        self.goes_on()

    def announces(self) -> None:
        self.takes_the_primary_action()
        self.goes_on()

    def takes_the_primary_action(self) -> None:
        self.page.locator(".page-head__actions a.btn-primary").click()
        until_quiet(self.page)

    def goes_on(self) -> None:
        self.page.locator("main form button.btn-primary").click()
        until_quiet(self.page)

    def fills_the_checklist(self, photo_file) -> None:
        page = self.page
        self.takes_the_primary_action()
        page.wait_for_selector(".odk-form .question-container")
        self.visitor.look()
        for answer in page.get_by_text("Đạt", exact=True).all():
            answer.click()
        page.get_by_text("Chưa đạt", exact=True).first.click()
        page.locator(".odk-form textarea").first.fill("Chưa trình hồ sơ cấp độ của hệ thống một cửa.")
        page.locator('.odk-form input[type="file"]').first.set_input_files(str(photo_file))
        page.locator(".preview-captured-image").wait_for()
        self.visitor.look()
        picture(page, "checklist")
        page.locator(".odk-form .footer button").last.click()
        page.wait_for_url(f"**{reverse('inspections:case', args=[Inspection.objects.get().pk])}")

    def writes_and_locks_the_minutes(self) -> None:
        page = self.page
        self.takes_the_primary_action()
        self.visitor.look()
        picture(page, "minutes")
        page.locator("#id_place").fill(
            "Trụ sở công ty, số 12 đường 30 tháng 4, phường Mỹ Tho, tỉnh Đồng Tháp"
        )
        page.locator("#id_representative").fill("Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc")
        page.locator("#id_representative_title").fill("Giám đốc")
        page.locator("#id_conclusion").fill("Cơ bản chấp hành; còn 01 nội dung chưa đạt.")
        self.goes_on()
        self.visitor.look()
        picture(page, "lock")
        self.goes_on()

    def enters_the_result_and_completes(self) -> None:
        self.takes_the_primary_action()
        self.page.locator("#id_number").fill("22/TB-SKHCN")
        self.goes_on()
        self.takes_the_primary_action()
        self.goes_on()


def test_the_checklist_writes_dates_as_the_country_does_and_can_be_read_in_the_dark(visit, who):
    case = make.announced(who)
    visitor = visit(width=360, who=who.secretary, scheme="dark")
    page = visitor.page
    page.goto(visitor.address + reverse("inspections:checklist", args=[case.pk, case.subjects.get().pk]))
    page.wait_for_selector(".odk-form .question-container")
    visitor.look()
    day = page.get_by_role("combobox", name="Ngày kiểm tra")
    assert day.input_value() == today().strftime("%d/%m/%Y")
    day.click()
    page.get_by_role("dialog").get_by_text("tháng", exact=False).first.wait_for()
    picture(page, "checklist-dark")


def test_an_inspection_from_the_decision_to_the_digital_share(visit, who, photo_file):
    assert share()["den"] == 0
    visitor = visit(width=360, also=1440, who=who.leader)
    inspector = Inspector(visitor, who)
    visitor.go("/inspections/")
    case = inspector.opens_a_decision()
    inspector.forms_the_team()
    inspector.announces()
    inspector.fills_the_checklist(photo_file)
    record, evidence = ChecklistRecord.objects.get(), Evidence.objects.get()
    assert record.answers["ho_so_cap_do_kq"] == "chua_dat"
    assert (evidence.question, evidence.content_type, evidence.record) == (
        "ho_so_cap_do_anh",
        "image/png",
        record,
    )
    inspector.writes_and_locks_the_minutes()
    inspector.enters_the_result_and_completes()
    visitor.look()
    picture(visitor.page, "case")
    case.refresh_from_db()
    assert (case.status, case.subjects.get().steps) == ("COMPLETED", "DDDDD")
    figure = share()
    assert (figure["num"], figure["den"], figure["pct"]) == (1, 1, "100.00")
    visitor.go("/inspections/")
    picture(visitor.page, "list")


def test_a_sheet_that_cannot_be_sent_stays_on_the_page_and_is_sent_again(visit, who):
    case = make.announced(who)
    visitor = visit(width=360, who=who.secretary)
    page = visitor.page
    page.set_default_timeout(60_000)
    page.goto(visitor.address + reverse("inspections:checklist", args=[case.pk, case.subjects.get().pk]))
    page.wait_for_selector(".odk-form .question-container")
    for answer in page.get_by_text("Đạt", exact=True).all():
        answer.click()
    send = page.locator(".odk-form .footer button").last
    page.route("**/sheets/", lambda route: route.abort())
    send.click()
    page.wait_for_selector("[data-checklist-problem]:not([hidden])")
    assert not ChecklistRecord.objects.exists()
    page.unroute("**/sheets/")
    # A captive portal answers 200 with a page of its own: that is no receipt.
    page.route("**/sheets/", lambda route: route.fulfill(status=200, body="<html>Wi-Fi</html>"))
    send.click()
    page.wait_for_timeout(500)
    assert page.locator("[data-checklist-problem]").is_visible()
    page.unroute("**/sheets/")
    send.click()
    page.wait_for_url(f"**{reverse('inspections:case', args=[case.pk])}")
    assert ChecklistRecord.objects.count() == 1
