"""From the passed exam to a signed certificate that a stranger believes, and then no longer."""

import os
import time

import pytest
from django.core.files.storage import storages
from django.db import transaction

from certificates.actions import issue_due, promise
from certificates.models import Certificate
from courses.models import CoursePage
from lms.base.jobs import run_due
from tests.factories import certificates as made
from tests.factories import people, signing

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = 390
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"
A_MINUTE = 60


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def content_of(certificate):
    with storages["private"].open(certificate.file_name) as file:
        return file.read()


def sent(stranger, path):
    stranger.page.locator("input[type=file]").set_input_files(path)
    stranger.page.locator("main form[method=post] button").click()
    stranger.look()
    return stranger.page.locator("main").inner_text()


def test_a_stranger_on_a_phone_believes_it_and_then_no_longer(visit, settings, tmp_path):
    signing.use_key(settings, tmp_path)
    province = people.agency("82", name="Ủy ban nhân dân tỉnh Đồng Tháp")
    department = people.agency("SNV", name="Sở Nội vụ", parent=province)
    unit = people.agency(
        "28249", name="Ủy ban nhân dân phường Mỹ Phước Tây", level="commune", parent=province
    )
    learner = people.person(LONG_NAME, agency=unit)
    completion = made.completion(learner, made.course("DS06", issuer=department), agency=unit)
    with transaction.atomic():
        promise(completion=completion)
    run_due()
    certificate = Certificate.objects.get()
    assert certificate.state == "issued"

    owner = visit(width=PHONE, who=learner)
    page = owner.go("/learn/certificates/")
    picture(page, "mine")
    with page.expect_download() as download:
        page.locator(f'a[href="/certificates/{certificate.public_code}/credential/"]').click()
    assert download.value.suggested_filename == f"{certificate.serial}.jwt"

    stranger = visit(width=PHONE)
    stranger.go("/verify/").locator("#id_code").fill(certificate.short_code_shown.lower())
    stranger.page.locator("#id_code").press("Enter")
    stranger.page.wait_for_url(f"**{certificate.get_absolute_url()}")
    stranger.look()
    picture(stranger.page, "signed")
    assert stranger.page.locator(".status--met").count() == 1
    assert "Sở Nội vụ tỉnh Đồng Tháp" in stranger.page.locator("main").inner_text()

    whole = content_of(certificate)
    (tmp_path / "whole.pdf").write_bytes(whole)
    at = whole.index(b"stream") + 60
    (tmp_path / "changed.pdf").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    stranger.go("/verify/")
    assert "đúng là tệp đã cấp" in sent(stranger, tmp_path / "whole.pdf")
    stranger.go("/verify/")
    assert f"Đây là giấy chứng nhận số {certificate.serial}" in sent(stranger, tmp_path / "changed.pdf")
    picture(stranger.page, "changed")

    CoursePage.objects.all().delete()
    assert LONG_NAME in stranger.go(certificate.get_absolute_url()).locator("main").inner_text()

    provincial = people.person("Võ Tỉnh", agency=department, role="provincial_hr", at=province)
    officer = visit(who=provincial)
    proposal = officer.go(f"/certificates/{certificate.public_code}/revoke/")
    proposal.locator("input[name=mode]").first.check()
    proposal.locator("textarea").fill("Phát hiện thi hộ, Kết luận số 12/KL-SNV")
    proposal.locator("main form[method=post] button").click()
    proposal.wait_for_url("**/approvals/*/")
    second = visit(who=people.person("Trần Văn Quý", agency=department, role="agency_head"))
    second.go(proposal.url.removeprefix(second.address)).locator('form[action$="/approve/"] button').click()
    second.page.locator(".status--met").first.wait_for()
    withdrawn = time.monotonic()
    stranger.go(certificate.get_absolute_url())
    assert stranger.page.locator(".status--not_met").count() == 1
    assert time.monotonic() - withdrawn < A_MINUTE
    picture(stranger.page, "withdrawn")


def test_an_officer_takes_the_file_out_and_brings_it_back(visit, settings, tmp_path):
    signing.use_key(settings, tmp_path)
    settings.SIGNING_CERTIFICATES = "outside"
    department = people.agency("SNV", name="Sở Nội vụ")
    made.completion(people.person(LONG_NAME, agency=department), made.course("DS06", issuer=department))
    issue_due()
    certificate = Certificate.objects.get()
    officer = visit(
        width=360, also=1440, who=people.person("Trần Văn Quý", agency=department, role="agency_head")
    )
    page = officer.go(f"/certificates/{certificate.public_code}/sign/")
    picture(page, "sign")
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4 not signed")
    page.locator("input[type=file]").set_input_files(tmp_path / "other.pdf")
    page.locator("main form[method=post] button").click()
    officer.look()
    assert "Tệp bị hỏng" in page.locator("main").inner_text()
    picture(page, "sign-refused")
