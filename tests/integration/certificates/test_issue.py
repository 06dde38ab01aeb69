"""A completion earns one certificate: numbered, frozen, filed, logged."""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

import pdfplumber
import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates import actions, facts, points
from certificates.actions import (
    NotIssued,
    RegisterRefused,
    due,
    issue,
    issue_due,
    promise_due,
    spoil,
    take_number,
)
from certificates.documents import certificate_pdf
from certificates.models import Certificate, RegisterCounter
from certificates.queries import CertificateRewritten, completions_due
from certificates.rules import earns
from courses.actions import revoke_completion
from courses.models import Revocation
from courses.signals import completed
from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.people.models import AgencyPeriod
from tests.factories import certificates as made
from tests.factories import people, signing


def text_of(certificate: Certificate) -> str:
    with (
        storages["private"].open(certificate.file_name) as file,
        pdfplumber.open(io.BytesIO(file.read())) as pdf,
    ):
        assert len(pdf.pages) == 1
        return pdf.pages[0].extract_text()


def test_it_freezes_what_it_prints(world, completion):
    at = datetime(2026, 11, 6, 2, 0, tzinfo=UTC)
    found = issue(completion=completion, by=None, at=at)
    assert (found.person_name, found.birth_date, found.salutation) == (
        "Nguyễn Thị Mỹ Tiên",
        date(1988, 3, 9),
        "Bà",
    )
    assert (found.position, found.agency_name) == ("Chuyên viên", "Ủy ban nhân dân phường Mỹ Tho")
    assert (found.superior_name, found.issuer_name) == ("Ủy ban nhân dân tỉnh Đồng Tháp", "Sở Nội vụ")
    assert (found.signer_title, found.signer_name) == ("Chuyên viên", "Trần Văn Quý")
    assert (found.course_code, found.hours, found.form, found.result) == (
        "DS06",
        8,
        "Từ xa",
        "Đạt (85/100 điểm)",
    )
    assert (found.started_on, found.completed_on, found.issued_on) == (
        date(2026, 11, 5),
        date(2026, 11, 5),
        date(2026, 11, 6),
    )
    assert (found.serial, found.register_number) == ("SNV.2026.00001", "00001/2026")
    assert found.rule_version == "1"
    assert found.evidence_sha256 == hashlib.sha256(b'{"score":"85.00"}').hexdigest()


def test_the_paper_says_all_of_it(world, completion):
    certificate = issue(completion=completion, by=None)
    text = text_of(certificate)
    for words in (
        "GIẤY CHỨNG NHẬN",
        "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Chứng nhận Bà:",
        "NGUYỄN THỊ MỸ TIÊN",
        "Ngày sinh: 09/03/1988",
        "Chuyên viên, Ủy ban nhân dân phường Mỹ Tho",
        "An toàn thông tin và phòng chống lừa đảo trực tuyến",
        "Thời lượng: 8 tiết",
        "Hình thức: Từ xa",
        "Từ ngày 05/11/2026 đến ngày 05/11/2026",
        "Kết quả: Đạt (85/100 điểm)",
        f"Số hiệu: SNV.{certificate.year}.00001",
        f"Số vào sổ cấp: 00001/{certificate.year}",
        certificate.public_code,
        "Đồng Tháp, ngày",
        "Trần Văn Quý",
    ):
        assert words in text
    assert world.learner.code not in text


def test_the_file_is_the_one_that_was_hashed(completion):
    certificate = issue(completion=completion, by=None)
    with storages["private"].open(certificate.file_name) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == certificate.file_sha256
    assert len(content) == certificate.file_size
    assert content == certificate_pdf(actions.paper_of(Certificate.objects.get()))


def test_asked_again_it_is_the_same_certificate(completion):
    first = issue(completion=completion, by=None)
    assert issue(completion=completion, by=None).pk == first.pk
    assert Certificate.objects.count() == 1
    assert AuditEvent.objects.filter(action="certificates.issue").count() == 1


def test_the_event_says_number_and_hash(completion):
    certificate = issue(completion=completion, by=None)
    event = AuditEvent.objects.get(action="certificates.issue")
    assert event.target_id == str(certificate.pk)
    assert event.new["number"] == certificate.serial
    assert event.new["file_sha256"] == certificate.file_sha256


def test_codes_are_long_and_never_the_same(world):
    codes = [
        made.certificate(people.person(agency=world.commune), world.course).public_code for _ in range(5)
    ]
    assert len(set(codes)) == 5
    assert all(len(code) == 32 for code in codes)  # 24 bytes = 192 bits


def test_each_agency_and_year_counts_by_itself(world):
    elsewhere = made.course("DS07", issuer=world.other)
    issued = []
    for course, year in ((world.course, 2026), (world.course, 2026), (elsewhere, 2026), (world.course, 2027)):
        at = datetime(year, 11, 6, tzinfo=UTC)
        fresh = made.completion(people.person(agency=world.commune), course)
        issued.append(issue(completion=fresh, by=None, at=at).serial)
    assert issued == ["SNV.2026.00001", "SNV.2026.00002", "28260.2026.00001", "SNV.2027.00001"]


def test_the_year_is_that_of_vietnam(world):
    at = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # 00:30 on the first of January 2027
    fresh = made.completion(world.learner, world.course)
    assert issue(completion=fresh, by=None, at=at).year == 2027


class Cut(Exception):
    """The process ends here."""


@pytest.mark.parametrize("point", [name for name in points.POINTS if not name.startswith("spoil")])
def test_a_process_that_ends_at_any_point_leaves_neither_gap_nor_double(
    world, monkeypatch, settings, tmp_path, point
):
    def cut_at(name):
        if name == point:
            raise Cut(name)

    first = made.certificate(world.learner, world.course)
    fresh = made.completion(people.person(agency=world.commune), world.course)
    if point.startswith("sign"):
        signing.use_key(settings, tmp_path)
    with monkeypatch.context() as patch, pytest.raises(Cut):
        patch.setattr(points, "reached", cut_at)
        issue(completion=fresh, by=None)
    assert RegisterCounter.objects.get().last == Certificate.objects.count()
    assert [found.pk for found in Certificate.objects.issued().exclude(completion=fresh)] == [first.pk]
    issue_due()
    assert Certificate.objects.get(completion=fresh).number == 2
    assert Certificate.objects.get(completion=fresh).state == "issued"
    for action in ("certificates.number", "certificates.issue"):
        assert AuditEvent.objects.filter(action=action).count() == 2


def test_what_will_be_printed_is_stored_before_it_is_printed(world, completion):
    certificate = take_number(completion=completion, by=None)
    world.learner.full_name, world.course.name = "Tên Khác", "Khóa khác"
    world.learner.save()
    world.course.save()
    stored = Certificate.objects.get()
    assert (stored.state, stored.file_name, stored.released_at) == ("numbered", "", None)
    assert facts.sha256(stored.facts) == stored.facts_sha256
    assert stored.facts["template"]["sha256"] == stored.template_version.sha256
    assert [piece["name"] for piece in stored.facts["evidence"]["manifest"]] == [
        "completion",
        "evidence/score",
    ]
    issued = issue(completion=completion, by=None)
    assert issued.pk == certificate.pk
    assert "NGUYỄN THỊ MỸ TIÊN" in text_of(issued)


def test_a_completion_withdrawn_while_its_certificate_is_made_annuls_the_number(world, completion):
    take_number(completion=completion, by=None)
    revoke_completion(
        completion=completion, mode="ab_initio", on=timezone.localdate(), reason="Thi hộ", by=None
    )
    assert [why for _completion, why in issue_due().refused] == [
        "Kết quả hoàn thành đã bị thu hồi trước khi cấp giấy chứng nhận."
    ]
    row = Certificate.objects.get()
    assert (row.number, row.state, row.standing) == (1, "spoilt", "spoilt")
    assert row.spoilt.reason == "Kết quả hoàn thành bị thu hồi trước khi cấp"
    assert issue_due().refused == []


def test_an_annulled_number_stays_with_its_reason_and_the_next_is_given(world, certificate):
    with pytest.raises(RegisterRefused, match="Hủy số phải ghi lý do"):
        spoil(certificate=certificate, reason="  ", by=world.head)
    spoil(certificate=certificate, reason="In sai khổ giấy", by=world.head)
    with pytest.raises(RegisterRefused, match="từ trước"):
        spoil(certificate=certificate, reason="In sai lần nữa", by=world.head)
    assert issue_due().count == 1
    rows = Certificate.objects.order_by("number").values_list("number", "state")
    assert list(rows) == [(1, "spoilt"), (2, "issued")]
    event = AuditEvent.objects.get(action="certificates.spoil")
    assert (event.reason, event.old, event.new) == (
        "In sai khổ giấy",
        {"state": "issued"},
        {"state": "spoilt"},
    )


def test_a_step_writes_only_what_the_table_lists_and_only_forward(certificate):
    rows = Certificate.objects.filter(pk=certificate.pk)
    with pytest.raises(CertificateRewritten, match="person_name"):
        rows.step("render", person_name="Người Khác")
    assert rows.step("render", file_name="x.pdf", file_size=1, file_sha256="0" * 64) == 0
    assert Certificate.objects.get().file_name == certificate.file_name


def test_the_issuer_is_named_as_on_the_day_of_issue(world):
    AgencyPeriod.objects.filter(agency=world.department).update(valid_to=date(2026, 11, 1))
    AgencyPeriod.objects.create(
        agency=world.department,
        code="SNV",
        name="Sở Nội vụ và Lao động",
        parent=world.province,
        place_name="Đồng Tháp",
        valid_from=date(2026, 11, 1),
    )
    issued = [
        made.certificate(
            people.person(agency=world.commune), world.course, at=datetime(2026, 10, 5, tzinfo=UTC)
        )
    ]
    old = made.completion(
        people.person(agency=world.commune), world.course, at=datetime(2026, 10, 6, tzinfo=UTC)
    )
    issued.append(issue(completion=old, by=None, at=datetime(2026, 10, 6, 3, tzinfo=UTC)))
    assert [found.issuer_name for found in issued] == ["Sở Nội vụ và Lao động", "Sở Nội vụ"]


def test_an_issuer_that_ended_issues_through_its_successor(world):
    heir = people.agency("SNVLD", name="Sở Nội vụ mới", parent=world.province, valid_from=date(2026, 1, 1))
    world.department.valid_to = date(2026, 1, 1)
    world.department.save()
    people.succeed(world.department, heir, on=date(2026, 1, 1))
    found = made.certificate(world.learner, world.course)
    assert (found.issuer_id, found.issuer_name) == (heir.pk, "Sở Nội vụ mới")


def test_a_course_of_no_agency_is_certified_by_the_province(world):
    found = made.certificate(world.learner, made.course("DS99"), agency=world.commune)
    assert (found.issuer_name, found.superior_name) == ("Ủy ban nhân dân tỉnh Đồng Tháp", "")


def test_without_any_agency_it_says_why(world):
    lonely = made.completion(world.learner, made.course("DS98"))
    with pytest.raises(NotIssued, match="DS98"):
        issue(completion=lonely, by=None)
    assert [completion for completion, _why in issue_due().refused] == [lonely]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"source": "import", "passed": False}, "giay_chung_nhan"),
        ({"source": "class", "verified_on": None}, "giay_chung_nhan"),
        ({"source": "import"}, "giay_chung_nhan"),
        ({}, "none"),
    ],
)
def test_what_earns_nothing_gets_nothing(world, fields, kind):
    course = made.course("DS50", issuer=world.department, certificate_kind=kind)
    completion = made.completion(world.learner, course, **fields)
    assert not earns(completion)
    assert not completions_due().exists()
    assert issue_due().count == 0
    with pytest.raises(NotIssued):
        issue(completion=completion, by=None)
    assert RegisterCounter.objects.count() == 0


def test_a_signed_class_earns_one_too(world):
    completion = made.completion(world.learner, world.course, source="class")
    assert earns(completion)
    assert issue_due().count == 1


def test_a_withdrawn_completion_earns_none(world, completion):
    revoke_completion(
        completion=completion, mode="ab_initio", on=timezone.localdate(), reason="Thi hộ", by=None
    )
    completion.refresh_from_db()
    assert not earns(completion)
    assert issue_due().count == 0


def test_a_programme_gives_the_other_paper(world):
    course = made.course("CC1", issuer=world.department, certificate_kind="chung_chi")
    assert "CHỨNG CHỈ BỒI DƯỠNG" in text_of(made.certificate(world.learner, course))


def test_pulling_twice_issues_once(world):
    for _ in range(3):
        made.completion(people.person(agency=world.commune), world.course)
    assert (issue_due().count, issue_due().count) == (3, 0)
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_the_nudge_promises_and_the_job_issues(world, completion):
    with transaction.atomic():
        completed.send(sender=type(completion), completion=completion)
        completed.send(sender=type(completion), completion=completion)
    assert Job.objects.filter(kind="certificates.issue").count() == 1
    assert not Certificate.objects.exists()
    run_due()
    assert Certificate.objects.get().completion == completion
    assert Job.objects.get(kind="certificates.issue").state == Job.State.DONE


def test_the_promise_goes_with_the_completion_when_it_is_rolled_back(completion):
    with pytest.raises(RuntimeError), transaction.atomic():
        completed.send(sender=type(completion), completion=completion)
        raise RuntimeError
    assert not Job.objects.exists()


def test_a_lost_nudge_loses_no_certificate(completion):
    assert not Job.objects.exists()
    assert (promise_due(), promise_due()) == (1, 1)
    assert Job.objects.count() == 1
    run_due()
    assert (Certificate.objects.count(), promise_due()) == (1, 0)


def test_what_failed_in_all_its_tries_is_promised_anew_each_day(world, completion, monkeypatch):
    promise_due()
    Job.objects.update(state=Job.State.FAILED, attempts=Job.MAX_ATTEMPTS)
    days = []
    for day in (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24)):
        monkeypatch.setattr(due, "today", lambda day=day: day)
        promise_due()
        days.append(Job.objects.count())
    assert days == [2, 2, 3]
    run_due()
    assert Certificate.objects.count() == 1


def test_a_job_whose_completion_was_withdrawn_ends_quietly(completion):
    promise_due()
    revoke_completion(
        completion=completion, mode="ab_initio", on=timezone.localdate(), reason="Thi hộ", by=None
    )
    run_due()
    assert Job.objects.get(kind="certificates.issue").state == Job.State.DONE
    assert not Certificate.objects.exists()


def test_a_certificate_is_never_rewritten_or_deleted(certificate):
    certificate.person_name = "Người Khác"
    with pytest.raises(CertificateRewritten):
        certificate.save()
    with pytest.raises(CertificateRewritten):
        certificate.delete()
    with pytest.raises(CertificateRewritten):
        Certificate.objects.update(person_name="Người Khác")
    with pytest.raises(CertificateRewritten):
        Certificate.objects.all().delete()


def test_the_database_refuses_a_number_twice(world, certificate):
    fresh = made.completion(people.person(agency=world.commune), world.course)
    double = Certificate(
        **{
            field.attname: getattr(certificate, field.attname)
            for field in Certificate._meta.concrete_fields
            if field.name not in ("id", "completion", "public_code")
        }
    )
    double.completion = fresh
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()


def test_what_becomes_of_the_person_changes_nothing(world, certificate):
    world.learner.full_name = "Tên Mới"
    world.learner.save()
    later = Certificate.objects.get()
    assert later.person_name == "Nguyễn Thị Mỹ Tiên"
    assert "NGUYỄN THỊ MỸ TIÊN" in text_of(later)


def test_standing_follows_the_withdrawal(world, certificate):
    today = timezone.localdate()
    assert Certificate.objects.with_standing().get().standing == "valid"
    Revocation.objects.create(
        completion=certificate.completion, on=today, mode="from_date", reason="Sai sót", by_name="x"
    )
    found = Certificate.objects.with_standing().get()
    assert found.standing == "ended"
    assert found.standing_on(today - timedelta(days=1)) == "valid"
    for standing, count in (("ended", 1), ("valid", 0), ("void", 0)):
        assert Certificate.objects.standing(standing, today).count() == count
    assert Certificate.objects.standing("valid", today - timedelta(days=1)).count() == 1
