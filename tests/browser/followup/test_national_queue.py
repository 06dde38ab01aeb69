"""The queue for the national HR database: what is late is seen first, goes out as a file, and leaves with its receipt."""

import os
from datetime import timedelta

import pytest

from lms.base.dates import today
from lms.base.jobs import run_due
from lms.followup.models import NationalFile
from lms.followup.national import calendar
from lms.followup.rules import age_on
from tests.factories.certificates import completion, course
from tests.factories.facts import known_since
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)


def look(visitor, name):
    visitor.look_now()
    if folder := os.environ.get("PICTURES"):
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.fixture
def officer():
    """Three working days: one row of each age that today allows, an overdue one among them always."""
    unit = agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp")
    ages = {age_on(today(), day, calendar()): day for day in (today() - timedelta(days=n) for n in range(14))}
    for number, day in enumerate(ages.values()):
        name = f"Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc {number}"
        who = person(name, code=f"08219000000{number}", agency=unit)
        known_since(completion(who, course(), agency=unit), day)
    return person("Lê Thị Mỹ Hạnh", code="HR", agency=unit, role="hr_officer")


def test_what_is_late_is_handed_over(visit, officer):
    visitor = visit(width=360, also=1440, who=officer)
    page = visitor.go("/national-hr/")
    look(visitor, "national")
    first = page.locator("#waiting tbody tr").first
    assert "quá hạn" in first.inner_text().lower()
    assert "082******" in first.inner_text().lower()
    waiting = page.locator("#waiting tbody tr").count()
    page.get_by_role("link", name="Xem các việc này").click()
    page.wait_for_url("**age=overdue**")
    assert page.locator("#waiting tbody tr").count() == 1
    page.get_by_role("button", name="Lập tệp từ danh sách chờ").click()
    page.wait_for_url("**/jobs/*/")
    run_due()
    page.get_by_role("link", name="Mở kết quả").click()
    page.locator("details summary").last.click()
    page.get_by_label("Mã tiếp nhận").fill("BN-2026-000123")
    page.get_by_role("button", name="Ghi nhận đã nhận").click()
    page.get_by_text("BN-2026-000123").wait_for()
    look(visitor, "national-accepted")
    assert NationalFile.objects.get().count == waiting
    assert page.get_by_text("Không có gì chờ đồng bộ").is_visible()
