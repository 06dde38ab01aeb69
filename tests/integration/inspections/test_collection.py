"""Requests for documents and receipts: asked in writing after the announcement, each file acknowledged."""

import hashlib
import io
import uuid
import zipfile
from datetime import date, timedelta

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from inspections.actions import collection, document
from inspections.actions.steps import derive_steps, drifted
from inspections.bundling import case_bundle
from inspections.collection_states import ItemState
from inspections.models import Inspection, ReceivedFile, RequestItem
from inspections.rules import explain
from inspections.rules.files import type_of_document
from inspections.states import Step
from lms.base.audit.labels import action_label
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
Wanted = collection.Wanted
TWO = (Wanted("Quy chế bảo đảm an toàn thông tin", "PDF"), Wanted("Danh sách tài khoản quản trị", "SHEET"))


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def case(who):
    return make.announced(who)


@pytest.fixture
def subject(case):
    return case.subjects.get()


def refusal(attempt) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return buffer.getvalue()


WORKBOOK = office("[Content_Types].xml", "xl/workbook.xml")


class TestTheRequest:
    def test_it_is_drafted_signed_numbered_and_only_then_handed_over(self, who, subject):
        row = make.requested(who, subject, *TWO)
        assert "signed and numbered" in refusal(lambda: collection.hand_request(by=who.leader, request=row))
        paper = collection.draft_request_paper(by=who.leader, request=row)
        paper = document.sign_document(by=who.leader, document=paper)
        assert "signed and numbered" in refusal(lambda: collection.hand_request(by=who.leader, request=row))
        paper = make.numbering.number_document(by=make.clerk(who), document=paper)
        assert paper.written_number == "01/YC-ĐKT"
        handed = collection.hand_request(by=who.leader, request=row)
        assert handed.is_handed_over and handed.handed_by == who.leader
        entry = subject.inspection.entries.get(event="request")
        assert (entry.paper_type, entry.paper_number) == ("yeu-cau-cung-cap", "01/YC-ĐKT")

    def test_its_document_says_to_whom_what_in_which_form_and_until_when(self, who, subject):
        row = make.handed_over(who, subject, *TWO, due_on=today() + timedelta(days=4))
        text = words(row.document.pdf.read())
        due = today() + timedelta(days=4)
        for part in (
            f"Kính gửi: {subject}",
            "Quy chế bảo đảm an toàn thông tin (tệp PDF)",
            "Danh sách tài khoản quản trị (bảng tính XLSX)",
            f"{due.year}",
            "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 15/QĐ-SKHCN",
        ):
            assert part in text, (part, text)

    def test_a_further_request_names_the_earlier_one(self, who, subject):
        make.handed_over(who, subject, *TWO)
        second = make.handed_over(who, subject, Wanted("Nhật ký sao lưu"))
        assert second.number == 2
        assert "bổ sung Yêu cầu số 01/YC-ĐKT" in words(second.document.pdf.read())

    def test_the_paper_of_one_party_names_no_other(self, who):
        other = make.decision.Party("DN", "1200999999", "Công ty Cổ phần Hậu Giang")
        case = make.announced(who, parties=[make.PARTY, other])
        row = make.handed_over(who, case.subjects.first(), *TWO)
        assert "Hậu Giang" not in words(row.document.pdf.read())

    def test_after_it_was_handed_over_nothing_of_it_changes(self, who, subject):
        row = make.handed_over(who, subject, *TWO)
        for attempt in (
            lambda: collection.change_request(by=who.leader, request=row, due_on=today(), items=TWO),
            lambda: collection.draft_request_paper(by=who.leader, request=row),
            lambda: collection.hand_request(by=who.leader, request=row),
        ):
            assert "handed over" in refusal(attempt)

    def test_a_draft_changes_with_its_document_a_signed_one_does_not(self, who, subject):
        row = make.requested(who, subject, *TWO)
        collection.draft_request_paper(by=who.leader, request=row)
        collection.change_request(
            by=who.leader, request=row, due_on=today(), items=[Wanted("Sổ trực")], note="Gọi số 1022"
        )
        row.refresh_from_db()
        assert row.document.inputs["requested"] == "Sổ trực"
        document.sign_document(by=who.leader, document=row.document)
        said = refusal(
            lambda: collection.change_request(by=who.leader, request=row, due_on=today(), items=TWO)
        )
        assert "another request" in said

    def test_a_document_that_says_something_else_is_not_handed_over(self, who, subject):
        row = make.requested(who, subject, *TWO)
        paper = collection.draft_request_paper(by=who.leader, request=row)
        inputs = {**paper.inputs, "requested": "Thứ khác"}
        paper = document.change_document(by=who.leader, document=paper, **inputs)
        paper = document.sign_document(by=who.leader, document=paper)
        make.numbering.number_document(by=make.clerk(who), document=paper)
        assert "does not say" in refusal(lambda: collection.hand_request(by=who.leader, request=row))

    def test_only_the_leader_asks_and_only_after_the_announcement(self, who, subject):
        for other in (who.head, who.secretary):
            with pytest.raises(PermissionDenied):
                collection.make_request(by=other, subject=subject, due_on=today(), items=TWO)
        party = make.decision.Party("DN", "1200777777", "Công ty Khác")
        planned = make.teamed(who, decision_no="16/QĐ-SKHCN", parties=[party]).subjects.get()
        assert refusal(lambda: make.requested(who, planned, *TWO))

    def test_bad_requests_are_named(self, who, subject):
        facts = {"by": who.leader, "subject": subject}
        yesterday = today() - timedelta(days=1)
        assert refusal(lambda: collection.make_request(**facts, due_on=yesterday, items=TWO))
        assert refusal(lambda: collection.make_request(**facts, due_on=today(), items=[Wanted("  ")]))

    def test_nothing_is_asked_after_the_minutes_are_locked(self, who):
        subject = make.with_minutes(who).subjects.get()
        assert "locked" in refusal(lambda: make.requested(who, subject, *TWO))


class TestHowAnItemStands:
    def states(self, request, day: date, *, closed: bool = False):
        return [item.state_on(day, closed=closed) for item in request.items.all()]

    def test_awaited_then_late_then_missing(self, who, subject):
        row = make.handed_over(who, subject, *TWO, due_on=today() + timedelta(days=2))
        assert self.states(row, today() + timedelta(days=2)) == [ItemState.WAITING] * 2
        assert self.states(row, today() + timedelta(days=3)) == [ItemState.LATE] * 2
        assert self.states(row, today(), closed=True) == [ItemState.MISSING] * 2

    def test_received_in_time_or_late_and_put_aside_with_a_reason(self, who, subject):
        row = make.handed_over(who, subject, *TWO, Wanted("Sổ trực"), due_on=today())
        first, second, third = row.items.all()
        make.papers(who, subject, item=first)
        assert refusal(lambda: collection.put_item_aside(by=who.leader, item=second, reason=" "))
        assert refusal(lambda: collection.put_item_aside(by=who.leader, item=first, reason="Đã có"))
        collection.put_item_aside(by=who.leader, item=second, reason="Ngoài phạm vi quyết định")
        RequestItem.objects.get(pk=third.pk)
        assert self.states(row, today()) == [ItemState.RECEIVED, ItemState.ASIDE, ItemState.WAITING]


class TestReceipts:
    def test_papers_with_a_scan_are_kept_with_size_and_hash(self, who, subject):
        row = make.papers(who, subject, file=make.photo("bản quét.png"))
        assert (row.number, row.on_paper, row.size) == (1, True, len(make.PNG))
        assert (
            row.sha256 == hashlib.sha256(make.PNG).hexdigest() == hashlib.sha256(row.file.read()).hexdigest()
        )
        assert (row.giver, row.taken_by) == ("Phạm Thị Đại Diện, Giám đốc", who.secretary)

    def test_the_same_identifier_again_is_the_same_receipt_of_another_subject_it_is_refused(self, who):
        other = make.decision.Party("DN", "1200999999", "Công ty Cổ phần Hậu Giang")
        first, second = make.announced(who, parties=[make.PARTY, other]).subjects.all()
        key = uuid.uuid4()
        row = make.papers(who, first, uuid=key)
        assert make.papers(who, first, uuid=key) == row
        assert refusal(lambda: make.papers(who, second, uuid=key))
        assert make.papers(who, second).number == 1

    def test_a_receipt_never_changes_and_is_never_deleted(self, who, subject):
        row = make.papers(who, subject)
        row.name = "Khác"
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()

    @pytest.mark.parametrize(
        "change", [{"sha256": "0" * 64}, {"giver": ""}, {"on_paper": False}], ids=["hash", "giver", "neither"]
    )
    def test_half_a_receipt_is_refused_by_the_database(self, who, subject, change):
        row = make.papers(who, subject)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReceivedFile.objects.filter(pk=row.pk).update(**change)

    def test_days_before_the_announcement_and_to_come_are_refused(self, who, subject):
        for day in (today() + timedelta(days=1), today() - timedelta(days=1)):
            assert refusal(lambda day=day: make.papers(who, subject, came_on=day))

    def test_an_item_that_is_not_this_subject_s_is_refused(self, who, subject):
        party = make.decision.Party("DN", "1200777777", "Công ty Khác")
        foreign = make.announced(who, decision_no="16/QĐ-SKHCN", parties=[party]).subjects.get()
        item = make.handed_over(who, foreign, *TWO).items.first()
        assert refusal(lambda: make.papers(who, subject, item=item))

    def test_the_printed_receipt_names_number_amount_giver_taker_and_hash(self, who, subject, client):
        row = make.papers(who, subject, name="Quy chế", sheets=12, file=make.photo())
        make.papers(who, subject, name="Sổ trực")
        address = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/collection/receipts.pdf"
        one = sign_in(client, who.leader).get(address, {"number": "1"})
        text = words(one.content)
        assert "GIẤY BIÊN NHẬN" in text and "12 tờ" in text and "Sổ trực" not in text
        for part in (row.sha256[:16], who.secretary.full_name, "Phạm Thị Đại Diện"):
            assert part.replace(" ", "") in text.replace(" ", "")
        assert "Sổ trực" in words(client.get(address).content)
        assert client.get(address, {"number": "9"}).status_code == 404

    def test_receipts_travel_in_the_bundle_and_every_act_has_words_in_the_log(self, who, subject):
        row = make.papers(who, subject, file=make.photo())
        make.handed_over(who, subject, *TWO)
        content = case_bundle(Inspection.objects.get(pk=subject.inspection_id))
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert any(name.endswith("received/001-Quy_che.pdf") or "received/001-" in name for name in names)
        assert row.sha256.encode() in zipfile.ZipFile(io.BytesIO(content)).read(
            next(name for name in names if name.endswith("hashes.json"))
        )
        for action in ("make_request", "request", "receive_file"):
            assert AuditEvent.objects.filter(action=f"inspections.{action}").exists()
            assert action_label(f"inspections.{action}") != f"inspections.{action}"


class TestWhatAFileReallyIs:
    def test_workbooks_and_letters_are_taken_with_macros_or_tricks_they_are_not(self):
        assert type_of_document(WORKBOOK).endswith("sheet")
        assert type_of_document(office("[Content_Types].xml", "word/document.xml")).endswith("document")
        for bad in (
            office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
            office("[Content_Types].xml", "xl/workbook.xml", "../../etc/passwd"),
            office("xl/workbook.xml"),
            office("a.txt"),
            b"PK\x03\x04 broken",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"MZ\x90\x00",
        ):
            assert type_of_document(bad) is None

    def test_a_workbook_that_claims_to_unpack_to_gigabytes_is_refused_unread(self, monkeypatch):
        monkeypatch.setattr("inspections.rules.files.MOST_UNPACKED", 5)
        assert type_of_document(WORKBOOK) is None

    @pytest.mark.parametrize(
        ("content", "form", "said"),
        [(b"", "ANY", "empty"), (make.PNG, "SHEET", "form asked for"), (b"<html>", "ANY", "neither")],
    )
    def test_what_does_not_fit_is_refused_by_its_name(self, content, form, said):
        text = refusal(lambda: collection.checked_document(SimpleUploadedFile("sổ.xlsx", content), form))
        assert "sổ.xlsx" in text and said in text


class TestTheStepOfCollection:
    """S2 is announcement and collection: a paper entered later than a working day after it came makes it P."""

    def letters(self, subject) -> str:
        return derive_steps(subject.inspection)[0]

    def test_papers_entered_in_time_leave_it_digital(self, who, subject):
        make.papers(who, subject)
        assert self.letters(subject)[1] == "D"

    def test_papers_entered_late_make_it_paper_and_the_page_names_the_receipt(self, who, client):
        long_ago = today() - timedelta(days=14)
        case = make.announced(who, signed_on=long_ago, on=long_ago)
        subject = case.subjects.get()
        # The announcement itself was entered late; take that out of the question.
        moment = make.at(long_ago)
        type(case.announcement).objects.filter(pk=case.announcement.pk).update(created_at=moment)
        assert self.letters(subject)[1] == "D"
        make.papers(who, subject, came_on=today() - timedelta(days=9))
        assert self.letters(subject)[1] == "P"
        assert drifted() == []
        fresh = Inspection.objects.get(pk=case.pk).subjects.get()
        line = explain(fresh, make.course.working_calendar())[Step.ANNOUNCEMENT - 1]
        assert "01" in line.fact.source
        page = sign_in(client, who.leader).get(f"/inspections/{case.pk}/verdict/").content.decode()
        assert str(line.fact.source) in page


class TestPages:
    def test_a_request_is_made_changed_drafted_and_handed_over_on_the_pages(self, who, subject, client):
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/collection/"
        sign_in(client, who.leader)
        rows = {"form-TOTAL_FORMS": "8", "form-INITIAL_FORMS": "0", "form-0-format": "ANY"}
        empty = client.post(f"{at}new/", {**rows, "due_on": today().isoformat()})
        assert empty.status_code == 200 and "id_form-0-what" in empty.content.decode()
        client.post(f"{at}new/", {**rows, "due_on": today().isoformat(), "form-0-what": "Quy chế"})
        row = subject.requests.get()
        change = f"/inspections/{subject.inspection_id}/requests/{row.pk}/"
        assert "Quy chế" in client.get(f"{change}change/").content.decode()
        went = client.post(f"{change}paper/")
        row.refresh_from_db()
        assert went.url == f"/inspections/{subject.inspection_id}/documents/{row.document.pk}/"
        document.sign_document(by=who.leader, document=row.document)
        make.numbering.number_document(by=make.clerk(who), document=row.document)
        assert "01/YC-ĐKT" in client.get(at).content.decode()
        client.post(f"{change}hand/")
        row.refresh_from_db()
        assert row.is_handed_over
        item = row.items.get()
        aside = f"/inspections/{subject.inspection_id}/items/{item.pk}/aside/"
        assert client.post(aside, {"reason": ""}).status_code == 200
        client.post(aside, {"reason": "Ngoài phạm vi"})
        assert RequestItem.objects.get(pk=item.pk).aside_because == "Ngoài phạm vi"

    def test_papers_are_registered_on_the_page_and_a_wrong_scan_loses_nothing(self, who, subject, client):
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/collection/papers/"
        sign_in(client, who.secretary)
        data = {
            "name": "Sổ trực năm 2026",
            "giver": "Bà Đại Diện",
            "came_on": today().isoformat(),
            "uuid": str(uuid.uuid4()),
        }
        wrong = client.post(at, {**data, "file": SimpleUploadedFile("a.exe", b"MZ")})
        assert "Sổ trực năm 2026" in wrong.content.decode() and not ReceivedFile.objects.exists()
        for _again in range(2):
            client.post(at, data)
        assert ReceivedFile.objects.get().name == "Sổ trực năm 2026"

    def test_the_page_asks_the_same_number_of_queries_for_one_request_and_for_three(
        self, who, subject, client
    ):
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/collection/"
        sign_in(client, who.leader)
        clerk = make.clerk(who)
        make.handed_over(who, subject, *TWO, by=clerk)
        make.papers(who, subject, item=RequestItem.objects.first())
        client.get(at)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as counted:
                client.get(at)
            counts.append(len(counted))
            for item in RequestItem.objects.all():
                make.papers(who, subject, item=item)
            for _more in range(2):
                make.handed_over(who, subject, *TWO, by=clerk)
        assert counts[0] == counts[1]
