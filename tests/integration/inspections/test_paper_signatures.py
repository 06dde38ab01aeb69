"""A numbered document is signed in its file: by keys kept here, or outside and brought back. Then it never changes."""

import io
from datetime import timedelta

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from inspections.actions import document, paper_signatures
from inspections.models import PaperSignature
from inspections.rules.signed import latest_file, signature_lines
from lms.base.documents import signatures
from lms.base.documents.signatures import AGENCY, ORDER, PERSON, Code, Field
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories import pdf_mutations as corpus
from tests.factories import signing
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
EXTENSION = {"extra_days": "5", "reason": "Hồ sơ nhiều, cần thêm thời gian"}
ANYWHERE = (0, 0, 100, 40)  # the places are reserved: their own boxes count
MM = 72 / 25.4


@pytest.fixture(scope="module")
def head_s():
    return signing.made("Nguyễn Văn Giám", signing.intermediate())


@pytest.fixture(scope="module")
def agency_s():
    return signing.made("Sở Khoa học và Công nghệ tỉnh Đồng Tháp", signing.intermediate())


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def clerk(who):
    return make.clerk(who)


@pytest.fixture
def paper(who, clerk, roots):
    return make.numbered(who, make.announced(who), "quyet-dinh-gia-han", clerk, **EXTENSION)


@pytest.fixture
def roots(settings, tmp_path):
    (tmp_path / "roots.pem").write_bytes(signing.root().pem)
    settings.SIGNING_TRUST_ROOTS = [str(tmp_path / "roots.pem")]


@pytest.fixture
def keys(settings, tmp_path, who, head_s, agency_s, roots):
    """Key files of the signer and the agency, as an operator puts them."""
    (tmp_path / f"person-{who.head.code}.p12").write_bytes(head_s.p12)
    (tmp_path / "agency-SKHCN.p12").write_bytes(agency_s.p12)
    settings.SIGNING_DOCUMENT_KEYS = str(tmp_path)
    settings.SIGNING_DOCUMENT_KEYS_PASSPHRASE = signing.PASSPHRASE


def content_of(paper) -> bytes:
    file, _sha256 = latest_file(paper)
    with file.open("rb") as stored:
        return stored.read()


def outside(pdf: bytes, issued, field: str) -> bytes:
    return corpus.signed_by(issued, pdf, Field(field, ANYWHERE))


def sent(pdf: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("da-ky.pdf", pdf, content_type="application/pdf")


def refusal(attempt) -> str:
    with pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


class TestByKeysKeptHere:
    def test_the_person_then_the_agency_and_the_file_holds(self, who, clerk, paper, keys):
        unsigned = content_of(paper)
        paper_signatures.sign_file(by=who.head, document=paper)
        assert content_of(paper).startswith(unsigned)
        paper_signatures.seal_file(by=clerk, document=paper)
        rows = list(paper.signatures.all())
        assert [(row.field, row.signer, row.way) for row in rows] == [
            (PERSON, "Nguyễn Văn Giám", "key"),
            (AGENCY, "Sở Khoa học và Công nghệ tỉnh Đồng Tháp", "key"),
        ]
        report = signatures.verify(
            content_of(paper), roots=signing.roots(), at=timezone.now(), expected=ORDER
        )
        assert report.findings == ()
        assert all(line.against == () for line in signature_lines(paper))
        assert AuditEvent.objects.filter(action="inspections.take_signature").count() == 2

    def test_the_agency_does_not_sign_first(self, clerk, paper, keys):
        assert str(Code.WRONG_ORDER.label) in refusal(
            lambda: paper_signatures.seal_file(by=clerk, document=paper)
        )

    def test_the_database_refuses_the_agency_before_the_person(self, clerk, paper):
        row = PaperSignature(
            document=paper, field=AGENCY, way="key", signer="x", signed_at=timezone.now(), sha256="a" * 64,
            key_sha256="a" * 64, known_at=timezone.now(), taken_by=clerk, pdf="x.pdf", file_sha256="a" * 64,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()

    def test_without_a_key_a_sentence_says_what_to_do(self, who, paper, settings):
        settings.SIGNING_DOCUMENT_KEYS = ""
        assert "person-" in refusal(lambda: paper_signatures.sign_file(by=who.head, document=paper))

    def test_a_key_of_somebody_else_is_refused(self, who, paper, keys, tmp_path, agency_s):
        (tmp_path / f"person-{who.head.code}.p12").write_bytes(agency_s.p12)
        said = refusal(lambda: paper_signatures.sign_file(by=who.head, document=paper))
        assert "Sở Khoa học và Công nghệ tỉnh Đồng Tháp" in said and "Nguyễn Văn Giám" in said

    def test_only_the_signer_signs_and_only_a_clerk_seals(self, who, clerk, paper, keys):
        for other in (who.leader, clerk, person("Phó", agency=who.lead, role="agency_head")):
            with pytest.raises(PermissionDenied):
                paper_signatures.sign_file(by=other, document=paper)
        paper_signatures.sign_file(by=who.head, document=paper)
        for other in (who.head, who.leader):
            with pytest.raises(PermissionDenied):
                paper_signatures.seal_file(by=other, document=paper)

    def test_nobody_signs_twice_nor_before_the_number_nor_after_filing(self, who, clerk, paper, keys):
        draft = make.drafted(who, paper.inspection, "quyet-dinh-gia-han", **EXTENSION)
        assert refusal(lambda: paper_signatures.sign_file(by=who.head, document=draft))
        paper_signatures.sign_file(by=who.head, document=paper)
        assert str(Code.ALREADY.label) in refusal(
            lambda: paper_signatures.sign_file(by=who.head, document=paper)
        )
        # Half signed it is not filed.
        assert refusal(lambda: document.file_document(by=clerk, document=paper))
        paper_signatures.seal_file(by=clerk, document=paper)
        document.file_document(by=clerk, document=paper)
        assert refusal(lambda: paper_signatures.sign_file(by=who.head, document=paper))


class TestWhereOnTheSheet:
    def test_the_seal_covers_a_third_of_the_signature_to_its_left(self, paper):
        fields = signatures.fields_of(content_of(paper))
        left, bottom, right, top = fields[PERSON].box
        seal_left, seal_bottom, seal_right, seal_top = fields[AGENCY].box
        assert seal_left < left < seal_right < right
        assert (seal_right - left) / (right - left) == pytest.approx(1 / 3, abs=0.02)
        assert (seal_right - seal_left) / MM == pytest.approx(36, abs=0.5)
        assert (seal_bottom + seal_top) / 2 == pytest.approx((bottom + top) / 2, abs=1)

    def test_the_signature_stands_in_the_middle_between_title_and_name(self, paper):
        left, bottom, right, top = signatures.fields_of(content_of(paper))[PERSON].box
        with pdfplumber.open(io.BytesIO(content_of(paper))) as pdf:
            page = pdf.pages[-1]
            name = page.search("Nguyễn Văn Giám")[-1]
            assert (name["x0"] + name["x1"]) / 2 == pytest.approx((left + right) / 2, abs=1)
            assert page.height - bottom <= name["top"] + 3
            title = [w for w in page.extract_words() if w["bottom"] <= page.height - top + 3]
            assert title and page.height - top >= max(w["top"] for w in title)


class TestSignedOutside:
    def test_in_two_steps(self, who, clerk, paper, head_s, agency_s):
        first = outside(content_of(paper), head_s, PERSON)
        paper_signatures.bring_back(by=who.head, document=paper, file=sent(first))
        second = outside(content_of(paper), agency_s, AGENCY)
        paper_signatures.bring_back(by=clerk, document=paper, file=sent(second))
        assert [(row.field, row.way) for row in paper.signatures.all()] == [
            (PERSON, "outside"),
            (AGENCY, "outside"),
        ]
        assert content_of(paper) == second

    def test_or_both_at_once(self, who, paper, head_s, agency_s):
        both = outside(outside(content_of(paper), head_s, PERSON), agency_s, AGENCY)
        paper_signatures.bring_back(by=who.head, document=paper, file=sent(both))
        assert len({row.pdf.name for row in paper.signatures.all()}) == 1
        assert paper.signatures.count() == 2
        assert str(Code.ALREADY.label) in refusal(
            lambda: paper_signatures.bring_back(by=who.head, document=paper, file=sent(both))
        )

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda pdf, head, agency: pdf, Code.UNSIGNED),
            (lambda pdf, head, agency: corpus.signed(), Code.OTHER_FILE),
            (lambda pdf, head, agency: outside(pdf, agency, AGENCY), Code.MISSING),
            (lambda pdf, head, agency: outside(outside(pdf, agency, AGENCY), head, PERSON), Code.WRONG_ORDER),
            (lambda pdf, head, agency: outside(pdf, head, PERSON) + b"\n% more", Code.APPENDED),
            (lambda pdf, head, agency: b"khong phai pdf", Code.NOT_PDF),
        ],
    )
    def test_what_is_not_ours_rightly_signed_is_refused_with_its_reason(
        self, who, paper, head_s, agency_s, change, code
    ):
        said = refusal(
            lambda: paper_signatures.bring_back(
                by=who.head, document=paper, file=sent(change(content_of(paper), head_s, agency_s))
            )
        )
        assert str(code.label).rstrip(".") in said
        assert not PaperSignature.objects.exists()

    def test_one_changed_byte_is_refused(self, who, paper, head_s):
        signed = bytearray(outside(content_of(paper), head_s, PERSON))
        signed[len(content_of(paper)) // 2] ^= 1
        assert refusal(
            lambda: paper_signatures.bring_back(by=who.head, document=paper, file=sent(bytes(signed)))
        )

    def test_a_stranger_s_authority_and_an_expired_certificate_are_refused(self, who, paper):
        stranger = signing.made("Nguyễn Văn Giám")
        now = timezone.now()
        old = signing.made(
            "Nguyễn Văn Giám",
            signing.intermediate(),
            valid=(now - timedelta(days=400), now - timedelta(days=30)),
        )
        for issued, code in ((stranger, Code.SELF_SIGNED), (old, Code.EXPIRED)):
            said = refusal(
                lambda issued=issued: paper_signatures.bring_back(
                    by=who.head, document=paper, file=sent(outside(content_of(paper), issued, PERSON))
                )
            )
            assert str(code.label).rstrip(".") in said

    def test_somebody_else_with_a_good_certificate_is_refused(self, who, paper):
        said = refusal(
            lambda: paper_signatures.bring_back(
                by=who.head, document=paper, file=sent(outside(content_of(paper), signing.person(), PERSON))
            )
        )
        assert "Nguyễn Thị Ngọc Quỳnh" in said and "Nguyễn Văn Giám" in said

    def test_without_trusted_authorities_nobody_is_believed(self, who, paper, head_s, settings):
        settings.SIGNING_TRUST_ROOTS = []
        signed = outside(content_of(paper), head_s, PERSON)
        assert str(Code.NO_ROOTS.label).rstrip(".") in refusal(
            lambda: paper_signatures.bring_back(by=who.head, document=paper, file=sent(signed))
        )


class TestNothingChangesAfterwards:
    @pytest.mark.parametrize("change", [{"pdf": "y.pdf"}, {"file_sha256": "0" * 64}, {"signer": "Ai khác"}])
    def test_not_by_sql(self, who, paper, keys, change):
        paper_signatures.sign_file(by=who.head, document=paper)
        with pytest.raises(DatabaseError), transaction.atomic():
            PaperSignature.objects.update(**change)

    def test_not_by_saving_or_deleting(self, who, paper, keys):
        paper_signatures.sign_file(by=who.head, document=paper)
        row = PaperSignature.objects.get()
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()

    def test_a_file_altered_in_the_store_is_seen_and_signed_no_more(self, who, clerk, paper, keys):
        paper_signatures.sign_file(by=who.head, document=paper)
        row = PaperSignature.objects.get()
        altered = bytearray(content_of(paper))
        altered[1000] ^= 1
        with row.pdf.storage.open(row.pdf.name, "wb") as stored:
            stored.write(bytes(altered))
        assert signature_lines(paper)[0].against
        assert refusal(lambda: paper_signatures.seal_file(by=clerk, document=paper))

    def test_a_correction_is_another_document_that_names_it(self, who, paper, keys):
        paper_signatures.sign_file(by=who.head, document=paper)
        before = content_of(paper)
        fresh = document.correct_document(by=who.leader, document=paper, reason="Sai số ngày")
        assert (fresh.replaces, fresh.signatures.count()) == (paper, 0)
        assert content_of(paper) == before


class TestPages:
    def test_signed_on_the_page_and_each_signature_is_shown(self, client, who, clerk, paper, keys):
        at = f"/inspections/{paper.inspection_id}/documents/{paper.pk}/"
        sign_in(client, who.head)
        assert client.post(f"{at}sign-file/").status_code == 302
        page = client.get(at).content.decode()
        assert "Nguyễn Văn Giám" in page and "sign-file" not in page
        sign_in(client, clerk)
        assert client.post(f"{at}seal-file/").status_code == 302
        page = client.get(at).content.decode()
        assert "Sở Khoa học và Công nghệ tỉnh Đồng Tháp" in page and "bring-back" not in page
        sent_file = b"".join(client.get(f"{at}paper.pdf").streaming_content)
        assert sent_file == content_of(paper)
        # The case says of its documents who signed them.
        verdict = client.get(f"/inspections/{paper.inspection_id}/verdict/").content.decode()
        assert "Sở Khoa học và Công nghệ tỉnh Đồng Tháp" in verdict

    def test_brought_back_on_the_page_or_refused_at_the_field(self, client, who, paper, head_s):
        at = f"/inspections/{paper.inspection_id}/documents/{paper.pk}/"
        sign_in(client, who.head)
        given = b"".join(client.get(f"{at}paper.pdf").streaming_content)
        wrong = client.post(f"{at}bring-back/", {"file": sent(given)})
        assert wrong.status_code == 200
        assert str(Code.UNSIGNED.label) in wrong.content.decode()
        assert (
            client.post(f"{at}bring-back/", {"file": sent(outside(given, head_s, PERSON))}).status_code == 302
        )

    @pytest.mark.parametrize("act", ["sign", "sign-file", "seal-file"])
    def test_before_signing_who_it_is_is_asked_once_more(
        self, client, who, clerk, paper, keys, settings, act
    ):
        draft = make.drafted(who, paper.inspection, "quyet-dinh-gia-han", **EXTENSION)
        row = draft if act == "sign" else paper
        if act == "seal-file":
            paper_signatures.sign_file(by=who.head, document=paper)
        sign_in(client, clerk if act == "seal-file" else who.head)
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        before = (row.state, paper.signatures.count())
        asked = client.post(f"/inspections/{row.inspection_id}/documents/{row.pk}/{act}/")
        assert asked.url.startswith("/accounts/reauthenticate/")
        row.refresh_from_db()
        assert (row.state, paper.signatures.count()) == before
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
        client.post(f"/inspections/{row.inspection_id}/documents/{row.pk}/{act}/")
        row.refresh_from_db()
        assert (row.state, paper.signatures.count()) != before
