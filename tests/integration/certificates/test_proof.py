"""Signed by a key or outside, shown as a credential, exported as a bundle; and everybody can check it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from certificates.actions import SignatureRefused, WaitsForSignature, issue, issue_due, release, take_signed
from certificates.bundling import certificate_bundle
from certificates.codes import SIGNS
from certificates.credentials import is_set
from certificates.models import Certificate, Credential, FileSignature
from courses.actions import revoke_completion
from courses.models import CoursePage
from lms.base.bundle import opened, verified
from lms.base.documents.signatures import AGENCY, PERSON, Field, verify
from lms.base.keyring import CREDENTIALS
from lms.base.models import AuditEvent
from tests.factories import certificates as made
from tests.factories import pdf_mutations as corpus
from tests.factories import signing
from tests.factories.people import sign_in


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def key(settings, tmp_path):
    signing.use_key(settings, tmp_path)


@pytest.fixture
def outside(settings, tmp_path):
    signing.use_key(settings, tmp_path)
    settings.SIGNING_CERTIFICATES = "outside"


def content_of(certificate) -> bytes:
    with storages["private"].open(certificate.file_name) as file:
        return file.read()


def sent(client, content, address="/verify/"):
    response = client.post(address, {"file": SimpleUploadedFile("giay.pdf", content)})
    return response.content.decode()


def signed_outside(certificate) -> bytes:
    box = (0, 0, 100, 40)  # the places are reserved: their own boxes count
    once = corpus.signed_by(signing.person(), content_of(certificate), Field(PERSON, box))
    return corpus.signed_by(signing.agency(), once, Field(AGENCY, box))


# Signing


def test_the_job_signs_with_the_key_and_gives_out(key, certificate):
    row = FileSignature.objects.get()
    report = verify(content_of(certificate), roots=signing.roots(), at=timezone.now(), expected=[PERSON])
    assert report.findings == ()
    assert (row.signer, row.sha256) == ("Sở Nội vụ tỉnh Đồng Tháp", report.signatures[0].sha256)
    assert certificate.state == "issued"
    assert AuditEvent.objects.filter(action="certificates.sign").count() == 1
    assert b"/Reason" in content_of(certificate)


def test_asked_again_nothing_is_signed_twice(key, completion):
    first = issue(completion=completion, by=None)
    again = issue(completion=completion, by=None)
    issue_due()
    assert (first.pk, first.file_sha256) == (again.pk, again.file_sha256)
    assert FileSignature.objects.count() == 1


def test_without_the_key_it_waits_and_says_why(key, settings, completion):
    settings.SIGNING_KEY_FILE = "/nowhere/key.p12"
    with pytest.raises(WaitsForSignature) as waits:
        issue(completion=completion, by=None)
    row = Certificate.objects.get()
    assert row.state == "rendered"
    assert str(waits.value) == (
        f"Certificate {row.serial} waits for its signature. The signing key /nowhere/key.p12 cannot be read."
    )
    assert issue_due().refused[0][1] == str(waits.value)
    settings.SIGNING_KEY_PASSPHRASE = "wrong"
    settings.SIGNING_KEY_FILE = settings.SIGNING_TRUST_ROOTS[0]
    assert "the passphrase is wrong" in issue_due().refused[0][1]


def test_signed_outside_it_is_taken_back_and_given_out(outside, client, world, completion):
    assert "waits for its signature" in issue_due().refused[0][1]
    certificate = Certificate.objects.get()
    sign_in(client, world.head)
    address = f"/certificates/{certificate.public_code}/sign/"
    given = b"".join(client.get(f"{address}?file=1").streaming_content)
    assert given == content_of(certificate)
    assert (
        client.post(address, {"file": SimpleUploadedFile("a.pdf", signed_outside(certificate))}).status_code
        == 302
    )
    certificate.refresh_from_db()
    assert certificate.state == "issued"
    assert [row.field for row in certificate.signatures.all()] == [PERSON, AGENCY]
    assert content_of(certificate).startswith(given)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda pdf: corpus.signed(), "This is not the file we gave out for signing."),
        (
            lambda pdf: corpus.signed_by(signing.person(), pdf, Field(PERSON, (0, 0, 9, 9))),
            "A signature is missing.",
        ),
        (lambda pdf: pdf, "The file bears no signature."),
        (lambda pdf: b"%PDF-1.4 no", "The file is damaged"),
    ],
)
def test_what_is_not_ours_signed_is_refused_with_its_reason(outside, world, completion, change, sentence):
    issue_due()
    certificate = Certificate.objects.get()
    with pytest.raises(SignatureRefused) as refused:
        take_signed(certificate=certificate, content=change(content_of(certificate)), by=world.head)
    assert sentence in str(refused.value)
    assert Certificate.objects.get().state == "rendered"
    assert FileSignature.objects.count() == 0


# The stranger


def test_a_changed_file_is_known_by_its_signature(key, client, certificate):
    whole = content_of(certificate)
    assert "exactly the one that was issued" in sent(client, whole)
    for changed in (
        corpus.letter_of_a_stream(whole),
        corpus.update_that_changes_the_text(whole),
        whole + b"%",
    ):
        text = sent(client, changed)
        assert f"This is our certificate no. {certificate.serial}, but the file was changed" in text
    assert "The content was changed after it was signed." in sent(client, corpus.letter_of_a_stream(whole))


def test_an_unsigned_file_with_something_behind_it_is_known_by_how_it_begins(client, certificate):
    text = sent(client, content_of(certificate) + corpus.document())
    assert f"This is our certificate no. {certificate.serial}, but the file was changed" in text
    assert "Something was added to the file" in text


class Untouched:
    """An upload of which no byte may be read."""

    def read(self, *_size):
        raise AssertionError("a byte of the upload was read")

    readline = read


def test_a_huge_upload_is_answered_before_it_is_read(db):
    announced = {"CONTENT_LENGTH": str(600 * 1024 * 1024), "wsgi.input": Untouched()}
    response = Client(enforce_csrf_checks=True).generic(
        "POST", "/verify/", content_type="multipart/form-data; boundary=x", **announced
    )
    assert response.status_code == 413
    assert "larger than 10 MB" in response.content.decode()


def test_the_form_still_asks_for_its_token(certificate):
    strict = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    assert strict.post("/verify/", {"file": file}).status_code == 403


def test_the_short_code_leads_there_and_near_codes_hit_nothing(client, certificate):
    code = certificate.short_code_shown
    for typed in (code, code.lower(), code.replace("-", ""), f" {code} "):
        response = client.get("/verify/", {"code": typed}, follow=True)
        assert response.redirect_chain[-1][0] == certificate.get_absolute_url()
    from certificates.codes import is_short_code

    short = certificate.short_code
    near = {short[:at] + sign + short[at + 1 :] for at in range(15) for sign in SIGNS} - {short}
    near |= {short[:at] + short[at + 1] + short[at] + short[at + 2 :] for at in range(14)} - {short}
    assert len(near) >= 15 * 30
    assert not any(is_short_code(one) for one in near)
    assert client.get(f"/verify/{sorted(near)[0]}/").status_code == 404


# The credential


def test_the_holder_takes_the_credential_and_a_stranger_sees_it_end(client, world, certificate):
    sign_in(client, world.learner)
    response = client.get(f"/certificates/{certificate.public_code}/credential/")
    said = opened(response.content.decode(), CREDENTIALS.believed())
    assert said["credentialSubject"]["identifier"][0]["identityHash"] == "Nguyễn Thị Mỹ Tiên"
    assert "1988" not in json.dumps(said)
    assert world.learner.code not in json.dumps(said)
    client.logout()
    place, address = (
        int(said["credentialStatus"]["statusListIndex"]),
        said["credentialStatus"]["statusListCredential"],
    )
    path = address.removeprefix("https://hoctap.example")

    def bit():
        response = client.get(path)
        assert "max-age=30" in response["Cache-Control"]
        return is_set(
            opened(response.content.decode(), CREDENTIALS.believed())["credentialSubject"]["encodedList"],
            place,
        )

    assert bit() is False
    revoke_completion(
        completion=certificate.completion,
        mode="ab_initio",
        on=timezone.localdate(),
        reason="Thi hộ",
        by=world.head,
    )
    assert bit() is True
    assert "counts as never issued" in client.get(certificate.get_absolute_url()).content.decode()


def test_what_a_credential_names_can_be_fetched(client, certificate):
    said = opened(Credential.objects.get().text, CREDENTIALS.believed())
    issuer = client.get(said["issuer"]["id"].removeprefix("https://hoctap.example"))
    assert issuer.json()["name"] == "Sở Nội vụ"
    keys = client.get("/credentials/jwks.json").json()["keys"]
    named = client.get(keys[0]["kid"].removeprefix("https://hoctap.example"))
    assert named.json() == keys[0]
    achievement = said["credentialSubject"]["achievement"]["id"].removeprefix("https://hoctap.example")
    assert client.get(achievement).json()["code"] == "DS06"
    for address in ("/credentials/status/99", "/credentials/keys/none", "/credentials/issuers/999999"):
        assert client.get(address).status_code == 404


def test_the_status_list_asks_as_often_for_three_as_for_one(
    client, world, certificate, django_assert_num_queries
):
    with django_assert_num_queries(2):
        client.get("/credentials/status/1")
    for name in ("A B", "C D"):
        from tests.factories import people

        made.certificate(people.person(name, agency=world.commune), world.course)
    with django_assert_num_queries(2):
        client.get("/credentials/status/1")


# The bundle and the whole store


def test_the_bundle_proves_one_certificate(key, client, world, certificate, tmp_path):
    sign_in(client, world.head)
    response = client.get(f"/certificates/{certificate.public_code}/bundle/")
    checked = verified(response.content)
    assert checked.broken == ""
    assert any("whole, and made by the key" in line for line in checked.held)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert json.loads(archive.read("facts.json")) == certificate.facts
    (tmp_path / "b.zip").write_bytes(response.content)
    call_command("verify_bundle", str(tmp_path / "b.zip"), stdout=io.StringIO())
    sign_in(client, world.learner)
    assert client.get(f"/certificates/{certificate.public_code}/bundle/").status_code == 403


def test_the_command_checks_the_whole_store(key, world, certificate):
    told = io.StringIO()
    call_command("verify_certificates", stdout=told)
    assert "signatures: 1 in these files hold" in told.getvalue()
    assert "credentials: 1 signed, of these facts and files" in told.getvalue()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE certificates_credential SET text = text || 'A'", "the credential is not signed"),
        (
            "UPDATE certificates_credential SET list_index = list_index + 1",
            "another place in the status list",
        ),
        ("UPDATE certificates_filesignature SET sha256 = 'x'", "other signatures than those that were taken"),
        ("UPDATE certificates_filesignature SET field = 'CoQuan'", "missing"),
        ("UPDATE certificates_certificate SET number = 2", "serial differs"),
    ],
)
def test_the_command_names_what_was_changed_by_sql(key, certificate, sql, words):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    told = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_certificates", stdout=told)
    assert ended.value.code == 1
    assert words in told.getvalue()


def test_an_expired_key_takes_nothing_from_what_it_signed(settings, tmp_path, world, completion, monkeypatch):
    short = signing.made(
        "Khóa ngắn hạn",
        signing.intermediate(),
        valid=(signing.NOW - timedelta(days=9), timezone.now() + timedelta(days=9)),
    )
    signing.use_key(settings, tmp_path, short)
    certificate = issue(completion=completion, by=None)
    row = FileSignature.objects.get()
    later = timezone.now() + timedelta(days=30)
    assert verify(content_of(certificate), roots=signing.roots(), at=row.known_at).findings == ()
    assert {str(code) for code in verify(content_of(certificate), roots=signing.roots(), at=later).codes} == {
        "expired"
    }


def test_a_certificate_survives_the_course_page_and_its_author(client, world, certificate):
    CoursePage.objects.all().delete()
    world.course.name = "Khác"
    world.course.save()
    assert certificate.course_name in client.get(certificate.get_absolute_url()).content.decode()
    assert verified(certificate_bundle(certificate)).broken == ""
    assert release(certificate=certificate, by=None).pk == certificate.pk
