"""The public pages, a person's own, the register and the withdrawal: what each shows, and to whom."""

import io
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from openpyxl import load_workbook

from certificates import actions
from courses.actions import revoke_completion
from courses.models import Revocation
from lms.base.models import AuditEvent
from lms.people.actions.roles import end_grant
from lms.people.models import Approval
from tests.factories import certificates as made
from tests.factories import people
from tests.factories.people import sign_in


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    with translation.override("en"):
        yield


def content_of(certificate) -> bytes:
    with storages["private"].open(certificate.file_name) as file:
        return file.read()


def pdf(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("giay.pdf", content, content_type="application/pdf")


def page(response) -> str:
    return response.content.decode()


# The public page


def test_it_shows_every_printed_field_but_birth_date_and_number(client, world, certificate):
    response = client.get(certificate.get_absolute_url())
    text = page(response)
    assert response.status_code == 200
    for words in (
        "Nguyễn Thị Mỹ Tiên",
        "Bà",
        "Chuyên viên",
        "Ủy ban nhân dân phường Mỹ Tho",
        "An toàn thông tin và phòng chống lừa đảo trực tuyến",
        "Từ xa",
        "05/11/2026",
        "Đạt (85/100 điểm)",
        "Sở Nội vụ",
        "Ủy ban nhân dân tỉnh Đồng Tháp",
        "Đồng Tháp",
        "Trần Văn Quý",
        certificate.serial,
        certificate.register_number,
        certificate.file_sha256,
        "Valid",
    ):
        assert words in text
    assert world.learner.code not in text
    assert "1988" not in text


def test_search_engines_and_caches_keep_away(client, certificate):
    for address in ("/verify/", certificate.get_absolute_url(), "/verify/nothing/"):
        response = client.get(address)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex' in page(response)
        assert "no-store" in response["Cache-Control"]


def test_an_unknown_code_is_a_sentence(client, certificate):
    response = client.get(f"/verify/{certificate.public_code[:-1]}/")
    assert response.status_code == 404
    assert "No certificate bears this code." in page(response)


@pytest.mark.parametrize("shape", ["{code}", " {code} ", "https://hoctap.example/verify/{code}/"])
def test_the_form_takes_the_code_or_the_whole_address(client, certificate, shape):
    response = client.get("/verify/", {"code": shape.format(code=certificate.public_code)})
    assert response.status_code == 302
    assert response["Location"] == certificate.get_absolute_url()


def test_what_is_no_code_is_a_sentence(client, db):
    for code in ("a b/<script>", "Mã số", "/"):
        response = client.get("/verify/", {"code": code})
        assert response.status_code == 200
        assert "A code consists of letters" in page(response)


def test_many_unknown_codes_are_slowed_down_and_known_ones_are_not(client, certificate):
    answers = [client.get(f"/verify/wrong{number}/").status_code for number in range(62)]
    assert answers == [404] * 60 + [429] * 2
    assert client.get(certificate.get_absolute_url()).status_code == 200


def test_the_issued_file_is_recognised(client, certificate):
    for address in ("/verify/", certificate.get_absolute_url()):
        response = client.post(address, {"file": pdf(content_of(certificate))})
        assert "exactly the one that was issued" in page(response)
        assert certificate.serial in page(response)


def test_one_changed_byte_is_seen(client, certificate):
    content = bytearray(content_of(certificate))
    content[len(content) // 2] ^= 1
    response = client.post("/verify/", {"file": pdf(bytes(content))})
    assert "is not one of our certificates, or it was changed" in page(response)
    response = client.post(certificate.get_absolute_url(), {"file": pdf(bytes(content))})
    assert "believe this page, not the file" in page(response)


def test_another_persons_file_does_not_pass_for_this_one(client, world, certificate):
    other = made.certificate(people.person("Người Khác", agency=world.other), world.course)
    response = client.post(certificate.get_absolute_url(), {"file": pdf(content_of(other))})
    assert "believe this page, not the file" in page(response)
    assert "Người Khác" not in page(response)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a", "This is not a PDF file."),
        (b"", "The submitted file is empty."),
        (b"%PDF-" + b"x" * 10 * 1024 * 1024, "larger than 10 MB"),
    ],
)
def test_other_files_are_refused_with_a_sentence(client, certificate, content, sentence):
    assert sentence in page(client.post("/verify/", {"file": pdf(content)}))
    assert sentence in page(client.post(certificate.get_absolute_url(), {"file": pdf(content)}))


def test_too_many_files_are_refused(client, certificate):
    answers = [client.post("/verify/", {"file": pdf(b"%PDF-")}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize(
    ("mode", "words"), [("from_date", "does not count from"), ("ab_initio", "counts as never issued")]
)
def test_a_withdrawal_stands_on_the_public_page_at_once_without_its_reason(
    client, world, certificate, mode, words
):
    assert "Valid" in page(client.get(certificate.get_absolute_url()))
    actions.revoke(
        certificate=certificate,
        mode=mode,
        on=timezone.localdate(),
        reason="Ảnh giả",
        by=world.provincial,
        confirmed_by=world.head,
    )
    text = page(client.get(certificate.get_absolute_url()))
    assert words in text
    assert "status--met" not in text
    assert "Ảnh giả" not in text


def test_the_public_page_asks_a_fixed_number_of_questions(client, certificate, django_assert_max_num_queries):
    client.get(certificate.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(certificate.get_absolute_url())


# One's own certificates


def test_my_certificates_are_mine(client, world, certificate):
    other = made.certificate(people.person("Người Khác", agency=world.commune), world.course)
    text = page(sign_in(client, world.learner).get("/learn/certificates/"))
    assert certificate.serial in text
    assert other.serial not in text


def test_those_of_my_duplicate_record_are_mine_too(client, world):
    double = people.person("Nguyễn Thị Mỹ Tiên")
    double.merged_into = world.learner
    double.save()
    certificate = made.certificate(double, world.course)
    assert certificate.serial in page(sign_in(client, world.learner).get("/learn/certificates/"))
    assert client.get(f"/certificates/{certificate.public_code}/file/").status_code == 200


def test_one_on_its_way_is_announced(client, world, completion):
    assert "is being made" in page(sign_in(client, world.learner).get("/learn/certificates/"))


def test_an_empty_list_says_what_to_do(client, world):
    assert "No certificate yet" in page(sign_in(client, world.learner).get("/learn/certificates/"))


def test_strangers_are_sent_to_sign_in(client, certificate):
    for address in (
        "/learn/certificates/",
        "/certificates/",
        f"/certificates/{certificate.public_code}/file/",
    ):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("who", "status"),
    [("learner", 200), ("hr", 200), ("provincial", 200), ("auditor", 200), ("head", 200), ("other_hr", 403)],
)
def test_who_may_open_the_file(client, world, certificate, who, status):
    response = sign_in(client, getattr(world, who)).get(f"/certificates/{certificate.public_code}/file/")
    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == content_of(certificate)
        assert response["Content-Disposition"].startswith("attachment")


def test_a_colleague_may_not_open_the_file(client, world, certificate):
    colleague = people.person("Đồng Nghiệp", agency=world.commune)
    assert sign_in(client, colleague).get(f"/certificates/{certificate.public_code}/file/").status_code == 403


def test_after_a_transfer_the_new_unit_sees_it_and_the_old_one_does_not(client, world, certificate):
    post = world.learner.posts.get()
    post.valid_to = date(2026, 11, 10)
    post.save()
    people.post(world.learner, world.other, valid_from=date(2026, 11, 10))
    address = f"/certificates/{certificate.public_code}/file/"
    assert sign_in(client, world.other_hr).get(address).status_code == 200
    assert sign_in(client, world.hr).get(address).status_code == 403


# The register


@pytest.mark.parametrize(
    ("who", "sees"),
    [("hr", True), ("provincial", True), ("auditor", True), ("head", True), ("other_hr", False)],
)
def test_each_sees_the_register_of_their_agencies(client, world, certificate, who, sees):
    text = page(sign_in(client, getattr(world, who)).get("/certificates/"))
    assert (certificate.serial in text) is sees


def test_without_the_role_the_register_is_closed(client, world):
    assert sign_in(client, world.learner).get("/certificates/").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "my tien"}, 1),
        ({"q": "MỸ TIÊN"}, 1),
        ({"q": "snv.2026.00001"}, 1),
        ({"q": "phuong my tho"}, 1),
        ({"q": "nobody"}, 0),
        ({"standing": "valid"}, 1),
        ({"standing": "void"}, 0),
        ({"year": "2026"}, 1),
    ],
)
def test_the_register_is_searched_without_accents_and_filtered(client, world, query, found):
    from datetime import UTC, datetime

    fresh = made.completion(world.learner, world.course, agency=world.commune)
    certificate = actions.issue(completion=fresh, by=None, at=datetime(2026, 11, 6, tzinfo=UTC))
    text = page(sign_in(client, world.provincial).get("/certificates/", query))
    assert (certificate.get_absolute_url() in text) is bool(found)


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client, world, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, world.provincial)
    made.certificate(world.learner, world.course, agency=world.commune)
    client.get("/certificates/")
    with CaptureQueriesContext(connection) as one:
        client.get("/certificates/")
    for _ in range(2):
        made.certificate(people.person(agency=world.commune), world.course, agency=world.commune)
    with django_assert_num_queries(len(one)):
        client.get("/certificates/")


def test_the_book_as_csv_and_xlsx(client, world):
    evil = people.person('=HYPERLINK("http://x")', agency=world.commune)
    first = made.certificate(world.learner, world.course, agency=world.commune)
    second = made.certificate(evil, world.course, agency=world.commune)
    actions.revoke(
        certificate=first,
        mode="ab_initio",
        on=timezone.localdate(),
        reason="Thi hộ",
        by=world.provincial,
        confirmed_by=world.head,
    )
    sign_in(client, world.provincial)
    csv = b"".join(
        client.get("/certificates/", {"format": "csv", "sort": "number"}).streaming_content
    ).decode("utf-8-sig")
    header, *rows = csv.splitlines()
    assert header.split(",")[:4] == ["No.", "Number in the register", "Serial number", "Full name"]
    assert [row.split(",")[2] for row in rows] == [first.serial, second.serial]
    assert "Thi hộ" in rows[0]
    assert "'=HYPERLINK" in rows[1]
    sheet = load_workbook(
        io.BytesIO(client.get("/certificates/", {"format": "xlsx", "sort": "number"}).content)
    ).active
    assert sheet["D3"].value.startswith("'=HYPERLINK")
    assert sheet["E2"].value.date() == date(1988, 3, 9)
    assert sheet.max_row == 3


# Withdrawing


def withdraw(client, certificate, **changes):
    data = {"mode": "from_date", "on": f"{timezone.localdate()}", "reason": "Kết quả thi bị hủy", **changes}
    return client.post(f"/certificates/{certificate.public_code}/revoke/", data)


@pytest.mark.parametrize(("who", "second"), [("provincial", "head"), ("head", "provincial")])
def test_one_proposes_and_another_withdraws(client, world, certificate, who, second):
    actor, other = getattr(world, who), getattr(world, second)
    assert sign_in(client, actor).get(f"/certificates/{certificate.public_code}/revoke/").status_code == 200
    response = withdraw(client, certificate)
    approval = Approval.objects.get()
    assert response["Location"] == f"/approvals/{approval.pk}/"
    assert not Revocation.objects.exists()
    assert client.post(f"/approvals/{approval.pk}/approve/").status_code == 403
    assert not Revocation.objects.exists()
    assert sign_in(client, other).post(f"/approvals/{approval.pk}/approve/").status_code == 302
    revocation = Revocation.objects.get()
    assert (revocation.mode, revocation.reason, revocation.by) == ("from_date", "Kết quả thi bị hủy", actor)
    event = AuditEvent.objects.get(action="certificates.revoke")
    assert (event.actor_id, event.reason, event.target_id) == (
        str(actor.pk),
        "Kết quả thi bị hủy",
        str(certificate.pk),
    )
    assert event.new["confirmed_by"] == other.pk


def test_a_proposer_who_has_lost_the_right_since_withdraws_nothing(client, world, certificate):
    withdraw(sign_in(client, world.head), certificate)
    end_grant(grant=world.head.grants.get(), on=timezone.localdate(), by=None, reason="thôi chức")
    approval = Approval.objects.get()
    assert sign_in(client, world.provincial).post(f"/approvals/{approval.pk}/approve/").status_code == 403
    assert not Revocation.objects.exists()
    assert Approval.objects.get().state == "pending"


def test_what_was_withdrawn_meanwhile_is_said_and_the_proposal_stays(client, world, certificate):
    withdraw(sign_in(client, world.head), certificate)
    approval = Approval.objects.get()
    revoke_completion(
        completion=certificate.completion, mode="ab_initio", on=timezone.localdate(), reason="khác", by=None
    )
    answer = sign_in(client, world.provincial).post(f"/approvals/{approval.pk}/approve/", follow=True)
    assert "already withdrawn" in page(answer)
    assert Approval.objects.get().state == "pending"


@pytest.mark.parametrize("who", ["learner", "hr", "other_hr", "auditor"])
def test_others_may_not(client, world, certificate, who):
    sign_in(client, getattr(world, who))
    assert client.get(f"/certificates/{certificate.public_code}/revoke/").status_code == 403
    assert withdraw(client, certificate).status_code == 403
    assert not Revocation.objects.exists()


def test_the_head_of_another_agency_may_not(client, world, certificate):
    head = people.person("Thủ trưởng xã", agency=world.commune, role="agency_head")
    assert withdraw(sign_in(client, head), certificate).status_code == 403
    assert not Revocation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "This field is required."),
        ({"mode": "x"}, "Select a valid choice"),
        ({"on": "2026-13-40"}, "Enter a valid date."),
        ({"on": "2020-01-01"}, "before the day it was earned"),
        ({"on": f"{date.today() + timedelta(days=400)}"}, "cannot be dated in the future"),
    ],
)
def test_a_bad_withdrawal_is_a_sentence_and_changes_nothing(client, world, certificate, changes, sentence):
    response = withdraw(sign_in(client, world.provincial), certificate, **changes)
    assert response.status_code == 200
    assert sentence in page(response)
    assert not Revocation.objects.exists()


def test_it_is_proposed_once_and_withdrawn_once(client, world, certificate):
    sign_in(client, world.provincial)
    withdraw(client, certificate)
    assert "already proposed" in page(withdraw(client, certificate))
    sign_in(client, world.head).post(f"/approvals/{Approval.objects.get().pk}/approve/")
    assert "already withdrawn" in page(withdraw(client, certificate))
    assert Revocation.objects.count() == 1
    assert "already withdrawn" in page(client.get(f"/certificates/{certificate.public_code}/revoke/"))


def test_looking_withdraws_nothing(client, world, certificate):
    sign_in(client, world.provincial).get(
        f"/certificates/{certificate.public_code}/revoke/",
        {"mode": "from_date", "on": "2026-11-20", "reason": "x"},
    )
    assert not Revocation.objects.exists()


def test_the_second_person_must_be_another(world, certificate):
    from django.core.exceptions import PermissionDenied

    facts = {"mode": "ab_initio", "on": timezone.localdate(), "reason": "Thi hộ", "by": world.provincial}
    with pytest.raises(PermissionDenied):
        actions.revoke(certificate=certificate, confirmed_by=world.provincial, **facts)
    assert not Revocation.objects.exists()
    actions.revoke(certificate=certificate, confirmed_by=world.head, **facts)
    assert AuditEvent.objects.get(action="certificates.revoke").new["confirmed_by"] == world.head.pk
