"""Before a certificate is withdrawn, whoever signed in a while ago shows once more who they are."""

import os

import pytest

from lms.base.dates import today
from lms.people.models import Approval
from tests.factories.certificates import certificate, course
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "một-mật-khẩu-dài"


def look(visitor, name):
    visitor.look()
    if folder := os.environ.get("PICTURES"):
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_what_was_filled_in_is_done_after_the_password(visit, settings):
    unit = agency("SNV", name="Sở Nội vụ tỉnh Đồng Tháp")
    holder = person("Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc", agency=unit)
    given = certificate(holder, course(), agency=unit)
    head = person("Nguyễn Văn Giám", agency=unit, role="agency_head")
    visitor = visit(width=360, also=1440)
    page = visitor.go(f"/accounts/login/?next=/certificates/{given.public_code}/revoke/")
    page.locator("#id_login").fill(head.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/revoke/")
    page.locator("[name=mode][value=from_date]").check()
    page.locator("[name=on]").fill(f"{today()}")
    page.locator("[name=reason]").fill("Cấp nhầm cho người trùng tên")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url("**/accounts/reauthenticate/**")
    look(visitor, "asked-again")
    page.locator("#id_password").fill("sai rồi")
    page.locator("#id_password").press("Enter")
    page.locator(".errors, .invalid-feedback, .field__errors").first.wait_for()
    look(visitor, "asked-again-wrong")
    assert not Approval.objects.exists()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/approvals/*/")
    visitor.look()
    assert Approval.objects.get().reason == "Cấp nhầm cho người trùng tên"
