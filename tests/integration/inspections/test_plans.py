"""Plans: drafted, sent, approved by another, published, changed by a version; overlaps, import, decisions, what became of them."""

import hashlib
import io
from datetime import date

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import Workbook, load_workbook

from inspections.actions import course, decision, plans
from inspections.actions.plan_overlaps import overlaps_of
from inspections.actions.plan_progress import progress_of, unplanned
from inspections.importing import PlanLineImporter
from inspections.models import Inspection, InspectionPlan, PlanLine, PlannedSubject, PlanVersion
from inspections.plan_states import Clash, PlanState, Stand
from lms.base.dates import today
from lms.base.importing import FileRefused
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def other():
    return make.cast("SYT", "Sở Y tế")


def clerk_of(cast):
    return person("Lý Văn Thư", agency=cast.lead, role="registry_clerk")


def sent(cast, **given) -> PlanVersion:
    return plans.send_plan(by=cast.leader, version=make.plan_draft(cast, **given), sent_to="Thanh tra tỉnh")


def published(cast, **given) -> PlanVersion:
    version = make.approved_plan(cast, **given)
    return plans.publish_plan(
        by=clerk_of(cast), version=version, paper_number="5/KH-SKHCN", issued_on=today()
    )


def bodies(count: int) -> list:
    return [make.subject(f"CQ-{n}", f"Cơ quan {n}", "CQNN") for n in range(count)]


class TestLife:
    """Draft, sent, approved by the signer who is no drafter, published with its number."""

    def test_from_draft_to_published(self, who):
        version = published(who)
        assert version.state == PlanState.PUBLISHED
        assert version.paper_number == "05/KH-SKHCN"
        assert (version.signer, version.signer_name) == (who.head, "Nguyễn Văn Giám")
        assert len(version.sha256) == 64
        events = list(version.entries.values_list("event", "source", "target"))
        assert events == [
            ("make", "", "DRAFT"),
            ("change", "DRAFT", "DRAFT"),
            ("send", "DRAFT", "SENT"),
            ("approve", "SENT", "APPROVED"),
            ("publish", "APPROVED", "PUBLISHED"),
        ]
        audited = AuditEvent.objects.filter(action__endswith="_year_plan").order_by("pk")
        assert [row.action for row in audited] == [
            f"inspections.{event}_year_plan" for event, _s, _t in events
        ]

    def test_who_drafted_it_does_not_approve_it(self, who):
        version = make.plan_draft(who, by=who.head)
        plans.send_plan(by=who.leader, version=version, sent_to="Thanh tra tỉnh")
        with pytest.raises(PermissionDenied, match="somebody else"):
            plans.approve_plan_version(by=who.head, version=version)

    def test_one_changed_line_makes_a_drafter(self, who):
        version = make.plan_draft(who)
        facts = make.line_facts(month_to=3)
        plans.keep_line(
            by=who.head, version=version, line=version.lines.get(), subjects=[make.subject()], **facts
        )
        plans.send_plan(by=who.leader, version=version, sent_to="Thanh tra tỉnh")
        with pytest.raises(PermissionDenied):
            plans.approve_plan_version(by=who.head, version=version)

    def test_the_database_refuses_a_drafter_as_signer(self, who):
        version = make.approved_plan(who)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanVersion.objects.filter(pk=version.pk).update(signer=version.drafted_by)

    def test_an_inspector_a_clerk_and_another_agency_s_head_do_not_approve(self, who, other):
        version = sent(who)
        for stranger in (person("Khác", agency=who.lead, role="inspector"), clerk_of(who), other.head):
            with pytest.raises(PermissionDenied):
                plans.approve_plan_version(by=stranger, version=version)

    def test_returning_needs_a_reason_and_makes_it_a_draft(self, who):
        version = sent(who)
        with pytest.raises(ValidationError, match="reason"):
            plans.return_plan(by=who.head, version=version, reason=" ")
        back = plans.return_plan(by=who.head, version=version, reason="Thiếu nội dung")
        assert (back.state, back.returned_because) == ("DRAFT", "Thiếu nội dung")

    def test_nothing_is_sent_without_a_line(self, who):
        with pytest.raises(ValidationError, match="without lines"):
            plans.send_plan(by=who.leader, version=make.plan_draft(who, lines=[]), sent_to="TTr")

    def test_an_expired_text_is_no_ground(self, who):
        with pytest.raises(ValidationError, match="no longer in force"):
            make.plan_draft(who, legal_ground="Luật Thanh tra số 11/2022/QH15")

    def test_a_sent_plan_does_not_change(self, who):
        version = sent(who)
        with pytest.raises(ValidationError, match="Sent for the overlap check"):
            plans.change_plan(by=who.leader, version=version, title="Khác")

    @pytest.mark.parametrize("statement", ["update", "delete", "insert"])
    def test_not_even_sql_changes_the_lines_of_what_was_sent(self, who, statement):
        line = sent(who).lines.get()
        with pytest.raises(DatabaseError, match="only in its draft"), transaction.atomic():
            if statement == "update":
                PlanLine.objects.filter(pk=line.pk).update(field="Khác")
            elif statement == "delete":
                PlannedSubject.objects.filter(line=line).delete()
            else:
                PlannedSubject.objects.create(line=line, subject=bodies(1)[0])

    def test_one_annual_plan_a_year_thematic_ones_as_many_as_there_are(self, who):
        make.plan_draft(who)
        with pytest.raises(ValidationError, match="already has an annual plan"):
            make.plan_draft(who)
        make.plan_draft(who, scope="THEMATIC")
        make.plan_draft(who, scope="THEMATIC")
        assert InspectionPlan.objects.count() == 3

    @pytest.mark.parametrize(
        ("number", "day", "said"),
        [
            ("5", 0, "Write the number"),
            ("5/QĐ-SKHCN", 0, "Write the number"),
            ("5/KH-SKHCN", 1, "not come yet"),
            ("5/KH-SKHCN", -1, "approved, or later"),
        ],
    )
    def test_a_wrong_number_or_day_is_refused(self, who, number, day, said):
        version = make.approved_plan(who)
        on_day = date.fromordinal(today().toordinal() + day)
        with pytest.raises(ValidationError, match=said):
            plans.publish_plan(by=clerk_of(who), version=version, paper_number=number, issued_on=on_day)

    def test_a_number_is_given_once(self, who):
        published(who)
        second = make.approved_plan(who, scope="THEMATIC", lines=[(bodies(1), {})])
        with pytest.raises(ValidationError, match="already used"):
            plans.publish_plan(
                by=clerk_of(who), version=second, paper_number="05/KH-SKHCN", issued_on=today()
            )


class TestVersions:
    """What was approved is changed by a new version with its reason and its document."""

    def renewed(self, who, version):
        return plans.renew_plan(
            by=who.leader,
            version=version,
            reason="Bổ sung đối tượng",
            paper=make.Paper("9/CV", today(), SimpleUploadedFile("cv.pdf", PDF)),
        )

    def test_the_new_version_takes_the_lines_along_and_replaces_the_old_one(self, who):
        first = published(who)
        second = self.renewed(who, first)
        assert (second.number, second.state, second.change_number) == (2, "DRAFT", "9/CV")
        assert second.lines.get().key == first.lines.get().key
        plans.keep_line(by=who.leader, version=second, subjects=bodies(1), **make.line_facts())
        plans.send_plan(by=who.leader, version=second, sent_to="TTr")
        first.refresh_from_db()
        assert first.state == PlanState.PUBLISHED
        plans.approve_plan_version(by=who.head, version=second)
        first.refresh_from_db()
        assert (first.state, first.lines.count(), second.lines.count()) == (PlanState.REPLACED, 1, 2)

    def test_it_needs_reason_and_document(self, who):
        version = make.approved_plan(who)
        with pytest.raises(ValidationError, match="reason"):
            plans.renew_plan(by=who.leader, version=version, reason="", paper=make.paper())
        with pytest.raises(ValidationError, match="number of the document"):
            plans.renew_plan(by=who.leader, version=version, reason="Lý do", paper=make.Paper(" ", today()))
        with pytest.raises(ValidationError, match="no PDF"):
            file = SimpleUploadedFile("cv.pdf", b"MZ")
            plans.renew_plan(by=who.leader, version=version, reason="x", paper=make.Paper("1", today(), file))

    def test_one_new_version_at_a_time(self, who):
        version = make.approved_plan(who)
        self.renewed(who, version)
        with pytest.raises(ValidationError, match="being drafted already"):
            self.renewed(who, version)

    def test_a_draft_is_not_renewed(self, who):
        with pytest.raises(ValidationError):
            self.renewed(who, make.plan_draft(who))

    def test_a_decision_of_the_old_version_counts_in_the_new_one(self, who):
        first = make.approved_plan(who)
        make.opened(who, plan_line=first.lines.get())
        second = self.renewed(who, first)
        assert progress_of(second, list(second.lines.all()), today())[0].stand == Stand.DECIDED


class TestOverlaps:
    """The same subject in the same year: in other plans, in the own one, in decisions already made."""

    def clashes(self, version):
        return [
            (found.clash, found.agency_id, found.number, found.case_code) for found in overlaps_of(version)
        ]

    def test_two_agencies_plan_the_same_business(self, who, other):
        sent(other, lines=[([make.subject()], {"field": "An toàn thực phẩm"})])
        assert self.clashes(make.plan_draft(who)) == [(Clash.YEAR, other.lead.pk, 1, "")]

    def test_a_draft_of_another_agency_is_not_seen(self, who, other):
        make.plan_draft(other)
        assert overlaps_of(make.plan_draft(who)) == []

    def test_another_year_is_free(self, who, other):
        sent(other, year=today().year + 1)
        assert overlaps_of(make.plan_draft(who)) == []

    def test_a_state_body_meets_only_in_the_same_field(self, who, other):
        body = bodies(1)
        sent(other, lines=[(body, {"field": "an toàn THÔNG tin"}), (body, {"field": "Tài chính"})])
        assert self.clashes(make.plan_draft(who, lines=[(body, {})])) == [(Clash.FIELD, other.lead.pk, 1, "")]

    def test_a_duplicate_of_the_register_is_the_same_subject(self, who, other):
        head, double = make.subject(), make.subject("1200345678-001", "Cty Cửu Long")
        sent(other, lines=[([double], {})])
        double.merged_into = head
        double.save()
        assert len(overlaps_of(make.plan_draft(who))) == 1

    def test_twice_in_the_own_plan(self, who):
        version = make.plan_draft(who, lines=[([make.subject()], {}), ([make.subject()], {"field": "Khác"})])
        assert [number for _c, _a, number, _code in self.clashes(version)] == [2, 1]

    def test_a_decision_already_made_and_a_thanh_tra_of_the_field(self, who, other):
        case = make.opened(other, field="An toàn thực phẩm")
        inspected = make.subject("1200999999", "Công ty Hai")
        thanh_tra = decision.register_paper_inspection(
            by=clerk_of(other), lead=other.lead, decision_no="3/QĐ-TTr", decided_on=today(), completed_on=None,
            parties=[decision.Party("DN", "1200999999", "Công ty Hai")], field="An toàn thông tin", act="TT",
        )  # fmt: skip
        version = make.plan_draft(who, lines=[([make.subject(), inspected], {})])
        codes = {code for _c, _a, _n, code in self.clashes(version)}
        assert codes == {case.code, thanh_tra.code}
        elsewhere = make.plan_draft(who, scope="THEMATIC", lines=[([inspected], {"field": "Môi trường"})])
        assert overlaps_of(elsewhere) == []

    def test_a_plan_of_the_inspectorate_is_taken_into_account(self, who, other):
        sent(other, act="TT")
        assert self.clashes(make.plan_draft(who)) == [(Clash.YEAR, other.lead.pk, 1, "")]
        free = make.plan_draft(who, scope="THEMATIC", lines=[([make.subject()], {"field": "Môi trường"})])
        assert overlaps_of(free) == []

    def test_what_was_decided_from_the_plan_itself_is_no_overlap(self, who):
        version = make.approved_plan(who)
        make.opened(who, plan_line=version.lines.get())
        assert overlaps_of(version) == []

    def test_approving_says_how_they_were_settled(self, who, other):
        sent(other)
        version = sent(who)
        with pytest.raises(ValidationError, match="overlaps were settled"):
            plans.approve_plan_version(by=who.head, version=version)
        done = plans.approve_plan_version(by=who.head, version=version, overlaps_settled="Phối hợp một cuộc")
        assert done.overlaps_settled == "Phối hợp một cuộc"

    def test_as_many_queries_for_three_lines_as_for_one(self, who, other, django_assert_num_queries):
        three = [([one], {}) for one in bodies(3)]
        sent(other, lines=three)
        short, long = (
            make.plan_draft(who, lines=three[:1]),
            make.plan_draft(who, scope="THEMATIC", lines=three),
        )
        for version, count in ((short, 1), (long, 3)):
            with django_assert_num_queries(3):
                assert len(overlaps_of(version)) >= count


class TestDecisions:
    """A decision opened from a line of an approved plan carries it."""

    def test_it_carries_the_line(self, who):
        line = make.approved_plan(who).lines.get()
        case = make.opened(who, plan_line=line)
        assert case.decision.plan_line == line

    @pytest.mark.parametrize(
        ("given", "at"),
        [
            ({"ground": "ORDER"}, "ground"),
            ({"parties": [decision.Party("DN", "1200111111", "Công ty Khác")]}, "subjects"),
        ],
    )
    def test_what_the_line_does_not_cover_is_refused(self, who, given, at):
        line = make.approved_plan(who).lines.get()
        with pytest.raises(ValidationError) as refusal:
            make.opened(who, plan_line=line, **given)
        assert at in refusal.value.message_dict
        assert not Inspection.objects.exists()

    def test_a_draft_another_agency_s_plan_and_another_year_s_are_refused(self, who, other):
        with pytest.raises(ValidationError, match="approved version"):
            make.opened(who, plan_line=make.plan_draft(who).lines.get())
        with pytest.raises(ValidationError, match="another agency"):
            make.opened(who, plan_line=make.approved_plan(other).lines.get())
        with pytest.raises(ValidationError, match="the decision is not"):
            make.opened(who, plan_line=make.approved_plan(who, year=2031).lines.get())

    def test_a_plan_of_the_inspectorate_opens_nothing(self, who):
        with pytest.raises(ValidationError, match="inspectorate"):
            make.opened(who, plan_line=make.approved_plan(who, act="TT").lines.get())

    def test_a_subject_is_decided_on_once_the_others_later(self, who):
        first, second = bodies(2)
        line = make.approved_plan(who, lines=[([first, second], {})]).lines.get()
        parties = [decision.Party("CQNN", one.identifier, one.name) for one in (first, second)]
        make.opened(who, plan_line=line, parties=parties[:1])
        with pytest.raises(ValidationError, match="already decided"):
            make.opened(who, plan_line=line, parties=parties)
        make.opened(who, plan_line=line, parties=parties[1:], decision_no="16/QĐ-SKHCN")
        assert line.decisions.count() == 2

    def test_the_database_refuses_a_line_without_its_ground(self, who):
        case = make.opened(who, plan_line=make.approved_plan(who).lines.get())
        with pytest.raises(IntegrityError), transaction.atomic():
            type(case.decision).objects.update(ground="ORDER")


class TestProgress:
    """Planned, decided, running, done, skipped with its reason, unplanned."""

    def stand(self, version, day=None):
        (found,) = progress_of(
            version, list(version.lines.prefetch_related("parties__subject")), day or today()
        )
        return found.stand

    def test_what_becomes_of_a_line(self, who):
        version = make.approved_plan(who)
        assert self.stand(version) == Stand.PLANNED
        case = make.teamed(who, plan_line=version.lines.get())
        assert self.stand(version) == Stand.DECIDED
        course.announce(by=who.leader, inspection=case, announced_on=today())
        assert self.stand(version) == Stand.RUNNING
        Inspection.objects.filter(pk=case.pk).update(status="COMPLETED", completed_on=today())
        assert self.stand(version) == Stand.DONE

    def test_a_cancelled_decision_is_none_and_may_be_made_anew(self, who):
        version = make.approved_plan(who)
        case = make.opened(who, plan_line=version.lines.get())
        course.cancel(by=who.head, inspection=case, reason="Sai thẩm quyền", on=today())
        assert self.stand(version) == Stand.PLANNED
        make.opened(who, plan_line=version.lines.get(), decision_no="16/QĐ-SKHCN")
        assert self.stand(version) == Stand.DECIDED

    def test_months_that_are_over(self, who):
        version = make.approved_plan(who, year=2026, lines=[([make.subject()], {"month_to": 3})])
        assert self.stand(version, date(2026, 3, 31)) == Stand.PLANNED
        assert self.stand(version, date(2026, 4, 1)) == Stand.OVERDUE

    def test_skipping_has_its_reason_once_and_stops_decisions(self, who):
        version = make.approved_plan(who)
        line = version.lines.get()
        with pytest.raises(ValidationError, match="reason"):
            plans.skip_line(by=who.leader, line=line, reason="")
        plans.skip_line(by=who.leader, line=line, reason="Đối tượng giải thể")
        assert self.stand(version) == Stand.SKIPPED
        with pytest.raises(ValidationError, match="skipped already"):
            plans.skip_line(by=who.leader, line=line, reason="Lần nữa")
        with pytest.raises(ValidationError, match="was skipped"):
            make.opened(who, plan_line=line)

    def test_a_draft_s_line_is_not_skipped_nor_by_a_stranger(self, who, other):
        draft = make.plan_draft(who)
        with pytest.raises(ValidationError, match="approved plan"):
            plans.skip_line(by=who.leader, line=draft.lines.get(), reason="x")
        with pytest.raises(PermissionDenied):
            plans.skip_line(by=other.leader, line=draft.lines.get(), reason="x")

    def test_what_was_not_planned_is_listed(self, who):
        version = make.approved_plan(who, lines=[(bodies(1), {})])
        make.opened(who, plan_line=version.lines.get(), parties=[decision.Party("CQNN", "CQ-0", "Cơ quan 0")])
        extra = make.opened(who, decision_no="16/QĐ-SKHCN")
        assert list(unplanned(version)) == [extra]


HEAD = ("STT", "Mã số thuế hoặc số định danh", "Tên đối tượng", "Lĩnh vực", "Nội dung kiểm tra", "Từ tháng",
        "Đến tháng", "Loại kiểm tra", "Mã trưởng đoàn", "Thành phần đoàn")  # fmt: skip


def sheet(*rows) -> bytes:
    book = Workbook()
    book.active.append(HEAD)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class TestImport:
    """Lines from a sheet into a draft: one row a subject."""

    ROW = (1, "1200345678", "", "ATTT", "Cấp độ", 2, 4, "", "", "Phòng A")

    @pytest.fixture
    def draft(self, who):
        make.subject()
        make.subject("", "Trường Tiểu học Mỹ Tho", "CQNN")
        return make.plan_draft(who, lines=[])

    def run(self, who, draft, *rows):
        return PlanLineImporter(by=who.leader, into=str(draft.pk)).run(sheet(*rows), "ke-hoach.xlsx")

    def test_rows_with_one_number_are_one_line_and_the_same_file_again_changes_nothing(self, who, draft):
        rows = [
            self.ROW,
            (1, "", "trường tiểu học mỹ tho", "ATTT", "Cấp độ", 2, 4, "", "", "Phòng A"),
            (2, "1200345678", "", "PCCC", "Hồ sơ", 5, 5, "Kiểm tra chuyên ngành", who.leader.code, ""),
        ]
        outcome = self.run(who, draft, *rows)
        assert (outcome.added, outcome.refused) == (2, 0), outcome.problems
        first, second = draft.lines.all()
        assert (first.subjects.count(), first.team) == (2, "Phòng A")
        assert (second.leader, second.leader_name, second.month_from) == (who.leader, "Trần Thị Trưởng", 5)
        again = self.run(who, draft, *rows)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 2)

    def test_a_correction_changes_the_line_and_loses_no_subject(self, who, draft):
        self.run(who, draft, self.ROW)
        outcome = self.run(
            who, draft, (1, "", "Trường Tiểu học Mỹ Tho", "ATTT", "Cấp độ", 2, 6, "", "", "Phòng A")
        )
        line = draft.lines.get()
        assert (outcome.changed, line.month_to, line.subjects.count()) == (1, 6, 2)

    @pytest.mark.parametrize(
        ("place", "value", "column", "said"),
        [
            (0, "", "line", "missing"),
            (1, "9999999999", "subject_id", "register of inspected parties"),
            (5, 13, "month_from", "whole number from 1 to 12"),
            (6, 1, "month_to", "before the first month"),
            (7, "không có", "kind", "no kind of inspection"),
            (8, "KHONG-CO", "leader_id", "not known"),
            (3, "", "field", "missing"),
        ],
    )
    def test_a_wrong_cell_is_named_and_nothing_is_written(self, who, draft, place, value, column, said):
        row = list(self.ROW)
        row[place] = value
        outcome = self.run(who, draft, row)
        (problem,) = [one for one in outcome.problems if one.severity == "error"]
        assert (problem.row, problem.column) == (2, column)
        assert said in problem.message
        assert not draft.lines.exists()

    def test_rows_of_a_line_that_contradict_each_other_are_refused(self, who, draft):
        outcome = self.run(
            who, draft, self.ROW, (1, "", "Trường Tiểu học Mỹ Tho", "PCCC", "Cấp độ", 2, 4, "", "", "Phòng A")
        )
        assert [(one.row, one.column) for one in outcome.problems] == [(3, "field")]

    def test_it_goes_into_drafts_of_one_s_own_agency_only(self, who, other, draft):
        with pytest.raises(FileRefused, match="not yours"):
            self.run(other, draft, self.ROW)
        with pytest.raises(FileRefused, match="no draft"):
            self.run(who, sent(who, scope="THEMATIC"), self.ROW)
        assert [code for code, _words in PlanLineImporter.into_choices(who.leader)] == [str(draft.pk)]
        assert PlanLineImporter.into_choices(other.leader) == []

    def test_the_template_is_a_sheet_the_import_reads(self, who, draft):
        book = load_workbook(io.BytesIO(PlanLineImporter.template()))
        assert book.sheetnames == ["Kế hoạch", "Hướng dẫn"]
        book.worksheets[0].append(self.ROW)
        target = io.BytesIO()
        book.save(target)
        outcome = PlanLineImporter(by=who.leader, into=str(draft.pk)).run(target.getvalue(), "mau.xlsx")
        assert outcome.added == 1


class TestPages:
    """Through the browser's door."""

    def test_from_a_new_plan_to_a_decision(self, who, client):
        sign_in(client, who.leader)
        make.subject()
        said = {
            "agency": who.lead.pk, "year": today().year, "scope": "ANNUAL", "act": "KT", "title": "Kiểm tra năm",
            "legal_ground": "Nghị định số 217/2025/NĐ-CP", "aims": "",
        }  # fmt: skip
        page = client.post("/inspections/plans/new/", said)
        address = page["Location"]
        line = {
            "number": "", "subjects": "1200345678\nKhông có tên này", "field": "An toàn thông tin",
            "content": "Cấp độ", "kind": make.line_facts()["kind"].pk, "month_from": 3, "month_to": 2,
            "leader": who.leader.pk, "team": "",
        }  # fmt: skip
        wrong = client.post(f"{address}lines/new/", line).content.decode()
        assert "“Không có tên này” is not in the register" in wrong
        assert "The last month lies before the first." in wrong
        client.post(f"{address}lines/new/", {**line, "subjects": "1200345678", "month_to": 5})
        client.post(f"{address}send/", {"send-sent_to": "Thanh tra tỉnh"})
        sign_in(client, who.head)
        client.post(f"{address}approve/", {"approve-overlaps_settled": ""})
        version = PlanVersion.objects.get()
        assert version.state == PlanState.APPROVED
        row = version.lines.get()
        shown = client.get(f"/inspections/new/?line={row.pk}").content.decode()
        assert "From the plan “Kiểm tra năm”, line 1" in shown
        assert "1200345678" in shown

    def test_a_refused_act_shows_why_and_keeps_the_words(self, who, client):
        version = make.approved_plan(who)
        sign_in(client, clerk_of(who))
        said = {"publish-paper_number": "năm/KH", "publish-issued_on": today().isoformat()}
        page = client.post(f"/inspections/plans/{version.plan_id}/publish/", said)
        assert page.status_code == 422
        assert "Write the number as 05/KH-SNV." in page.content.decode()
        assert "năm/KH" in page.content.decode()

    def test_a_stranger_finds_neither_plan_nor_line(self, who, other, client):
        version = make.approved_plan(who)
        sign_in(client, other.leader)
        for address in (
            f"plans/{version.plan_id}/",
            f"plans/{version.plan_id}/paper.pdf",
            f"new/?line={version.lines.get().pk}",
        ):
            assert client.get(f"/inspections/{address}").status_code == 404

    def test_the_list_asks_as_much_for_three_plans_as_for_one(self, who, client):
        sign_in(client, who.leader)
        make.plan_draft(who)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get("/inspections/plans/")
            counts.append(len(asked))
            for _more in range(2):
                make.plan_draft(who, scope="THEMATIC")
        assert counts[0] == counts[1]

    def test_the_page_asks_as_much_for_three_lines_as_for_one(self, who, client):
        sign_in(client, who.leader)
        three = [([one], {}) for one in bodies(3)]
        counts = []
        for lines in (three[:1], three):
            version = make.plan_draft(who, scope="THEMATIC", lines=lines)
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/inspections/plans/{version.plan_id}/")
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_what_was_published_is_sent_as_it_was(self, who, client):
        version = published(who)
        sign_in(client, who.leader)
        page = client.get(f"/inspections/plans/{version.plan_id}/paper.pdf")
        assert hashlib.sha256(b"".join(page.streaming_content)).hexdigest() == version.sha256


def test_the_document_reads_as_the_decree_wants(who):
    body = make.subject("CQ-9", "Ủy ban nhân dân phường Mỹ Tho", "CQNN")
    version = published(who, title="Kiểm tra chuyên ngành năm 2026", lines=[([body], {"leader": who.leader})])
    with version.pdf.open("rb") as file, pdfplumber.open(file) as pdf:
        first, annex = pdf.pages[0].extract_text(), pdf.pages[-1].extract_text()
        wide = pdf.pages[-1].width > pdf.pages[-1].height
    assert "Số: 05/KH-SKHCN" in first
    assert "KẾ HOẠCH" in first
    assert "Kiểm tra chuyên ngành năm 2026" in first
    assert "Căn cứ Nghị định số 217/2025/NĐ-CP" in first
    assert wide
    assert "Ủy ban nhân dân" in annex
    assert "Trần Thị Trưởng" in annex
