"""Journey (b): HR sends a workbook with one bad row, mends it, sees the figure change and opens the list."""

import io
from datetime import date

import pytest
import xlsxwriter

from lms.base.jobs import run_due
from lms.people.actions.roles import grant_role
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)


def workbook(rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(
        [["person_id", "course_code", "tags", "hours", "completed_at", "passed", "verified"], *rows]
    ):
        sheet.write_row(number, 0, row)
    book.close()
    return {
        "name": "bồi dưỡng quý I.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": buffer.getvalue(),
    }


class TestHrOfficer:
    @pytest.fixture(autouse=True)
    def world(self, visit, settings):
        province = agency("82", name="Tỉnh Đồng Tháp")
        self.unit = agency("SNV", name="Sở Nội vụ", parent=province)
        self.staff = [
            person("Nguyễn Hoàng Thị Phương Thảo", agency=self.unit, code="082190000001"),
            person("Trần Đặng Quốc Ân", agency=self.unit, code="082190000002"),
        ]
        self.officer = person("Lê Thị Mỹ Hạnh", agency=self.unit, category="HD")
        grant_role(person=self.officer, role="provincial_hr", valid_from=date(2026, 1, 1), by=None)
        self.visitor = visit(width=1440, who=self.officer, language="en")

    def test_the_figure_moves_because_of_the_mended_file(self):
        self.given_nobody_is_trained()
        self.when_a_workbook_with_one_bad_row_is_sent()
        self.then_the_row_is_named_and_nothing_has_changed()
        self.when_the_mended_workbook_is_sent_and_confirmed()
        self.then_half_of_the_unit_is_trained()
        self.then_the_list_holds_exactly_that_person()

    def figures(self):
        self.visitor.go("/targets/")
        return [text.strip() for text in self.visitor.page.locator(".figure__share").all_inner_texts()]

    def given_nobody_is_trained(self):
        assert self.figures()[0].startswith("0 / 2")

    def send(self, rows):
        page = self.visitor.go("/imports/training/")
        page.set_input_files("input[type=file]", workbook(rows))
        page.get_by_role("button", name="Check the file").click()
        page.locator("#import-words").wait_for()
        run_due()
        page.locator("#lines").wait_for()
        self.visitor.look()

    def when_a_workbook_with_one_bad_row_is_sent(self):
        self.send(
            [
                ["082190000001", "MOOC-KNS", "DS", "8", "2026-02-30", "yes", "yes"],
                ["082190000002", "MOOC-KNS", "DS", "4", "2026-02-20", "yes", "yes"],
            ]
        )

    def then_the_row_is_named_and_nothing_has_changed(self):
        page = self.visitor.page
        page.goto(f"{page.url}?effect=refused")
        cells = page.locator("#lines tbody tr").all_inner_texts()
        assert len(cells) == 1
        assert "2" in cells[0]
        assert "completed_at" in cells[0]
        assert "2026-02-30" in cells[0]
        assert self.figures()[0].startswith("0 / 2")

    def when_the_mended_workbook_is_sent_and_confirmed(self):
        self.send(
            [
                ["082190000001", "MOOC-KNS", "DS", "8", "2026-02-28", "yes", "yes"],
                ["082190000002", "MOOC-KNS", "DS", "4", "2026-02-20", "yes", "yes"],
            ]
        )
        self.visitor.page.get_by_role("button", name="Import now").click()
        self.visitor.page.locator("#import-words").wait_for()
        run_due()
        self.visitor.page.get_by_role("button", name="Import now").wait_for(state="detached")
        self.visitor.look()

    def then_half_of_the_unit_is_trained(self):
        assert self.figures()[0].startswith("1 / 2")

    def then_the_list_holds_exactly_that_person(self):
        self.visitor.page.locator(".figure__name a").first.click()
        self.visitor.look()
        rows = self.visitor.page.locator("table tbody tr").all_inner_texts()
        assert len(rows) == 1
        assert "Nguyễn Hoàng Thị Phương Thảo" in rows[0]
