"""Corrections: asked by the person, answered by HR of the person's agency."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from lms.base.models import AuditEvent
from lms.people.actions.corrections import Refused, answer_correction
from lms.people.models import CorrectionRequest, Person
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 evidence"


@pytest.fixture
def home():
    return agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def sen(home):
    return person("Nguyễn Thị Sen", code="082300000001", agency=home)


@pytest.fixture
def officer(home):
    return person("Võ Nhân Sự", agency=home, role="hr_officer")


def ask(client, who, **data):
    sign_in(client, who)
    return client.post(
        reverse("my-corrections"), {"field": "full_name", "new_value": "Nguyễn Thị Sên", **data}
    )


def answer(client, who, row, **data):
    sign_in(client, who)
    return client.post(reverse("correction", args=[row.pk]), data)


def test_accepting_changes_the_record_and_both_see_it(client, sen, officer):
    assert ask(client, sen).status_code == 302
    row = CorrectionRequest.objects.get()
    assert (row.person, row.old_value, row.state) == (sen, "Nguyễn Thị Sen", "open")
    sign_in(client, officer)
    assert "Nguyễn Thị Sen" in client.get(reverse("corrections")).content.decode()
    assert answer(client, officer, row, decision="accept").status_code == 302
    sen.refresh_from_db()
    assert (sen.full_name, sen.name_folded) == ("Nguyễn Thị Sên", "nguyen thi sen")
    event = AuditEvent.objects.get(action="people.answer_correction")
    assert event.old == {"full_name": "Nguyễn Thị Sen"}
    assert event.new["full_name"] == "Nguyễn Thị Sên"
    page = sign_in(client, sen).get(reverse("my-corrections")).content.decode()
    assert str(CorrectionRequest.objects.get().get_state_display()) in page


@pytest.mark.parametrize(
    ("field", "text", "stored"),
    [
        ("birth_date", "31/12/1990", "1990-12-31"),
        ("gender", "Nữ", "female"),
        ("email", "sen@songtien.example", "sen@songtien.example"),
    ],
)
def test_each_field_is_read_as_people_write_it(client, sen, officer, field, text, stored):
    ask(client, sen, field=field, new_value=text)
    answer(client, officer, CorrectionRequest.objects.get(), decision="accept")
    sen.refresh_from_db()
    assert str(getattr(sen, field)) == stored


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("birth_date", "31/02/1990"),
        ("birth_date", "01/01/2999"),
        ("gender", "x"),
        ("email", "no address"),
        ("full_name", "Sen 082300000001"),
        ("full_name", ""),
    ],
)
def test_what_cannot_be_written_is_refused_at_the_field_and_kept(client, sen, field, text):
    answer = ask(client, sen, field=field, new_value=text, explanation="vì sổ hộ khẩu")
    assert answer.status_code == 422
    assert answer.context["form"].errors["new_value"]
    assert "vì sổ hộ khẩu" in answer.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_refusing_needs_a_reason(client, sen, officer):
    ask(client, sen)
    row = CorrectionRequest.objects.get()
    assert answer(client, officer, row, decision="refuse", answer=" ").status_code == 422
    assert answer(client, officer, row, decision="", answer="x").status_code == 422
    assert answer(client, officer, row, decision="refuse", answer="Sai giấy khai sinh").status_code == 302
    sen.refresh_from_db()
    assert sen.full_name == "Nguyễn Thị Sen"
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("refused", officer)
    assert answer(client, officer, row, decision="accept").status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.filter(pk=row.pk).update(answer="")


def test_what_accepting_cannot_change_needs_words(client, sen, officer):
    ask(client, sen, field="post", new_value="Chuyển từ 01/03/2024")
    row = CorrectionRequest.objects.get()
    assert answer(client, officer, row, decision="accept").status_code == 422
    assert answer(client, officer, row, decision="accept", answer="Đã sửa").status_code == 302


def test_nobody_else_answers(client, sen, officer, home):
    ask(client, sen)
    row = CorrectionRequest.objects.get()
    sister = agency("STC")
    for role, at in (("hr_officer", sister), ("auditor", home), ("administrator", home), (None, home)):
        who = person("Người Khác", agency=at, role=role)
        assert answer(client, who, row, decision="accept").status_code in (403, 404), role
        with pytest.raises(Refused):
            answer_correction(request=row, accept=True, answer="", by=who)
    own = person("Lê Tự Sửa", agency=home, role="hr_officer")
    ask(client, own)
    mine = CorrectionRequest.objects.get(person=own)
    assert answer(client, own, mine, decision="accept").status_code == 422


def test_evidence_is_opened_by_the_person_and_hr_alone(client, sen, officer, home):
    file = SimpleUploadedFile("082300000001.pdf", PDF)
    assert ask(client, sen, evidence=file).status_code == 302
    row = CorrectionRequest.objects.get()
    assert "082300000001" not in row.evidence.name
    url = reverse("correction-evidence", args=[row.pk])
    assert b"".join(client.get(url).streaming_content) == PDF
    assert sign_in(client, officer).get(url).status_code == 200
    assert sign_in(client, person("Lê Văn Lạ", agency=home)).get(url).status_code in (403, 404)


@pytest.mark.parametrize("content", [b"<html>", b"PK\x03\x04", b"", b"%PDF-" + b"x" * (5 * 1024 * 1024 + 1)])
def test_other_files_are_refused(client, sen, content):
    answer = ask(client, sen, evidence=SimpleUploadedFile("a.pdf", content))
    assert answer.status_code == 422
    assert answer.context["form"].errors["evidence"]


def test_the_kept_record_is_corrected_when_asked_from_a_duplicate(client, sen, officer):
    twin = person("Nguyễn Thị Sen", code="CB-9")
    Person.objects.filter(pk=twin.pk).update(merged_into=sen)
    ask(client, twin)
    assert CorrectionRequest.objects.get().person == sen
