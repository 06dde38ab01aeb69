"""Minutes: made from the answers, refused signatures, and locked for good."""

import hashlib
import io
import uuid

import pdfplumber
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from inspections.actions import evidence, minutes
from inspections.models import Minutes
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def subject(who):
    return make.announced(who).subjects.get()


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def locked(who, subject, **given) -> Minutes:
    make.write(who, subject, **given)
    return minutes.lock_minutes(by=who.leader, subject=subject)


def test_the_paper_says_what_the_sheet_answered(who, subject):
    make.send_sheet(
        who, subject, make.sheet_xml({"sao_luu_kq": "chua_dat", "sao_luu_ghi_chu": "Chưa thử khôi phục"})
    )
    paper = words(locked(who, subject).pdf.read())
    for said in (
        "ĐOÀN KIỂM TRA",
        "15/QĐ-SKHCN",
        "SỞ KHOA HỌC",
        "BIÊN BẢN KIỂM TRA",
        "9 nội dung “Đạt”; 1 nội dung “Chưa đạt”",
        "Chưa thử khôi phục",
        "Trần Thị Trưởng",
        "Lê Minh Thư",
        "Phạm Thị Đại Diện",
        "Cửu Long",
        "1200345678",
        "CC01",
        "TRƯỞNG ĐOÀN",
    ):
        assert said in paper, said
    assert hashlib.sha256(make.PNG).hexdigest()[:16] in paper


def test_a_refusal_to_sign_needs_a_witness_who_signs_instead(who, subject):
    make.send_sheet(who, subject)
    with pytest.raises(ValidationError):
        make.write(who, subject, refused=True)
    paper = words(
        locked(
            who,
            subject,
            refused=True,
            refusal_reason="Không thống nhất với kết quả kiểm tra",
            witness_kind="COMMUNE",
            witness_name="Võ Thị Chứng Kiến",
            witness_title="Phó Chủ tịch UBND phường Mỹ Tho",
        ).pdf.read()
    )
    assert "từ chối ký biên bản. Lý do từ chối: Không thống nhất với kết quả kiểm tra." in paper
    assert "Phó Chủ tịch UBND phường Mỹ Tho" in paper
    assert "Võ Thị Chứng Kiến" in paper and "UBND CẤP XÃ" in paper
    assert "ĐẠI DIỆN ĐỐI" not in paper


def test_nothing_is_locked_without_a_sheet_or_a_draft(who, subject):
    with pytest.raises(ValidationError):
        minutes.lock_minutes(by=who.leader, subject=subject)
    make.write(who, subject)
    with pytest.raises(ValidationError):
        minutes.lock_minutes(by=who.leader, subject=subject)
    assert not Minutes.objects.get().is_locked


def test_the_file_is_kept_with_its_hash_and_the_words_it_was_made_from(who, subject):
    make.send_sheet(who, subject)
    paper = locked(who, subject)
    content = paper.pdf.read()
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert (paper.locked_by, paper.record) == (who.leader, subject.records.get())
    from inspections.documents.minutes import minutes_pdf

    assert minutes_pdf(Minutes.objects.get().content) == content


def test_names_on_locked_minutes_do_not_follow_later_changes(who, subject):
    make.send_sheet(who, subject)
    paper = locked(who, subject)
    subject.name = "Tên khác"
    subject.save()
    assert Minutes.objects.get().content["subject"]["name"] == make.PARTY.name
    assert paper.content == Minutes.objects.get().content


class TestLocked:
    """Locked minutes never change: not by a page, not by code, not by SQL."""

    @pytest.fixture
    def paper(self, who, subject):
        make.send_sheet(who, subject)
        return locked(who, subject)

    def test_not_by_an_action(self, who, subject, paper):
        for attempt in (
            lambda: make.write(who, subject),
            lambda: minutes.lock_minutes(by=who.leader, subject=subject),
            lambda: make.send_sheet(who, subject),
        ):
            with pytest.raises(ValidationError):
                attempt()

    def test_not_by_saving_or_deleting_the_row(self, paper):
        paper.opinion = "khác"
        with pytest.raises(TypeError):
            paper.save()
        with pytest.raises(TypeError):
            paper.delete()

    def test_not_by_sql(self, paper):
        with pytest.raises(DatabaseError), transaction.atomic():
            Minutes.objects.filter(pk=paper.pk).update(opinion="khác")
        assert Minutes.objects.get().opinion == paper.opinion

    def test_while_a_draft_does_change(self, who):
        other = make.announced(who, parties=[make.decision.Party("CQNN", "1", "Trạm")]).subjects.get()
        make.write(who, other)
        assert Minutes.objects.filter(subject=other).update(opinion="khác") == 1


def test_a_correction_is_a_new_sheet_and_the_minutes_rest_on_the_last_one(who, subject):
    first = make.send_sheet(who, subject).record
    second = make.send_sheet(who, subject, make.sheet_xml({"ban_va_kq": "chua_dat"})).record
    assert second.corrects == first
    assert locked(who, subject).record == second
    assert first.answers["ban_va_kq"] == "dat"


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("bien-ban.pdf", make.PNG, False),
        ("anh.png", b"%PDF-1.7 x", False),
        ("phim.mp4", make.PNG, False),
        ("anh.png", b"<svg onload=alert(1)>", False),
        ("anh.jpg", make.PNG, True),  # one kind of picture under another's name shows what it shows
        ("khong-duoi", make.PNG, True),
    ],
)
def test_evidence_is_what_its_name_says(who, subject, name, content, taken):
    def add():
        file = make.photo(name, content)
        return evidence.add_evidence(by=who.secretary, subject=subject, file=file, uuid=uuid.uuid4())

    if taken:
        assert add().content_type == "image/png"
        return
    with pytest.raises(ValidationError) as refused:
        add()
    assert name in " ".join(refused.value.messages)
