"""Drafts in Word, the templates agencies send for them, and the pictures of signature and seal on signed files."""

import io

import docx
import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from inspections.actions import document
from inspections.actions.signing_images import keep_seal, keep_signature
from inspections.actions.word import add_word_template, template_for, word_draft
from inspections.documents.templates import CASE_WORDS, TEMPLATES, document_word
from inspections.models import InspectionKind, SigningImage, WordTemplate
from inspections.rules.signed import latest_file
from lms.base.documents import signatures
from lms.base.documents.signatures import BLUE, RED
from lms.base.documents.word import FIELDS
from tests.factories import inspections as make
from tests.factories.people import person, sign_in
from tests.integration.inspections.test_paper_signatures import (  # noqa: F401
    EXTENSION,
    agency_s,
    clerk,
    head_s,
    keys,
    roots,
    who,
)
from tests.unit.base.test_word import everything, template
from tests.unit.inspections.test_documents import facts

pytestmark = pytest.mark.django_db


def sent(content: bytes, name: str = "mau.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def scan(colour=(20, 20, 20), mode="RGB") -> SimpleUploadedFile:
    """A signature scribbled in dark ink on paper that is not quite white."""
    picture = Image.new(mode, (600, 240), (244, 240, 232) if mode == "RGB" else 0)
    pen = ImageDraw.Draw(picture)
    pen.line([(60, 180), (200, 40), (300, 200), (540, 60)], fill=colour, width=9)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return SimpleUploadedFile("chu-ky.png", target.getvalue())


def words_of(content: bytes) -> str:
    return "\n".join(one.text for one in everything(docx.Document(io.BytesIO(content))))


def refusal(attempt) -> str:
    with pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_document_is_made_in_word_with_the_words_of_the_paper(code):
    text = words_of(document_word(code, facts()))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Nơi nhận:" in text and text.count("./.") == 1
    assert ("ngày 05 tháng 01 năm 2026" in text.split("\n", 12)[-1]) or TEMPLATES[code].series == "BB"
    assert not any(sign in text for sign in ("{{", "{%", "\ue000"))


class TestTemplates:
    def test_a_draft_goes_out_in_the_standard_template_or_the_agency_s_own(self, who):  # noqa: F811
        case = make.announced(who)
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert "QUYẾT ĐỊNH" in words_of(word_draft(draft))
        mine = template("MẪU RIÊNG {{ case.field }}", "{{ body }}")
        admin = person("Quản Trị", agency=who.lead, role="administrator")
        row = add_word_template(by=admin, agency=who.lead, type="quyet-dinh-gia-han", file=sent(mine))
        assert (row.number, template_for(draft)) == (1, row)
        text = words_of(word_draft(draft))
        assert text.startswith("MẪU RIÊNG An toàn thông tin") and "Gia hạn thời hạn kiểm tra" in text

    def test_versions_count_up_and_the_kind_s_own_goes_before_that_of_all(self, who):  # noqa: F811
        case = make.announced(who)
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        facts_ = {"by": who.head, "agency": who.lead, "type": "quyet-dinh-gia-han"}
        kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
        other = InspectionKind.objects.get(code="kiem-tra-cong-vu")
        for_all = [add_word_template(file=sent(template("{{ body }}")), **facts_) for _time in range(2)]
        assert [row.number for row in for_all] == [1, 2]
        assert template_for(draft) == for_all[1]
        add_word_template(file=sent(template("{{ body }}")), kind=other, **facts_)
        assert template_for(draft) == for_all[1]
        own = add_word_template(file=sent(template("{{ body }}")), kind=kind, **facts_)
        assert (own.number, template_for(draft)) == (1, own)

    def test_an_unknown_field_is_refused_with_its_name_and_nothing_is_kept(self, who):  # noqa: F811
        said = refusal(
            lambda: add_word_template(
                by=who.head,
                agency=who.lead,
                type="quyet-dinh-gia-han",
                file=sent(template("{{ case.ngay_sinh }}", "{{ body }}")),
            )
        )
        assert "case.ngay_sinh" in said
        assert not WordTemplate.objects.exists()

    def test_what_is_signed_is_not_given_out_in_word(self, who, client):  # noqa: F811
        case = make.announced(who)
        signed = make.signed(who, case, "quyet-dinh-gia-han", **EXTENSION)
        assert refusal(lambda: word_draft(signed))
        sign_in(client, who.head)
        assert client.get(f"/inspections/{case.pk}/documents/{signed.pk}/paper.docx").status_code == 403
        draft = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION)
        answer = client.get(f"/inspections/{case.pk}/documents/{draft.pk}/paper.docx")
        assert answer.status_code == 200 and answer.content[:2] == b"PK"

    def test_the_page_names_every_field_and_refuses_at_the_file(self, client, who):  # noqa: F811
        admin = person("Quản Trị", agency=who.lead, role="administrator")
        sign_in(client, admin)
        page = client.get("/inspections/word/").content.decode()
        assert all("{{ " + name + " }}" in page for name in FIELDS)
        assert "one.identifier" in page and "{{ case.decision_no }}" in page
        told = {"agency": who.lead.pk, "type": "quyet-dinh-gia-han", "kind": ""}
        wrong = client.post("/inspections/word/", {**told, "file": sent(template("{{ la }}", "{{ body }}"))})
        assert wrong.status_code == 200 and "la" in wrong.content.decode()
        right = client.post("/inspections/word/", {**told, "file": sent(template("{{ body }}"))})
        assert right.status_code == 302
        assert client.get("/inspections/word/standard.docx").content[:2] == b"PK"

    def test_the_sample_of_words_is_what_documents_freeze(self, who):  # noqa: F811
        case = make.announced(who)
        content = make.drafted(who, case, "quyet-dinh-gia-han", **EXTENSION).content
        for name in ("case", "team", "clock", "signer"):
            assert set(CASE_WORDS[name]) <= set(content[name]), name
        assert set(CASE_WORDS["subjects"][0]) == set(content["subjects"][0])


def inks(picture):
    """Return the colours of whatever is not transparent."""
    return {
        (red, green, blue) for _count, (red, green, blue, alpha) in picture.getcolors(1 << 24) if alpha > 0
    }


class TestPictures:
    @pytest.mark.parametrize("colour", [(20, 20, 20), (30, 60, 160)])
    def test_ink_becomes_blue_on_a_transparent_ground(self, who, colour):  # noqa: F811
        row = keep_signature(by=who.head, file=scan(colour))
        picture = Image.open(io.BytesIO(bytes(row.png)))
        assert (picture.format, picture.mode) == ("PNG", "RGBA")
        assert inks(picture) == {BLUE}
        assert picture.getpixel((1, 1))[3] == 0
        assert SigningImage.objects.of_person(who.head.pk) == row

    def test_a_seal_becomes_red_and_only_its_registry_keeps_it(self, who, clerk):  # noqa: F811
        row = keep_seal(by=clerk, agency=who.lead, diameter_mm=36, file=scan((200, 30, 30)))
        picture = Image.open(io.BytesIO(bytes(row.png)))
        assert inks(picture) == {RED}
        with pytest.raises(PermissionDenied):
            keep_seal(by=who.head, agency=who.lead, diameter_mm=36, file=scan())
        assert refusal(lambda: keep_seal(by=clerk, agency=who.lead, diameter_mm=200, file=scan()))

    @pytest.mark.parametrize("content", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\nbroken", b""])
    def test_what_is_no_picture_is_a_sentence(self, who, content):  # noqa: F811
        assert refusal(lambda: keep_signature(by=who.head, file=SimpleUploadedFile("a.png", content)))

    def test_an_empty_sheet_is_a_sentence(self, who):  # noqa: F811
        target = io.BytesIO()
        Image.new("RGB", (300, 100), "white").save(target, "PNG")
        said = refusal(
            lambda: keep_signature(by=who.head, file=SimpleUploadedFile("a.png", target.getvalue()))
        )
        assert said

    def test_the_seal_lies_in_its_real_size_over_a_third_of_the_signature(self, who, clerk, keys):  # noqa: F811
        from inspections.actions.paper_signatures import seal_file, sign_file

        keep_signature(by=who.head, file=scan())
        keep_seal(by=clerk, agency=who.lead, diameter_mm=40, file=scan((200, 30, 30)))
        paper = make.numbered(who, make.announced(who), "quyet-dinh-gia-han", clerk, **EXTENSION)
        sign_file(by=who.head, document=paper)
        seal_file(by=clerk, document=paper)
        with latest_file(paper)[0].open("rb") as stored, pdfplumber.open(stored) as pdf:
            boxes = {one["title"]: one for page in pdf.pages for one in page.annots if one.get("title")}
            left, seal = boxes[signatures.PERSON], boxes[signatures.AGENCY]
        width = left["x1"] - left["x0"]
        assert (seal["x1"] - seal["x0"]) * 25.4 / 72 == pytest.approx(40, abs=0.5)
        assert (seal["x1"] - left["x0"]) / width == pytest.approx(1 / 3, abs=0.02)

    def test_the_page_keeps_one_s_own_and_the_seals_of_one_s_registry(self, client, who, clerk):  # noqa: F811
        sign_in(client, clerk)
        told = {"what": "seal", "seal-agency": who.lead.pk, "seal-diameter_mm": "36", "seal-file": scan()}
        assert client.post("/inspections/signing-images/", told).status_code == 302
        page = client.get("/inspections/signing-images/").content.decode()
        assert page.count("data:image/png;base64,") == 1
        sign_in(client, who.head)
        assert client.post("/inspections/signing-images/", {"file": scan()}).status_code == 302
        page = client.get("/inspections/signing-images/").content.decode()
        assert page.count("data:image/png;base64,") == 1 and "seal-file" not in page


def test_a_correction_has_its_own_word_draft(who, clerk):  # noqa: F811
    paper = make.numbered(who, make.announced(who), "quyet-dinh-gia-han", clerk, **EXTENSION)
    fresh = document.correct_document(by=who.leader, document=paper, reason="Sai ngày")
    assert "thay thế văn bản số 16/QĐ-SKHCN" in words_of(word_draft(fresh))
