"""Journey: the merger of 1 July 2025 in the wizard, on the demonstration's agencies as of the day before.

The figures of 30/06/2025 are the same bytes before it, after it, and after it was undone; a person who was
transferred three times keeps every certificate.
"""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from certificates.models import Certificate
from lms.base.jobs import run_due
from lms.people.models import OrganisationChange
from lms.people.organisation import Organisation, code_bearer
from lms.reports.models import PeriodReport
from tests.factories import certificates as made
from tests.factories.before_merger import import_before, units_before
from tests.factories.organisation import rows
from tests.factories.people import person, post
from tests.factories.sheets import indicators
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db(transaction=True)

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)
SMALL = {"82", "87", "TG-SNV", "DT-SNV", "TG-SYT", "DT-SYT", "TG-CCATTP", "DT-CCATTP"}
WIZARD = "/people/organisation/changes/new/"
UNITS = "/targets/lists/units/?as_of=2025-06-30&agency=&format=csv"


class TestMerger:
    @pytest.fixture(autouse=True)
    def world(self, visit):
        import_before(units_before(lambda unit: unit.code in SMALL))
        on = date(2024, 1, 1)
        at = {code: code_bearer(code, EVE) for code in SMALL}
        for number, code in enumerate(sorted(SMALL)):
            for _each in range(number % 3 + 1):
                completion(person(agency=at[code], valid_from=on), hours="8", on=date(2025, 1, 15))
        person("Chưa học", agency=at["DT-SNV"], valid_from=on)
        self.traveller = self.transferred_three_times(at)
        self.officer = person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")
        self.visitor = visit(width=1440, who=self.officer, language="en")

    def transferred_three_times(self, at):
        who = person("Nguyễn Thị Ba Lần")
        starts = [date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1)]
        places = ["TG-SNV", "TG-SYT", "DT-SYT", "DT-SNV"]
        for number, (start, code) in enumerate(zip(starts, places, strict=True)):
            post(who, at[code], valid_from=start, valid_to=[*starts, None][number + 1])
            course = made.course(f"DS-{number}", issuer=at[code], name=f"Khóa {number}")
            moment = datetime(start.year, 6, 1, 3, tzinfo=UTC)
            made.certificate(who, course, agency=at[code], at=moment)
        return who

    def test_the_report_of_the_eve_is_the_same_before_after_and_undone(self):
        self.given_the_report_of_the_eve()
        self.given_every_certificate_of_somebody_who_moved_three_times()
        self.when_the_two_provinces_are_merged_in_the_wizard(["Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"])
        self.then_the_preview_promises_an_unchanged_eve()
        self.when_it_is_carried_out()
        self.when_the_two_departments_are_merged_under_the_new_province()
        self.then_the_new_tree_stands_and_the_old_one_on_its_own_day()
        self.then_the_report_of_the_eve_is_the_same()
        self.then_every_certificate_is_still_there()
        self.when_everything_is_undone()
        self.then_the_report_of_the_eve_is_the_same()
        self.then_not_a_row_differs()

    def of_the_eve(self):
        """The period report made in the browser, the file of all units, and the command: as bytes and hashes."""
        page = self.visitor.go("/targets/reports/?as_of=2025-06-30&agency=")
        page.get_by_role("button", name="Make the report").click()
        page.wait_for_url("**/jobs/**")
        run_due()
        report = PeriodReport.objects.latest("asked_at")
        content = page.request.get(self.visitor.address + UNITS).body()
        codes = [value for code in sorted(SMALL) for value in ("--agency", code)]
        each = [indicators("--as-of", "2025-06-30", "--agency", code) for code in sorted(SMALL)]
        assert report.data["total"]["staff"] > 10
        return report.data_sha256, content, each, indicators("--as-of", "2025-06-30", *codes)

    def given_the_report_of_the_eve(self):
        self.before = self.of_the_eve()
        self.rows = rows()

    def certificates(self):
        held = Certificate.objects.filter(person=self.traveller).order_by("pk")
        return list(held.values("number", "issuer_name", "agency_name", "course_name", "file_sha256"))

    def given_every_certificate_of_somebody_who_moved_three_times(self):
        self.kept = self.certificates()
        assert len(self.kept) == 4

    def when_the_two_provinces_are_merged_in_the_wizard(self, names):
        page = self.visitor.go(WIZARD)
        page.get_by_label("What the decree does").select_option("merge")
        page.get_by_label("In force from").fill("2025-07-01")
        page.get_by_role("button", name="Continue").click()
        self.visitor.look()
        for name in names:
            page.get_by_role("checkbox", name=name).first.check()
        page.get_by_label("Decree").fill("Nghị quyết 202/2025/QH15")
        page.get_by_label("Name of the new agency").fill("Tỉnh Đồng Tháp")
        page.get_by_label("Code of the new agency").fill("82")
        page.get_by_label("It stands under").select_option("top")
        page.get_by_role("button", name="Preview").click()
        page.wait_for_url("**/organisation/changes/*/")
        self.visitor.look()

    def then_the_preview_promises_an_unchanged_eve(self):
        page = self.visitor.page
        assert page.locator("#eve").inner_text() == "On 30/06/2025, the day before, no figure changes."
        assert "posts move" in page.locator("#summary").inner_text()
        assert "01/07/2025" in page.locator("#figures").inner_text()
        assert len(Organisation.on(DAY).roots()) == 2

    def when_it_is_carried_out(self):
        self.visitor.page.get_by_role("button", name="Carry it out").click()
        self.visitor.page.get_by_text("The change is carried out.").wait_for()
        self.visitor.look()

    def when_the_two_departments_are_merged_under_the_new_province(self):
        page = self.visitor.go(f"{WIZARD}?kind=merge&on=2025-07-01")
        for code in ("TG-SNV", "DT-SNV"):
            page.locator(f"input[type=checkbox][value='{code_bearer(code, DAY).pk}']").check()
        page.get_by_label("Decree").fill("Nghị quyết của HĐND tỉnh")
        page.get_by_label("Name of the new agency").fill("Sở Nội vụ tỉnh Đồng Tháp")
        page.get_by_label("Code of the new agency").fill("SNV")
        page.get_by_label("It stands under").select_option(str(code_bearer("82", DAY).pk))
        page.get_by_role("button", name="Preview").click()
        page.wait_for_url("**/organisation/changes/*/")
        self.visitor.look()
        self.when_it_is_carried_out()

    def then_the_new_tree_stands_and_the_old_one_on_its_own_day(self):
        page = self.visitor.go("/people/organisation/?on=2025-07-01")
        assert page.locator("#tree > li").count() == 1
        page = self.visitor.go("/people/organisation/?on=2025-06-30")
        assert page.locator("#tree > li").count() == 2
        page = self.visitor.go(reverse("agency", args=[code_bearer("82", EVE).pk]))
        assert "Nghị quyết 202/2025/QH15" in page.locator("#successors").inner_text()

    def then_the_report_of_the_eve_is_the_same(self):
        assert self.of_the_eve() == self.before

    def then_every_certificate_is_still_there(self):
        assert self.certificates() == self.kept
        own = self.own_window.go("/learn/certificates/")
        for number in range(4):
            assert own.get_by_text(f"Khóa {number}").first.is_visible()

    @pytest.fixture(autouse=True)
    def second_window(self, world, visit):
        self.own_window = visit(width=360, who=self.traveller, language="vi")

    def when_everything_is_undone(self):
        for change in OrganisationChange.objects.order_by("-pk"):
            page = self.visitor.go(reverse("organisation-change", args=[change.pk]))
            page.get_by_label("Reason").fill("Diễn tập")
            page.get_by_role("button", name="Undo the change").click()
            page.get_by_text("The change is undone: everything is as it was before.").wait_for()
            self.visitor.look()

    def then_not_a_row_differs(self):
        assert rows() == self.rows
