"""The inspection report of a period: what it counts, as PDF, Word and XLSX, made by a job and frozen."""

import io
import uuid
from datetime import date, timedelta

import openpyxl
import pdfplumber
import pytest
from django.urls import reverse
from docx import Document as Docx

from inspections.actions import decision, remedies
from inspections.models import Inspection, Remedy
from lms.base.dates import today
from lms.base.documents import render_pdf
from lms.base.jobs import run_due
from lms.base.models import Job
from lms.reports.actions import INSPECTIONS_JOB, ask_inspection_report
from lms.reports.cases import case_numbers
from lms.reports.documents import inspections_document
from lms.reports.models import InspectionReport
from lms.reports.queries import ReportRewritten
from lms.targets.figures import Question
from lms.targets.rules import Period
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
START, END = today().replace(day=1), (today().replace(day=1) + timedelta(days=32)).replace(day=1)
PARTIES = [make.decision.Party("DN", f"12000000{number:02d}", f"Công ty {number}") for number in range(9)]


@pytest.fixture
def who():
    return make.cast()


def made(by, agency_id=None, start=START, end=END) -> InspectionReport:
    key = uuid.uuid4()
    question = Question(
        as_of=today(),
        known_at=today(),
        period=Period(start, end),
        agency_ids=(agency_id,) if agency_id else (),
    )
    ask_inspection_report(key=key, question=question, by=by)
    run_due()
    return InspectionReport.objects.get(key=key)


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def content(client, report, layout: str) -> bytes:
    return b"".join(
        client.get(reverse("inspection-report-file", args=[report.key, layout])).streaming_content
    )


@pytest.fixture
def cases(who):
    """One planned, one running, two done (one with a finding and a remedy), one cancelled."""
    make.teamed(who, decision_no="1/QĐ", parties=PARTIES[:1])
    make.announced(who, decision_no="2/QĐ", parties=PARTIES[1:2])
    make.completed(who, decision_no="3/QĐ", parties=PARTIES[2:3])
    found = make.with_findings(
        who, decision_no="4/QĐ", parties=PARTIES[3:4], field="Đất đai", method="ONSITE"
    )
    remedy = make.remedy_of(found, by=who.leader, deadline=today())
    make.course.issue_result(by=who.head, inspection=found, number="9/TB", issued_on=today())
    make.course.complete(by=who.leader, inspection=found)
    gone = make.teamed(who, decision_no="5/QĐ", parties=PARTIES[4:5])
    make.course.cancel(by=who.head, inspection=gone, reason="Trùng")
    return remedy


class TestNumbers:
    def test_each_case_counts_where_it_stood_at_the_end_of_the_period(self, who, cases):
        numbers = made(who.head).data
        assert numbers["totals"] == {"decided": 5, "planned": 1, "running": 1, "done": 2, "stopped": 1}
        assert [(one["name"], one["done"]) for one in numbers["by"]["field"]] == [
            ("An toàn thông tin", 1),
            ("Đất đai", 1),
        ]
        assert sum(one["decided"] for one in numbers["by"]["kind"]) == 5
        share = numbers["share"]
        assert (share["full"], share["all"], share["pct"]) == (2, 2, "100.00")
        assert (share["remote"], share["remote_pct"]) == (1, "50.00")
        assert numbers["reconciled"]["yes"] is False

    def test_findings_and_remedies(self, who, cases):
        numbers = made(who.head).data
        assert numbers["findings"] == {"MINOR": 1, "SERIOUS": 0, "GRAVE": 0}
        assert numbers["remedies"] == {"due": 1, "done": 0, "overdue": 0}
        Remedy.objects.update(deadline=today() - timedelta(days=1))
        row = Remedy.objects.get()
        start = (today() - timedelta(days=40)).replace(day=1)
        assert made(who.head, start=start).data["remedies"]["overdue"] == 1
        make.bring(row, by=who.secretary)
        remedies.hand_in(by=who.secretary, remedy=row)
        remedies.accept(by=who.head, remedy=row)
        assert made(who.head, start=start).data["remedies"] == {"due": 1, "done": 1, "overdue": 0}

    def test_an_agency_sees_its_own_and_below(self, who, cases):
        other = make.cast("SYT", "Sở Y tế")
        make.announced(other, decision_no="8/QĐ", parties=PARTIES[8:9])
        assert made(who.head).data["totals"]["running"] == 2
        assert made(who.head, who.lead.pk).data["totals"]["running"] == 1
        (row,) = made(other.head, other.lead.pk).data["cases"]
        assert row["decision"] == "8/QĐ"

    def test_before_and_after_the_period(self, who, cases):
        later = made(who.head, start=END, end=END + timedelta(days=31)).data
        assert later["totals"] == {"decided": 0, "planned": 1, "running": 1, "done": 0, "stopped": 0}
        before = made(who.head, start=date(2024, 1, 1), end=date(2024, 2, 1)).data
        assert sum(before["totals"].values()) == 0 and before["share"]["pct"] is None

    def test_of_a_state_secret_nothing_but_code_agency_and_stage(self, who):
        Inspection.objects.create(
            code="MẬT-1",
            lead=who.lead,
            status="COMPLETED",
            completed_on=today(),
            is_secret=True,
            origin="REGISTERED",
        )
        (row,) = made(who.head).data["cases"]
        assert (row["code"], row["decision"], row["completed_on"], row["verdict"]) == ("MẬT-1", "", "", "")

    def test_second_inspections_in_a_year_are_listed_with_their_signs(self, who):
        make.completed(who, decision_no="3/QĐ")
        second = person("Lãnh Đạo Hai", agency=who.lead, role="agency_head")
        make.leave(who, second)
        (row,) = made(who.head).data["overrides"]
        assert (row["subject"], row["signs"]) == (make.PARTY.name, "Ngộ độc tập thể ngày 01/11")


class TestFiles:
    def test_the_three_files_say_the_same(self, who, cases, client):
        report = made(who.head, who.lead.pk)
        sign_in(client, who.head)
        text = words(content(client, report, "pdf"))
        for part in (
            "BÁO CÁO",
            "Kết quả công tác kiểm tra",
            "Đã đối soát",
            "100,00%",
            "50,00%",
            "3/QĐ",
            "Không phát sinh",
        ):
            assert part in text, part
        assert report.data_sha256[:32] in text
        docx = Docx(io.BytesIO(content(client, report, "docx")))
        told = "\n".join(paragraph.text for paragraph in docx.paragraphs)
        assert "100,00%" in told and "Đã đối soát" in told
        book = openpyxl.load_workbook(io.BytesIO(content(client, report, "xlsx")))
        assert book.sheetnames == ["Thông tin", "Tổng hợp", "Danh sách", "Lần hai trong năm"]
        assert book["Danh sách"].max_row == 1 + 5

    def test_the_audit_head_stands_at_the_foot(self, who, cases):
        letterhead = {"issuer": "Sở A", "superior": "", "place": "Đồng Tháp", "on": today()}
        document = inspections_document(made(who.head).data, letterhead, "0" * 64, "Đầu nhật ký: 12 abc")
        assert "Đầu nhật ký: 12 abc" in words(render_pdf(document))

    def test_a_long_list_is_cut_where_asked_and_says_so(self, who, cases):
        numbers = made(who.head).data
        letterhead = {"issuer": "Sở A", "superior": "", "place": "Đồng Tháp", "on": today()}
        text = words(render_pdf(inspections_document(numbers, letterhead, "0" * 64, most_cases=2)))
        assert "2/5 cuộc" in text

    def test_a_cell_that_looks_like_a_formula_stays_text(self, who, client):
        decision.register_paper_inspection(
            by=who.leader, lead=who.lead, decision_no="7/QĐ", decided_on=today(), completed_on=today(),
            parties=PARTIES[:1], field="=1+1",
        )  # fmt: skip
        report = made(who.head, who.lead.pk)
        sign_in(client, who.head)
        book = openpyxl.load_workbook(io.BytesIO(content(client, report, "xlsx")))
        assert all(not str(cell.value or "").startswith("=") for row in book["Danh sách"] for cell in row)

    def test_made_once_and_never_rewritten(self, who, cases):
        report = made(who.head)
        report.scope_name = "Khác"
        with pytest.raises(ReportRewritten):
            report.save()
        with pytest.raises(ReportRewritten):
            InspectionReport.objects.all().delete()


class TestPages:
    def test_asked_on_the_page_made_by_the_job_and_fetched(self, who, cases, client):
        sign_in(client, who.head)
        page = client.get(reverse("inspection-reports"))
        assert page.status_code == 200
        key = str(uuid.uuid4())
        data = {"agency": "SKHCN", "start": START.isoformat(), "end": END.isoformat(), "key": key}
        for _twice in range(2):
            went = client.post(reverse("inspection-report-ask"), data)
        job = Job.objects.get(kind=INSPECTIONS_JOB)
        assert went.url == reverse("job", args=[job.pk])
        assert "progress" in client.get(reverse("inspection-report", args=[key])).content.decode()
        run_due()
        job.refresh_from_db()
        assert (job.state, job.progress_total) == ("done", 4)
        assert client.get(reverse("inspection-report", args=[key])).status_code == 200
        wrong = client.post(reverse("inspection-report-ask"), {**data, "end": START.isoformat()})
        assert wrong.status_code == 400

    def test_whoever_reaches_the_agency_s_lists_and_nobody_else(self, who, cases, client):
        report = made(who.head, who.lead.pk)
        stranger = person("Người Nơi Khác", agency=agency("SYT"), role="agency_head")
        for other in (who.leader, stranger):
            sign_in(client, other)
            assert client.get(reverse("inspection-report", args=[report.key])).status_code == 403
            assert client.get(reverse("inspection-report-file", args=[report.key, "pdf"])).status_code == 403

    def test_numbers_are_what_the_figures_page_says(self, who, cases):
        report = made(who.head, who.lead.pk)
        assert case_numbers(report)["share"] == report.data["share"]
