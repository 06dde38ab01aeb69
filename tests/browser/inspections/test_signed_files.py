"""Journey: a numbered document is signed by the head, sealed by the clerk; everybody sees by whom and whether it holds."""

import pytest

from inspections.models import PaperSignature
from tests.browser.inspections.test_inspection import picture
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make
from tests.factories import signing
from tests.factories.people import person

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Sở Nông nghiệp và Môi trường tỉnh Đồng Tháp"


def test_a_file_is_signed_by_person_and_agency(visit, settings, tmp_path):
    who = make.cast("SNNMT", NAME)
    case = make.announced(who, decision_no="15/QĐ-SNNMT")
    clerk = make.clerk(who)
    for name, issued in (
        (f"person-{who.head.code}", signing.made("Nguyễn Văn Giám", signing.intermediate())),
        ("agency-SNNMT", signing.made(NAME, signing.intermediate())),
    ):
        (tmp_path / f"{name}.p12").write_bytes(issued.p12)
    (tmp_path / "roots.pem").write_bytes(signing.root().pem)
    settings.SIGNING_DOCUMENT_KEYS = str(tmp_path)
    settings.SIGNING_DOCUMENT_KEYS_PASSPHRASE = signing.PASSPHRASE
    settings.SIGNING_TRUST_ROOTS = [str(tmp_path / "roots.pem")]
    paper = make.numbered(who, case, "quyet-dinh-gia-han", clerk, extra_days="5", reason="Hồ sơ nhiều")
    at = f"/inspections/{case.pk}/documents/{paper.pk}/"
    head = visit(width=360, also=1440, who=who.head)
    head.page.set_default_timeout(60_000)
    page = head.go(at)
    picture(page, "to-sign")
    page.locator("section[aria-labelledby=act-sign-file] button").click()
    until_quiet(page)
    registry = visit(width=360, also=1440, who=clerk)
    registry.page.set_default_timeout(60_000)
    page = registry.go(at)
    page.locator("section[aria-labelledby=act-seal-file] button").click()
    until_quiet(page)
    registry.look()
    picture(page, "signed")
    assert PaperSignature.objects.count() == 2
    assert page.locator("#signatures").is_visible()
    picture(registry.go(f"/inspections/{case.pk}/verdict/"), "verdict")
    admin = visit(width=360, also=1440, who=person("Quản Trị", agency=who.lead, role="administrator"))
    picture(admin.go("/inspections/word/"), "word")
