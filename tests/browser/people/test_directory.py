"""HR finds somebody and opens their page; the person sees who looked, asks for a correction and gets it."""

from datetime import date

import pytest
from django.urls import reverse

from lms.people.actions.erasure import propose_erasures
from lms.people.models import CorrectionRequest, Person
from tests.factories import certificates
from tests.factories.people import agency, person, post

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGENCY = "Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây, tỉnh Đồng Tháp"
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"


@pytest.fixture
def staff():
    root = agency("82", name="Tỉnh Đồng Tháp")
    centre = agency("28249", name=LONG_AGENCY, level="commune", parent=root)
    for number in range(60):
        person(f"Trần Thị Ánh {'AB'[number % 2]}", agency=centre)
    who = person(LONG_NAME, code="082171004217", agency=centre)
    certificates.certificate(who, certificates.course("DS777", issuer=root), agency=centre)
    left = person("Lê Đã Nghỉ", code="CB-001")
    post(left, centre, valid_from="2020-01-01", valid_to="2021-01-01")
    Person.objects.filter(pk=left.pk).update(birth_date="1950-01-01")
    return {
        "who": who,
        "left": left,
        "officer": person("Võ Thị Nhân Sự", agency=centre, role="hr_officer"),
        "province": person("Lê Cấp Tỉnh", agency=root, role="provincial_hr", at=root),
    }


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_from_the_search_to_the_answer(visit, staff, width, scheme, settings, tmp_path):
    officer = visit(width=width, scheme=scheme, who=staff["officer"])
    page = officer.go("/people/")
    page.screenshot(path=tmp_path / "directory.png", full_page=True)
    page.click("a[rel=next]")
    officer.look()
    page.fill("#id_q", "phuong quynh")
    page.click("form[role=search] button[type=submit]")
    officer.look()
    assert "phuong" in page.url
    page.fill("#id_q", "4217")
    page.click("form[role=search] button[type=submit]")
    officer.look()
    assert page.url.endswith(reverse("person", args=[staff["who"].pk]))
    assert "082******217" in page.content()
    page.screenshot(path=tmp_path / "person.png", full_page=True)

    person_window = visit(width=width, scheme=scheme, who=staff["who"])
    page = person_window.go("/my/data/")
    assert "Võ Thị Nhân Sự" in page.locator("#readers").inner_text()
    page.screenshot(path=tmp_path / "my-data.png", full_page=True)
    person_window.go("/my/data/readers/")
    page = person_window.go("/my/data/purposes/")
    page.screenshot(path=tmp_path / "purposes.png", full_page=True)
    page = person_window.go("/my/data/corrections/")
    page.select_option("#id_field", "birth_date")
    page.fill("#id_new_value", "31/02/1990")
    page.click("main form button[type=submit]")
    person_window.look()
    assert page.locator(".notice--error").count() == 1
    page.fill("#id_new_value", "28/02/1990")
    page.click("main form button[type=submit]")
    person_window.look()
    page.screenshot(path=tmp_path / "my-corrections.png", full_page=True)

    page = officer.go("/people/corrections/")
    page.click("#corrections tbody th a")
    officer.look()
    page.screenshot(path=tmp_path / "correction.png", full_page=True)
    page.click("button[value=accept]")
    officer.look()
    staff["who"].refresh_from_db()
    assert str(staff["who"].birth_date) == "1990-02-28"
    assert CorrectionRequest.objects.get().state == "accepted"


def test_a_person_past_retention_is_made_nameless_in_two_steps(visit, staff, settings, tmp_path):
    settings.PERSONAL_DATA_RETENTION_YEARS = 3
    propose_erasures(on=date(2024, 1, 1), by=None)
    province = visit(width=360, who=staff["province"])
    page = province.go("/people/erasures/")
    page.click("#erasures tbody th a")
    province.look()
    page.screenshot(path=tmp_path / "erase.png", full_page=True)
    page.fill("#id_name", "Le Da Nghi")
    page.fill("#id_reason", "Hết thời hạn lưu")
    page.click("main form button[type=submit]")
    province.look()
    staff["left"].refresh_from_db()
    assert staff["left"].full_name == "(đã xóa)"
