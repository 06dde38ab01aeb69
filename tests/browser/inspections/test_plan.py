"""Journey: from the plan of the year to the closed inspection of three subjects, one of whom refuses to sign."""

import pytest
from django.utils import timezone

from inspections.actions import minutes
from inspections.models import InspectedSubject, Inspection, PlanVersion
from lms.base.dates import today
from tests.browser.inspections.test_inspection import Inspector, picture
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xuất nhập khẩu Cửu Long Mỹ Phước Tây",
    "Hộ kinh doanh Nguyễn Thị Huỳnh Hoa",
    "Ủy ban nhân dân phường Mỹ Tho",
)
SUBJECTS = [
    ("1200345678", NAMES[0], "DN"),
    ("8200345679", NAMES[1], "HKD"),
    ("CQ-28261", NAMES[2], "CQNN"),
]


@pytest.fixture
def who():
    return make.cast()


def drafts_and_sends_the_plan(visitor, who) -> PlanVersion:
    page = visitor.go("/inspections/plans/new/")
    page.locator("#id_title").fill("Kiểm tra chuyên ngành năm nay")
    page.locator("#id_legal_ground").fill("Nghị định số 217/2025/NĐ-CP")
    page.locator("form[novalidate] button.btn-primary").click()
    until_quiet(page)
    page.locator(".page-head__actions a.btn-primary").click()
    visitor.look()
    page.locator("#id_subjects").fill("\n".join(number for number, _name, _kind in SUBJECTS))
    page.locator("#id_field").fill("An toàn thông tin")
    page.locator("#id_content").fill("Việc chấp hành quy định về bảo đảm an toàn hệ thống thông tin")
    page.locator("#id_month_to").select_option("12")
    page.locator("#id_leader").select_option(str(who.leader.pk))
    page.locator("form[novalidate] button.btn-primary").click()
    until_quiet(page)
    visitor.look()
    page.locator("form[action$='/send/'] button.btn-primary").click()
    until_quiet(page)
    return PlanVersion.objects.get()


def opens_the_decision(visitor, who) -> Inspection:
    page = visitor.page
    page.reload()
    picture(page, "plan")
    page.locator("#lines a[href*='new/?line=']").click()
    visitor.look()
    assert [page.locator(f"#id_parties-{row}-name").input_value() for row in range(3)] == list(NAMES)
    page.locator("#id_decision_no").fill("15/QĐ-SKHCN")
    page.locator("#id_signed_on").fill(today().isoformat())
    page.locator("#id_signer").select_option(str(who.head.pk))
    page.locator("#id_method").select_option("REMOTE")
    page.locator("#id_not_secret").check()
    page.locator("form[novalidate] button.btn-primary").click()
    page.wait_for_url("**/team/")
    return Inspection.objects.get()


def refuses_to_sign(visitor, subject: InspectedSubject) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/inspections/{subject.inspection_id}/subjects/{subject.pk}/minutes/")
    page.locator("#id_place").fill("Trụ sở công ty, phường Mỹ Tho")
    page.locator("#id_representative").fill("Phạm Thị Đại Diện")
    page.locator("#id_conclusion").fill("Cơ bản chấp hành quy định.")
    page.locator("#id_refused").check()
    page.locator("#id_refusal_reason").fill("Không đồng ý với kết luận về sao lưu dữ liệu")
    page.locator("#id_witness_kind").select_option(index=1)
    page.locator("#id_witness_name").fill("Lê Văn Chứng")
    page.locator("#id_witness_title").fill("Công chức Văn hóa - Xã hội phường Mỹ Tho")
    page.locator("main form button.btn-primary").click()
    until_quiet(page)


def test_from_the_plan_to_the_closed_inspection_of_three_subjects(visit, who):
    for number, name, kind in SUBJECTS:
        make.subject(number, name, kind)
    visitor = visit(who=who.leader)
    inspector = Inspector(visitor, who)
    version = drafts_and_sends_the_plan(visitor, who)
    head = visit(width=360, who=who.head)
    page = head.go(f"/inspections/plans/{version.plan_id}/")
    picture(page, "plan-to-approve")
    page.locator("form[action$='/approve/'] button.btn-primary").click()
    until_quiet(page)
    version.refresh_from_db()
    assert version.state == "APPROVED"
    case = opens_the_decision(visitor, who)
    inspector.forms_the_team()
    inspector.announces()
    for subject in case.subjects.all():
        make.send_sheet(who, subject, finalised_at=timezone.now())
    first, *others = case.subjects.all()
    refuses_to_sign(visitor, first)
    for subject in others:
        make.write(who, subject)
    for subject in InspectedSubject.objects.filter(inspection=case):
        minutes.lock_minutes(by=who.leader, subject=subject)
    visitor.go(f"/inspections/{case.pk}/")
    inspector.enters_the_result_and_completes()
    case.refresh_from_db()
    assert case.status == "COMPLETED"
    assert [subject.steps for subject in case.subjects.all()] == ["DDDDD"] * 3
    locked = InspectedSubject.objects.get(pk=first.pk).minutes
    assert (locked.refused, locked.witness_name) == (True, "Lê Văn Chứng")
    page = visitor.go(f"/inspections/plans/{version.plan_id}/")
    picture(page, "plan-done")
    assert page.locator("#lines").get_by_text(case.code).is_visible()
    assert page.locator("#lines").get_by_text("Đã xong").is_visible()
