"""A case's documents: drafted from its records, signed, numbered by the registry, filed, corrected."""

import hashlib
import io
from datetime import date, timedelta

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from inspections.actions import course, document, numbering, plans
from inspections.models import CaseDocument, KindDocument, LegalBasis
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people.models import AgencyPeriod
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
EXTENSION = {"extra_days": "5", "reason": "Hồ sơ nhiều, cần thêm thời gian"}


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def case(who):
    return make.announced(who)


@pytest.fixture
def clerk(who):
    return make.clerk(who)


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def refusal(attempt) -> str:
    with pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


class TestFromDraftToFile:
    def test_number_and_day_are_blank_until_the_clerk_gives_them(self, who, case, clerk):
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert (draft.state, draft.number, draft.written_number) == ("DRAFT", None, "")
        text = words(document.preview(draft))
        assert "/QĐ-SKHCN" in text and "tháng" in text
        signed = document.sign_document(by=who.head, document=draft)
        assert (signed.state, signed.number) == ("SIGNED", None)
        kept = numbering.number_document(by=clerk, document=signed)
        assert (kept.state, kept.series, kept.year, kept.issued_on) == (
            "NUMBERED",
            "QĐ",
            today().year,
            today(),
        )
        # 15/QĐ-SKHCN is the case's own decision: the series goes on after it.
        assert kept.written_number == "16/QĐ-SKHCN"
        content = kept.pdf.read()
        assert hashlib.sha256(content).hexdigest() == kept.sha256
        assert "Số: 16/QĐ-SKHCN" in words(content)
        filed = document.file_document(by=clerk, document=kept)
        assert (filed.state, filed.filed_by) == ("FILED", clerk)

    def test_each_act_is_in_the_audit_with_its_person(self, who, case, clerk):
        make.numbered(who, case, "quyet-dinh-gia-han", clerk, **EXTENSION)
        rows = AuditEvent.objects.filter(action__endswith="_document").order_by("pk")
        assert [row.action for row in rows] == [
            "inspections.make_document",
            "inspections.sign_document",
            "inspections.number_document",
        ]

    def test_the_decision_bears_number_and_day_the_case_was_opened_with(self, who, clerk):
        signed_on = today() - timedelta(days=3)
        case = make.teamed(who, signed_on=signed_on)
        row = make.numbered(who, case, "quyet-dinh-kiem-tra", clerk)
        assert (row.written_number, row.issued_on) == ("15/QĐ-SKHCN", signed_on)
        again = make.signed(
            who, make.teamed(who, decision_no="17/QĐ-SKHCN", parties=OTHER), "quyet-dinh-kiem-tra"
        )
        assert "17/QĐ-SKHCN" in refusal(
            lambda: numbering.number_document(by=clerk, document=again, number=18)
        )

    def test_numbers_run_by_agency_type_and_year(self, who, case, clerk):
        make.planned(who, case)
        plan = make.numbered(who, case, "ke-hoach-tien-hanh", clerk)
        outline = make.numbered(who, case, "de-cuong-bao-cao", clerk, outline="1. Tình hình")
        assert (plan.written_number, outline.written_number) == ("01/KH-ĐKT", "01/ĐC-ĐKT")
        assert make.numbered(who, case, "ke-hoach-tien-hanh", clerk).written_number == "02/KH-ĐKT"
        assert numbering.next_number(who.lead.pk, "KH", today().year + 1) == 1

    def test_a_team_s_plan_does_not_take_the_number_of_the_agency_s_plan(self, who, case, clerk):
        """Both are plans of one agency: one run of numbers a year (NĐ 30/2020/NĐ-CP, Điều 15)."""
        year_plan = make.approved_plan(who)
        plans.publish_plan(by=clerk, version=year_plan, paper_number="5/KH-SKHCN", issued_on=today())
        make.planned(who, case)
        signed = make.signed(who, case, "ke-hoach-tien-hanh")
        assert "05/KH-SKHCN" in refusal(
            lambda: numbering.number_document(by=clerk, document=signed, number=5)
        )
        assert numbering.number_document(by=clerk, document=signed).number == 6

    def test_a_signed_one_may_be_returned_with_a_reason_only(self, who, case, clerk):
        signed = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        refusal(lambda: document.return_document(by=clerk, document=signed, reason=" "))
        back = document.return_document(by=clerk, document=signed, reason="Thiếu căn cứ")
        assert (back.state, back.signed_at, back.returned_because) == ("DRAFT", None, "Thiếu căn cứ")
        changed = document.change_document(by=who.leader, document=back, **{**EXTENSION, "extra_days": "3"})
        assert changed.inputs["extra_days"] == "3"
        assert document.sign_document(by=who.head, document=changed).returned_because == ""


OTHER = [make.decision.Party("DN", "1200999999", "Công ty Cổ phần Hậu Giang")]


class TestWho:
    def test_the_team_s_papers_are_its_leader_s(self, who, case):
        for other in (who.head, who.secretary, person("Người Ngoài", agency=who.lead, role="inspector")):
            with pytest.raises(PermissionDenied):
                document.make_document(
                    by=other, inspection=case, type="de-cuong-bao-cao", outline="1. Tình hình"
                )
        assert make.drafted(who, case, "de-cuong-bao-cao", outline="1.").signer == who.leader

    def test_only_the_signer_signs_and_only_a_clerk_of_the_agency_numbers(self, who, case, clerk):
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        foreign = person("Văn Thư Nơi Khác", agency=agency("SYT"), role="registry_clerk")
        for other in (who.leader, clerk, person("Phó", agency=who.lead, role="agency_head")):
            with pytest.raises(PermissionDenied):
                document.sign_document(by=other, document=draft)
        signed = document.sign_document(by=who.head, document=draft)
        for other in (who.head, who.leader, foreign):
            with pytest.raises(PermissionDenied):
                numbering.number_document(by=other, document=signed)

    def test_the_signer_for_the_agency_is_not_in_the_team(self, who, case):
        said = refusal(
            lambda: make.drafted(who, case, "quyet-dinh-gia-han", signer=who.secretary, **EXTENSION)
        )
        assert said

    def test_what_may_not_happen_in_a_state_is_a_sentence(self, who, case, clerk):
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert refusal(lambda: numbering.number_document(by=clerk, document=draft))
        kept = numbering.number_document(
            by=clerk, document=document.sign_document(by=who.head, document=draft)
        )
        for act in (
            lambda: document.sign_document(by=who.head, document=kept),
            lambda: document.change_document(by=who.leader, document=kept, **EXTENSION),
            lambda: document.return_document(by=clerk, document=kept, reason="x"),
            lambda: numbering.number_document(by=clerk, document=kept),
        ):
            assert refusal(act)


class TestNumbers:
    def test_a_number_already_used_is_refused(self, who, case, clerk):
        first = make.numbered(who, case, "quyet-dinh-gia-han", clerk, **EXTENSION)
        second = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert refusal(lambda: numbering.number_document(by=clerk, document=second, number=first.number))
        # The number of a decision that was only entered with its case is used too.
        assert refusal(lambda: numbering.number_document(by=clerk, document=second, number=15))
        assert numbering.number_document(by=clerk, document=second, number=40).number == 40
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            CaseDocument.objects.filter(pk=second.pk).update(number=first.number)

    def test_no_day_to_come_and_none_before_the_signature(self, who, case, clerk):
        signed = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        for day in (today() + timedelta(days=1), today() - timedelta(days=1)):
            assert refusal(
                lambda day=day: numbering.number_document(by=clerk, document=signed, issued_on=day)
            )


class TestNumberedNeverChanges:
    @pytest.mark.parametrize(
        "change",
        [{"number": 99}, {"content": {}}, {"sha256": "0" * 64}, {"state": "DRAFT"}, {"pdf": "x.pdf"}],
    )
    def test_not_by_sql(self, who, case, clerk, change):
        kept = make.numbered(who, case, "quyet-dinh-gia-han", clerk, **EXTENSION)
        with pytest.raises(DatabaseError), transaction.atomic():
            CaseDocument.objects.filter(pk=kept.pk).update(**change)

    def test_while_a_draft_does(self, who, case):
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert CaseDocument.objects.filter(pk=draft.pk).update(content={}) == 1

    def test_not_by_deleting(self, who, case, clerk):
        kept = make.numbered(who, case, "quyet-dinh-gia-han", clerk, **EXTENSION)
        with pytest.raises(TypeError):
            kept.delete()

    def test_a_correction_is_another_one_that_names_it(self, who, case, clerk):
        kept = make.numbered(who, case, "quyet-dinh-gia-han", clerk, **EXTENSION)
        refusal(lambda: document.correct_document(by=who.leader, document=kept, reason=""))
        fresh = document.correct_document(by=who.leader, document=kept, reason="Sai số ngày")
        assert (fresh.state, fresh.replaces, fresh.number) == ("DRAFT", kept, None)
        assert "thay thế văn bản số 16/QĐ-SKHCN" in words(document.preview(fresh))
        assert refusal(lambda: document.correct_document(by=who.leader, document=kept, reason="Lần hai"))
        assert CaseDocument.objects.get(pk=kept.pk).sha256 == kept.sha256


class TestWhatItSays:
    def test_a_text_no_longer_in_force_is_stopped_with_its_successor(self, who, case):
        said = refusal(
            lambda: make.drafted(
                who, case, "quyet-dinh-gia-han", grounds="Luật Thanh tra số 11/2022/QH15", **EXTENSION
            )
        )
        assert "84/2025/QH15" in said

    def test_a_text_that_ends_between_signature_and_number_is_stopped(self, who, case, clerk):
        signed = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        LegalBasis.objects.filter(number="217/2025/NĐ-CP").update(valid_to=today())
        assert "217/2025/NĐ-CP" in refusal(lambda: numbering.number_document(by=clerk, document=signed))

    def test_the_agency_bears_the_name_of_the_day(self, who, clerk):
        """Renamed today: the decision of three days ago has the old name, what is made today the new one."""
        case = make.teamed(who, signed_on=today() - timedelta(days=3))
        course.announce(by=who.leader, inspection=case, announced_on=today() - timedelta(days=2))
        signed = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        AgencyPeriod.objects.filter(agency=who.lead).update(valid_to=today())
        AgencyPeriod.objects.create(
            agency=who.lead, code="SKHCN", name="Sở Khoa học mới", place_name="Đồng Tháp", valid_from=today()
        )
        assert "Sở Khoa học mới" in refusal(lambda: numbering.number_document(by=clerk, document=signed))
        decision = make.drafted(who, case, "quyet-dinh-kiem-tra")
        fresh = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert decision.content["lead"] == "Sở Khoa học và Công nghệ"
        assert fresh.content["lead"] == "Sở Khoa học mới"

    def test_nothing_is_made_from_what_is_not_there(self, who):
        case = make.opened(who)
        assert refusal(
            lambda: document.make_document(by=who.head, inspection=case, type="quyet-dinh-kiem-tra")
        )
        make.decision.form_team(
            by=who.leader, inspection=case, places=[make.decision.Place(who.leader, "LEADER")]
        )
        assert refusal(lambda: make.drafted(who, case, "ke-hoach-tien-hanh"))  # no plan yet
        assert refusal(lambda: make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION))  # not announced
        announced = make.announced(who, parties=OTHER, decision_no="18/QĐ-SKHCN")
        assert refusal(lambda: make.drafted(who, announced, "bao-cao-ket-qua", assessment="a", proposals="b"))
        assert refusal(
            lambda: make.drafted(who, announced, "quyet-dinh-gia-han", extra_days="5")
        )  # no reason

    def test_a_field_or_a_template_that_is_not_known_is_a_sentence(self, who, case):
        assert "unknown_field" in refusal(
            lambda: make.drafted(who, case, "quyet-dinh-gia-han", unknown_field="x", **EXTENSION)
        )
        KindDocument.objects.filter(version=case.kind_version, type="quyet-dinh-gia-han").update(
            template_code="mau-rieng"
        )
        assert "mau-rieng" in refusal(lambda: make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION))

    def test_the_report_and_the_notice_say_what_the_minutes_found(self, who, clerk):
        case = make.announced(who)
        subject = case.subjects.get()
        make.send_sheet(
            who, subject, make.sheet_xml({"sao_luu_kq": "chua_dat", "sao_luu_ghi_chu": "Chưa thử"})
        )
        make.write(who, subject)
        make.minutes.lock_minutes(by=who.leader, subject=subject)
        told = {"assessment": "Cơ bản chấp hành.", "proposals": "Thử khôi phục bản sao lưu\nBáo cáo kết quả"}
        for type_ in ("bao-cao-ket-qua", "thong-bao-ket-qua", "yeu-cau-chan-chinh"):
            text = words(make.numbered(who, case, type_, clerk, **told).pdf.read())
            assert "Chưa thử" in text or type_ == "yeu-cau-chan-chinh", type_
            assert "Thử khôi phục bản sao lưu" in text and "Cửu Long" in text
        letter = CaseDocument.objects.get(type="yeu-cau-chan-chinh")
        assert letter.written_number == "01/SKHCN"
        course.issue_result(by=who.head, inspection=case, number="01/TB-SKHCN", issued_on=today())


class TestPages:
    def test_from_the_case_to_the_number(self, client, who, case, clerk):
        sign_in(client, who.leader)
        page = client.get(f"/inspections/{case.pk}/").content.decode()
        assert f"/inspections/{case.pk}/documents/new/quyet-dinh-gia-han/" in page
        made = client.post(
            f"/inspections/{case.pk}/documents/new/quyet-dinh-gia-han/", {**EXTENSION, "signer": who.head.pk}
        )
        row = CaseDocument.objects.get()
        assert made.url == f"/inspections/{case.pk}/documents/{row.pk}/"
        assert client.get(f"{made.url}paper.pdf").content[:5] == b"%PDF-"
        assert client.post(f"{made.url}sign/").status_code == 403
        sign_in(client, who.head)
        assert client.post(f"{made.url}sign/").status_code == 302
        sign_in(client, clerk)
        assert made.url in client.get("/inspections/papers/").content.decode()
        assert (
            client.post(f"{made.url}number/", {"number": "15"}).status_code == 200
        )  # used: said at the form
        assert client.post(f"{made.url}number/", {}).status_code == 302
        assert made.url not in client.get("/inspections/papers/").content.decode()
        row.refresh_from_db()
        assert b"".join(client.get(f"{made.url}paper.pdf").streaming_content) == row.pdf.read()
        # What the extension rests on is offered where the step asks for it.
        sign_in(client, who.head)
        assert "16/QĐ-SKHCN" in client.get(f"/inspections/{case.pk}/steps/extend/").content.decode()

    def test_a_day_of_a_document_is_read_as_a_day(self, client, who, case):
        sign_in(client, who.leader)
        url = f"/inspections/{case.pk}/documents/new/quyet-dinh-tam-dung/"
        facts = {"from_day": "2026-13-40", "reason": "Bão", "signer": who.head.pk}
        assert client.post(url, facts).status_code == 200
        client.post(url, {**facts, "from_day": date(2026, 1, 5).isoformat()})
        assert "ngày 05 tháng 01 năm 2026" in words(document.preview(CaseDocument.objects.get()))
