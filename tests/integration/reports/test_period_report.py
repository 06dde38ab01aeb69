"""The period report: asked for once, made by a job, frozen, open to whom its figures are open."""

import hashlib
import io
import json
import zipfile
from uuid import uuid4

import pandas as pd
import pdfplumber
import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from lms.base.audit import chain_waiting, close_day, printed_head
from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.reports.models import PeriodReport
from lms.reports.queries import ReportRewritten
from tests.factories.audit import events
from tests.factories.people import agency, person, sign_in
from tests.factories.sheets import import_rows
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

LONG_NAME = "Trung tâm Dịch vụ tổng hợp phường Đạo Thạnh trực thuộc Ủy ban nhân dân phường"


@pytest.fixture
def province():
    root = agency("82", name="Tỉnh Đồng Tháp")
    snv = agency("SNV", name="Sở Nội vụ", parent=root)
    centre = agency("SNV.TT", name=LONG_NAME, parent=snv)
    agency("STC", name="=HYPERLINK(1)", parent=root)
    completion(person(agency=snv))
    person(agency=centre)
    import_rows(
        "inspections",
        [
            {
                "inspection_code": "K1",
                "lead_code": "SNV",
                "status": "COMPLETED",
                "completed_on": "2025-05-10",
                "subject_id": "K1",
                "subject_name": "Công ty",
                "subject_kind": "DN",
                "steps": "DDDDD",
            }
        ],
    )
    return root, snv


def client_of(role="hr_officer", at=None):
    return sign_in(Client(), person("Nguyễn Thị Ánh", role=role, at=at))


def ask(client, code="SNV", key=None):
    return client.post(
        reverse("target-report-ask"), {"as_of": "2025-12-31", "agency": code, "key": key or str(uuid4())}
    )


def make(client, code="SNV"):
    response = ask(client, code)
    assert response.status_code == 302
    run_due()
    return PeriodReport.objects.get()


def download(client, report, layout):
    response = client.get(reverse("target-report-file", args=[report.key, layout]))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_asking_shows_progress_then_gives_both_files_with_their_hashes(province):
    _root, snv = province
    client = client_of(at=snv)
    response = ask(client)
    job = Job.objects.get(kind="reports.period")
    assert response["Location"] == reverse("job", args=[job.pk])
    run_due()
    job.refresh_from_db()
    report = PeriodReport.objects.get()
    assert (job.state, job.result["url"]) == ("done", reverse("target-report", args=[report.key]))
    for layout, digest in (("pdf", report.pdf_sha256), ("xlsx", report.xlsx_sha256)):
        assert hashlib.sha256(download(client, report, layout)).hexdigest() == digest
    page = client.get(reverse("target-report", args=[report.key])).content.decode()
    assert report.data_sha256 in page


def test_the_paper_prints_what_it_is_of(province):
    _root, snv = province
    client = client_of(at=snv)
    report = make(client)
    with pdfplumber.open(io.BytesIO(download(client, report, "pdf"))) as paper:
        text = " ".join(page.extract_text() for page in paper.pages)
    words = " ".join(text.split())
    for expected in (
        "BÁO CÁO",
        "Phạm vi: Sở Nội vụ",
        "31/12/2025",
        "công thức phiên bản 1",
        report.data_sha256[:32],
        "50,00% (1/2 người)",
        "100,00% (1/1 cuộc kiểm tra)",
        "Toàn phạm vi",
    ):
        assert expected in words, expected


def test_the_workbook_holds_the_same_numbers_and_no_formula(province):
    client = client_of("provincial_hr")
    report = make(client, "82")
    content = download(client, report, "xlsx")
    training = pd.read_excel(io.BytesIO(content), sheet_name="Bồi dưỡng", engine="calamine")
    rows = training[["Mã cơ quan", "Tổng số người", "Đã bồi dưỡng kỹ năng số"]].fillna("").values.tolist()
    assert rows == [["82", 2, 1], ["SNV", 2, 1], ["SNV.TT", 1, 0], ["STC", 0, 0], ["", 2, 1]]
    assert training["Cơ quan, đơn vị"].tolist()[3] == "'=HYPERLINK(1)"
    inspections = pd.read_excel(io.BytesIO(content), sheet_name="Kiểm tra", engine="calamine")
    assert inspections["Toàn bộ trên hệ thống"].tolist() == [1, 1, 0, 0, 1]


def test_the_data_hash_is_that_of_the_data(province):
    report = make(client_of("provincial_hr"), "82")
    spelt = json.dumps(report.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(spelt.encode()).hexdigest() == report.data_sha256


def test_the_same_request_twice_is_one_report(province):
    _root, snv = province
    client, key = client_of(at=snv), str(uuid4())
    assert ask(client, key=key)["Location"] == ask(client, key=key)["Location"]
    assert (PeriodReport.objects.count(), Job.objects.filter(kind="reports.period").count()) == (1, 1)
    run_due()
    assert AuditEvent.objects.filter(action="reports.period_made").count() == 1


def test_a_job_run_again_leaves_the_report_as_it_was(province):
    _root, snv = province
    report = make(client_of(at=snv))
    Job.objects.filter(kind="reports.period").update(state="waiting", finished_at=None)
    person(agency=snv)
    run_due()
    again = PeriodReport.objects.get()
    assert (again.data_sha256, again.pdf_sha256, again.made_at) == (
        report.data_sha256,
        report.pdf_sha256,
        report.made_at,
    )


def test_a_report_that_was_made_is_never_rewritten(province):
    _root, snv = province
    report = make(client_of(at=snv))
    report.scope_name = "khác"
    with pytest.raises(ReportRewritten):
        report.save()
    with pytest.raises(ReportRewritten):
        PeriodReport.objects.all().delete()
    assert storages["private"].exists(report.pdf_name)


def test_a_foreign_officer_neither_asks_nor_reads(province):
    root, snv = province
    report = make(client_of(at=snv))
    foreign = client_of(at=agency("XA", parent=root))
    assert ask(foreign).status_code == 403
    assert ask(foreign, code="").status_code == 403
    for name, arguments in (
        ("target-report", [report.key]),
        ("target-report-file", [report.key, "pdf"]),
        ("target-report-file", [report.key, "xlsx"]),
    ):
        assert foreign.get(reverse(name, args=arguments)).status_code == 403
    assert foreign.get(reverse("target-reports")).context["reports"] == []
    assert client_of(at=snv).get(reverse("target-reports")).context["reports"] == [report]
    learner = sign_in(Client(), person(agency=snv))
    assert learner.get(reverse("target-report", args=[report.key])).status_code == 403


def test_somebody_elses_key_is_refused(province):
    _root, snv = province
    key = str(uuid4())
    ask(client_of(at=snv), key=key)
    assert ask(client_of(at=snv), key=key).status_code == 403


def test_a_question_that_cannot_be_read_makes_nothing(province):
    client = client_of("provincial_hr")
    for bad in ({"as_of": "hôm nay"}, {"agency": "KHÔNG"}, {"key": "1"}):
        answer = client.post(
            reverse("target-report-ask"), {"as_of": "2025-12-31", "key": str(uuid4()), **bad}
        )
        assert answer.status_code == 400
    assert not PeriodReport.objects.exists()


def test_the_audit_log_s_head_stands_at_the_foot_of_both_files(province):
    events(3)
    chain_waiting()
    close_day()
    report = make(client_of("provincial_hr"), "82")
    client, head = client_of("provincial_hr"), printed_head()
    with pdfplumber.open(io.BytesIO(download(client, report, "pdf"))) as paper:
        for page in paper.pages:
            assert head in " ".join(page.extract_text().split())
    with zipfile.ZipFile(io.BytesIO(download(client, report, "xlsx"))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3
        assert all(head in book.read(name).decode() for name in sheets)
    facts = pd.read_excel(
        io.BytesIO(download(client, report, "xlsx")), sheet_name="Thông tin", engine="calamine"
    )
    assert head in facts["Nội dung"].tolist()
