"""Journey: a finding about skills is worded, its remedy sent back; a course goes out, its completion comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inspections.models import Finding, Remedy
from lms.base.dates import today
from lms.followup.actions import take_completions
from tests.browser.inspections.test_inspection import picture
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make
from tests.factories.certificates import completion
from tests.factories.courses import course, course_page
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)
BODY = make.decision.Party("CQNN", "UBMT", "Ủy ban nhân dân phường Mỹ Phước Tây thuộc thị xã Cai Lậy cũ")


def press(page) -> None:
    page.locator("main form button.btn-primary").click()
    until_quiet(page)


def test_a_remedy_is_sent_back_leads_to_a_course_and_is_accepted(visit, tmp_path):
    who = make.cast()
    body = agency("UBMT", name=BODY.name)
    learner = person("Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc", agency=body)
    taught = course("DS05", name="An toàn thông tin và phòng chống lừa đảo trực tuyến cho cán bộ cấp xã")
    course_page(taught)
    case = make.with_findings(who, parties=[BODY])
    subject, finding = case.subjects.get(), Finding.objects.get()
    at = f"/inspections/{case.pk}"
    inspector = visit(width=360, also=1440, who=who.leader)
    inspector.page.set_default_timeout(60_000)
    page = inspector.go("/inspections/remedies/")
    page = inspector.go(f"{at}/findings/{finding.pk}/")
    picture(page, "finding")
    page.locator("#id_severity").select_option("SERIOUS")
    page.locator("#id_about_skills").check()
    press(page)
    inspector.look()
    page = inspector.go(f"{at}/findings/{finding.pk}/remedies/")
    page.locator("#id_what").fill("Tập huấn khôi phục dữ liệu cho công chức và nộp kết quả")
    page.locator("#id_deadline").fill((today() + timedelta(days=20)).isoformat())
    press(page)
    inspector.look()
    remedy = Remedy.objects.get()
    proof = tmp_path / "biên bản khôi phục.png"
    proof.write_bytes(make.PNG)
    page.locator("#id_file").set_input_files(str(proof))
    page.locator("main details form button").click()
    until_quiet(page)
    inspector.go(f"{at}/remedies/{remedy.pk}/hand-in/")
    press(page)
    inspector.go(f"{at}/remedies/{remedy.pk}/send-back/")
    press(page)
    inspector.look()  # refused without a reason, at its place
    page.locator("#id_reason").fill("Chưa có kết quả tập huấn")
    press(page)
    inspector.look()
    picture(page, "remedy")
    page = inspector.go(f"/remedies/{remedy.pk}/courses/")
    page.locator("#id_course").select_option(str(taught.pk))
    page.get_by_label(learner.full_name).check()
    picture(page, "propose")
    press(page)
    inspector.look()
    student = visit(width=360, also=1440, who=learner)
    picture(student.go("/learn/"), "wanted")
    assert student.page.locator("#wanted").is_visible()
    completion(learner, taught, at=timezone.now())
    assert take_completions() == 1
    student.go("/learn/")
    assert not student.page.locator("#wanted").count()
    head = visit(width=360, also=1440, who=who.head)
    page = head.go(f"{at}/remedies/{remedy.pk}/")
    picture(page, "came-back")
    head.go(f"{at}/remedies/{remedy.pk}/accept/")
    press(page)
    head.look()
    remedy.refresh_from_db()
    assert remedy.is_accepted
    picture(head.go(f"{at}/subjects/{subject.pk}/findings/"), "findings")
    picture(head.go("/inspections/remedies/"), "remedies")
