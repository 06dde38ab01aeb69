"""A certificate in the hands of a stranger, its owner and the HR office, on a telephone and on a desk."""

import os

import pytest
from django.core.files.storage import storages

from tests.factories import certificates as made
from tests.factories import people

pytestmark = pytest.mark.django_db(transaction=True)

LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"
LONG_AGENCY = "Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây, tỉnh Đồng Tháp"


@pytest.fixture
def office():
    province = people.agency("82", name="Ủy ban nhân dân tỉnh Đồng Tháp")
    department = people.agency("SNV", name="Sở Nội vụ", parent=province)
    return {
        "head": people.person("Trần Văn Quý", agency=department, role="agency_head"),
        "unit": people.agency("28249", name=LONG_AGENCY, level="commune", parent=province),
        "course": made.course("DS06", issuer=department),
        "provincial": people.person("Võ Tỉnh", agency=department, role="provincial_hr", at=province),
    }


@pytest.fixture
def learner(office):
    return people.person(LONG_NAME, agency=office["unit"])


@pytest.fixture
def certificate(office, learner):
    return made.certificate(learner, office["course"], agency=office["unit"])


def picture(page, name: str) -> None:
    """Keep a picture of the page where one wants to look at it (PICTURES=folder)."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_stranger_checks_a_certificate_by_its_code(visit, certificate):
    stranger = visit(width=360, also=1440)
    page = stranger.go("/verify/")
    picture(page, "verify")
    page.locator("#id_code").fill(certificate.public_code)
    page.locator("#id_code").press("Enter")
    page.wait_for_url(f"**{certificate.get_absolute_url()}")
    stranger.look()
    picture(page, "certificate")
    assert page.get_by_text(LONG_NAME).is_visible()
    stranger.go("/verify/khong-co/")
    picture(page, "unknown")


def test_a_stranger_sees_that_a_file_was_changed(visit, certificate, tmp_path):
    with storages["private"].open(certificate.file_name) as file:
        content = file.read()
    stranger = visit()
    page = stranger.go(certificate.get_absolute_url())
    for name, sent, found in (("true", content, "success"), ("changed", content + b"\n", "error")):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(sent)
        page.locator("input[type=file]").set_input_files(path)
        page.locator("main form button").click()
        page.wait_for_selector(f".notice--{found}")
        stranger.look()
        picture(page, f"file-{name}")


def test_the_owner_downloads_it(visit, learner, certificate):
    owner = visit(width=360, also=1440, who=learner)
    page = owner.go("/learn/certificates/")
    picture(page, "mine")
    with page.expect_download() as download:
        page.locator(f'a[href="/certificates/{certificate.public_code}/file/"]').click()
    assert download.value.suggested_filename == f"{certificate.serial}.pdf"


def test_the_office_withdraws_it_and_the_public_page_says_so(visit, office, certificate):
    officer = visit(width=360, also=1440, who=office["provincial"])
    page = officer.go("/certificates/?q=phuong+quynh")
    picture(page, "register")
    page.locator(f'a[href="/certificates/{certificate.public_code}/revoke/"]').click()
    officer.look()
    picture(page, "revoke")
    page.locator("main form[method=post] button").click()  # without a reason: refused at the field
    page.locator("input[name=mode]").first.check()
    page.locator("textarea").fill("Phát hiện thi hộ, Kết luận số 12/KL-SNV")
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/approvals/*/")
    officer.look()
    picture(page, "proposed")
    second = visit(width=360, also=1440, who=office["head"])
    decision = second.go("/approvals/")
    picture(decision, "approvals")
    decision.locator("#approvals tbody a").first.click()
    second.look()
    picture(decision, "decision")
    decision.locator('form[action$="/approve/"] button').click()
    decision.locator(".status--met").first.wait_for()
    stranger = visit().go(certificate.get_absolute_url())
    assert stranger.locator(".status--not_met").count() == 1
    assert "thi hộ" not in stranger.content()
