"""A large decree through the wizard: asked for, counted, carried out and undone in the background."""

import os

import pytest

from lms.base.jobs import run_due
from lms.people.changes import preview as sizes
from lms.people.models import Agency, OrganisationChange
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh Đồng Tháp"


@pytest.fixture
def officer(monkeypatch):
    monkeypatch.setattr(sizes, "SMALL", 3)
    top = agency("82", name="Tỉnh Đồng Tháp")
    home = agency("BQL", name=LONG, parent=top)
    for number in range(5):
        person(f"Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc {number}", agency=home)
    return person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")


def look(visitor, name):
    visitor.look_now()  # the page asks every two seconds how far the job is
    if folder := os.environ.get("PICTURES"):
        visitor.page.screenshot(
            path=f"{folder}/{name}-{visitor.page.viewport_size['width']}.png", full_page=True
        )


def finished(page):
    """Let the worker work, and wait until the page has heard of it."""
    run_due()
    page.get_by_role("link", name="Mở kết quả").click()


def test_a_decree_is_carried_out_and_undone_in_the_background(visit, officer):
    visitor = visit(width=360, also=1440, who=officer)
    page = visitor.go("/people/organisation/changes/new/?kind=abolish&on=2026-01-01")
    page.locator("#id_agency").select_option(value=str(Agency.objects.get(periods__code="BQL").pk))
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("#id_decree").fill("Quyết định số 12/QĐ-UBND ngày 20/12/2025")
    page.get_by_role("button", name="Xem trước").click()
    page.locator("#counting-head").wait_for()
    look(visitor, "counting")
    finished(page)
    page.get_by_role("button", name="Thực hiện", exact=True).click()
    page.locator("#carrying-head").wait_for()
    look(visitor, "carrying")
    assert OrganisationChange.objects.get().state == "prepared"
    finished(page)
    look(visitor, "carried-out")
    assert OrganisationChange.objects.get().state == "applied"
    page.locator("#id_reason").fill("Quyết định bị thu hồi")
    page.get_by_role("button", name="Hoàn tác").click()
    page.locator("#carrying-head").wait_for()
    look(visitor, "undoing")
    finished(page)
    look(visitor, "undone")
    assert OrganisationChange.objects.get().state == "reversed"
