"""Journey: HR imports three thousand staff with a preview, confirms, and takes it back."""

import os
from datetime import date

import pytest

from lms.base.jobs import run_due
from lms.people.models import Person, Post
from tests.factories.certificates import completion, course
from tests.factories.people import agency, person
from tests.factories.uploads import workbook

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = 3_000
HEADERS = ["Số định danh", "Họ và tên", "Đối tượng", "Mã cơ quan", "Chức vụ", "Từ ngày"]


def shot(page, name):
    """Keep a picture where one is asked for."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


class TestHrImport:
    @pytest.fixture(autouse=True)
    def world(self, visit):
        province = agency("82", name="Tỉnh Đồng Tháp")
        self.unit = agency("SNV", name="Sở Nội vụ", parent=province)
        for number in range(10):
            person(f"Người Cũ Thứ {number}", code=f"0820800000{number:02d}", agency=self.unit)
        self.officer = person("Lê Thị Mỹ Hạnh", code="HR", agency=province, role="provincial_hr")
        self.visitor = visit(width=1440, who=self.officer, language="vi")
        self.page = self.visitor.page

    def test_an_import_is_seen_confirmed_and_taken_back(self):
        self.given_a_bad_row_is_named()
        self.when_the_mended_file_is_sent()
        self.then_the_preview_shows_every_kind_of_row_and_the_figures()
        self.when_it_is_confirmed()
        self.then_everybody_is_there()
        self.when_it_is_taken_back()
        self.then_everything_is_as_before()

    def rows(self, **change):
        rows = [
            [
                f"0821{number:08d}",
                f"Nguyễn Hoàng Thị Phương Thảo {number}",
                "CC",
                "SNV",
                "Chuyên viên",
                "2024-03-01",
            ]
            for number in range(STAFF)
        ]
        rows.append(["082080000000", "Người Cũ Thứ Không", "VC", "SNV", "Phó Trưởng phòng", "2020-01-01"])
        for place, (column, value) in change.items():
            rows[int(place[1:])][column] = value
        return [HEADERS, *rows]

    def send(self, rows):
        self.visitor.go("/imports/staff/")
        shot(self.page, "1-send")
        file = {
            "name": "nhân sự tháng 11.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": workbook(rows),
        }
        self.page.set_input_files("input[type=file]", file)
        self.page.locator("form[enctype] button[type=submit]").click()
        self.page.locator("#import-words").wait_for()
        self.visitor.look()
        shot(self.page, "2-busy")
        run_due()
        self.page.locator("#lines").wait_for()
        self.visitor.look()

    def given_a_bad_row_is_named(self):
        self.send(self.rows(r7=(5, "2024-02-30")))
        self.page.goto(self.page.url + "?effect=refused")
        (line,) = self.page.locator("#lines tbody tr").all_inner_texts()
        assert "9" in line
        assert "2024-02-30" in line
        shot(self.page, "3-refused")
        assert Person.objects.count() == 11

    def when_the_mended_file_is_sent(self):
        self.send(self.rows())

    def then_the_preview_shows_every_kind_of_row_and_the_figures(self):
        shot(self.page, "4-preview")
        total = self.page.locator("#effect tbody tr").first.inner_text()
        assert "11 → 3.011" in total
        self.page.goto(self.page.url + "?effect=changed")
        (line,) = self.page.locator("#lines tbody tr").all_inner_texts()
        assert "Người Cũ Thứ 0" in line
        assert "Người Cũ Thứ Không" in line
        self.visitor.look()
        assert Person.objects.count() == 11

    def when_it_is_confirmed(self):
        self.page.locator("form[action$='/apply/'] button").click()
        self.page.locator("#import-words").wait_for()
        run_due()
        self.page.locator("#import-run details summary").wait_for()
        self.visitor.look()

    def then_everybody_is_there(self):
        assert Person.objects.count() == STAFF + 11
        assert Post.objects.filter(agency=self.unit, valid_from=date(2024, 3, 1)).count() == STAFF

    def when_it_is_taken_back(self):
        self.page.locator("#import-run details summary").click()
        self.page.locator("textarea[name=reason]").fill("Nhầm tệp của tháng trước")
        shot(self.page, "5-applied")
        self.page.locator("form[action$='/undo/'] button").click()
        self.page.locator("#import-words").wait_for()
        run_due()
        self.page.get_by_text("Nhầm tệp của tháng trước").wait_for()
        self.visitor.look()
        shot(self.page, "6-undone")

    def then_everything_is_as_before(self):
        assert Person.objects.count() == 11
        assert Person.objects.get(code="082080000000").full_name == "Người Cũ Thứ 0"
        assert Post.objects.count() == 11


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_a_full_list_and_the_pages_beside_it(visit, width, scheme, client):
    from tests.factories.people import sign_in
    from tests.factories.uploads import HEAD, upload

    unit = agency("SNV", name="Sở Nông nghiệp và Môi trường tỉnh Đồng Tháp")
    officer = person("Lê Thị Mỹ Hạnh", code="HR", agency=unit, role="hr_officer")
    for code in ("082190001234", "82190001234"):
        who = person("Nguyễn Hoàng Thị Phương Thảo Nguyên", code=code, agency=unit)
    completion(who, course("DS06", issuer=unit), agency=unit)
    sign_in(client, officer)
    run = upload(
        client, HEAD + "HR,Lê Thị Mỹ Hạnh,CC,SNV,2020-01-01\n", scope="full", agency="SNV", on="2026-03-01"
    )
    visitor = visit(width=width, who=officer, scheme=scheme)
    one, other = Person.objects.filter(code__contains="82190001234").order_by("pk")
    pages = {
        "full": f"/imports/runs/{run.pk}/",
        "kinds": "/imports/",
        "duplicates": "/people/duplicates/",
        "pair": f"/people/duplicates/{one.pk}/{other.pk}/",
        "national": "/national-hr/",
    }
    for name, path in pages.items():
        shot(visitor.go(path), f"{name}-{width}")
