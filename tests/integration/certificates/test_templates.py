"""Templates: drafts change, published versions never; which one a certificate is printed with."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from certificates.actions import NotIssued, draft_version, issue, publish_version, save_use
from certificates.models import Certificate, CertificateTemplate, TemplateSigner, TemplateUse, TemplateVersion
from certificates.queries import CertificateRewritten
from certificates.wording import STANDARD
from lms.base.models import AuditEvent
from tests.factories import certificates as made
from tests.factories import people
from tests.integration.certificates.test_issue import text_of

EDIT = "wagtailsnippets_certificates_templateversion:edit"


@pytest.fixture
def template(db):
    found = CertificateTemplate.objects.create(code="lanh-dao", name="Mẫu lãnh đạo", kind="giay_chung_nhan")
    publish_version(version=draft_version(template=found, by=None), by=None)
    return found


@pytest.fixture
def keeper(db, client):
    who = people.person("Nguyễn Quản Trị", role="administrator")
    people.sign_in(client, who)
    return who


def form_of(version: TemplateVersion, **more) -> dict:
    signers = list(version.signers.all())
    data = {
        "language": version.language,
        "paper": version.paper,
        "ground": version.ground,
        "superior": version.superior,
        "superior_words": version.superior_words,
        "title": version.title,
        "wording": version.wording,
        "title_en": version.title_en,
        "wording_en": version.wording_en,
        "signers-TOTAL_FORMS": len(signers),
        "signers-INITIAL_FORMS": len(signers),
        "signers-MIN_NUM_FORMS": 1,
        "signers-MAX_NUM_FORMS": 2,
    }
    for place, signer in enumerate(signers):
        data |= {f"signers-{place}-id": signer.pk, f"signers-{place}-place": 1}
    return {**data, **more}


def test_both_kinds_come_with_a_published_template(db):
    found = CertificateTemplate.objects.filter(is_default=True)
    assert {template.kind for template in found} == {"giay_chung_nhan", "chung_chi"}
    assert TemplateVersion.objects.published().count() == 2


def test_a_published_version_never_changes(template):
    version = TemplateVersion.objects.published().get(template=template)
    version.title = "KHÁC"
    with pytest.raises(CertificateRewritten):
        version.save()
    with pytest.raises(CertificateRewritten):
        TemplateVersion.objects.filter(pk=version.pk).update(title="KHÁC")
    with pytest.raises(CertificateRewritten):
        version.delete()
    signer = TemplateSigner.objects.get(version=version)
    signer.name = "Ai đó"
    with pytest.raises(CertificateRewritten):
        signer.save()
    with pytest.raises(CertificateRewritten):
        signer.delete()
    assert TemplateVersion.objects.get(pk=version.pk).title == "GIẤY CHỨNG NHẬN"


def test_certificates_keep_the_version_they_were_printed_with(world, template):
    TemplateUse.objects.create(template=template, course=world.course, valid_from=date(2026, 1, 1))
    first = made.certificate(world.learner, world.course)
    draft = draft_version(template=template, by=world.head)
    assert draft_version(template=template, by=world.head).pk == draft.pk
    draft.title = "GIẤY CHỨNG NHẬN LÃNH ĐẠO"
    draft.save()
    publish_version(version=draft, by=world.head)
    second = made.certificate(people.person(agency=world.commune), world.course)
    assert [row.facts["template"]["version"] for row in (first, second)] == [1, 2]
    assert "GIẤY CHỨNG NHẬN LÃNH ĐẠO" in text_of(second)
    assert "LÃNH ĐẠO" not in text_of(first)
    assert first.template_version.sha256 == first.facts["template"]["sha256"]


def test_the_most_particular_choice_of_the_day_counts(world):
    def kept(code, **where):
        template = CertificateTemplate.objects.create(code=code, name=code, kind="giay_chung_nhan")
        publish_version(version=draft_version(template=template, by=None), by=None)
        TemplateUse.objects.create(template=template, **where)

    always = {"valid_from": date(2026, 1, 1)}
    kept("co-quan", agency=world.department, **always)
    kept("khoa-cu", course=world.course, valid_from=date(2020, 1, 1), valid_to=date(2026, 1, 1))
    assert made.certificate(world.learner, world.course).facts["template"]["code"] == "co-quan"
    kept("khoa", course=world.course, **always)
    kept("ca-hai", course=world.course, agency=world.department, **always)
    codes = [
        made.certificate(people.person(agency=world.commune), course).facts["template"]["code"]
        for course in (
            world.course,
            made.course("DS77", issuer=world.department),
            made.course("DS78", issuer=world.other),
        )
    ]
    assert codes == ["ca-hai", "co-quan", "giay-chung-nhan"]


def test_a_template_without_a_published_version_prints_nothing(world, completion):
    template = CertificateTemplate.objects.create(code="nhap", name="Nháp", kind="giay_chung_nhan")
    draft_version(template=template, by=None)
    TemplateUse.objects.create(template=template, course=world.course, valid_from=date(2026, 1, 1))
    with pytest.raises(NotIssued, match="DS06"):
        issue(completion=completion, by=None)
    assert not Certificate.objects.exists()


def test_who_signs_is_as_the_template_says(world, template):
    draft = draft_version(template=template, by=None)
    TemplateSigner.objects.filter(version=draft).update(
        authority="KT.", body="Giám đốc", title="Phó Giám đốc", name="Lê Thị Phó"
    )
    TemplateSigner.objects.create(version=draft, place=2)
    publish_version(version=draft, by=None)
    TemplateUse.objects.create(template=template, course=world.course, valid_from=date(2026, 1, 1))
    found = made.certificate(world.learner, world.course)
    assert found.facts["signers"] == [
        {"lines": ["KT. Giám đốc", "Phó Giám đốc"], "name": "Lê Thị Phó"},
        {"lines": ["Chuyên viên"], "name": "Trần Văn Quý"},
    ]
    text = text_of(found)
    assert "KT. GIÁM ĐỐC" in text
    assert "Lê Thị Phó" in text


def test_an_unknown_field_is_refused_with_its_line(keeper, template, client):
    draft = draft_version(template=template, by=None)
    wording = "Chứng nhận {danh_xung}:\n{ho_ten}\n{ten_khoas}\nKết quả {"
    response = client.post(reverse(EDIT, args=[draft.pk]), form_of(draft, wording=wording))
    page = response.content.decode()
    for sentence in (
        "Dòng 3: không có trường {ten_khoas}.",
        "Dòng 4: có dấu ngoặc { hoặc } đứng riêng.",
        "Lời văn phải có trường {ten_khoa}.",
    ):
        assert sentence in page
    assert TemplateVersion.objects.get(pk=draft.pk).wording == STANDARD["giay_chung_nhan"]["wording"]


def test_a_draft_is_changed_looked_at_and_published(keeper, template, client):
    draft = draft_version(template=template, by=None)
    picture = io.BytesIO()
    Image.new("RGB", (900, 300), "teal").save(picture, "PNG")
    logo = SimpleUploadedFile("logo.png", picture.getvalue(), content_type="image/png")
    page = client.get(reverse(EDIT, args=[draft.pk])).content.decode()
    assert "{ho_ten}" in page
    assert "họ và tên, chữ in hoa" in page
    more = {
        "language": "both",
        "wording_en": STANDARD["chung_chi"]["wording_en"],
        "hidden": ["ngay_sinh"],
        "logo_file": logo,
    }
    response = client.post(reverse(EDIT, args=[draft.pk]), form_of(draft, title="GIẤY MỚI", **more))
    shown = reverse("certificate-template-version", args=[draft.pk])
    assert (response.status_code, response.url) == (302, shown)
    draft.refresh_from_db()
    assert (draft.title, draft.language, draft.hidden) == ("GIẤY MỚI", "both", ["ngay_sinh"])
    assert Image.open(io.BytesIO(bytes(draft.logo))).size == (600, 200)
    assert client.get(shown).status_code == 200
    preview = client.get(reverse("certificate-template-preview", args=[draft.pk]))
    assert preview["Content-Type"] == "application/pdf"
    assert preview.content.startswith(b"%PDF-")
    client.post(reverse("certificate-template-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "published"
    response = client.get(reverse(EDIT, args=[draft.pk]))
    assert (response.status_code, response.url) == (302, shown)
    client.post(reverse("certificate-template-next", args=[draft.pk]))
    assert TemplateVersion.objects.drafts().get(template=template).number == 3


@pytest.mark.parametrize("what", ["publish", "next"])
def test_authors_look_and_change_nothing(template, client, what):
    author = people.person(role="author")
    people.sign_in(client, author)
    version = TemplateVersion.objects.get(template=template)
    assert client.get(reverse("certificate-template-preview", args=[version.pk])).status_code == 200
    client.post(reverse(f"certificate-template-{what}", args=[version.pk]))
    assert not TemplateVersion.objects.drafts().exists()


DELETE = "wagtailsnippets_certificates_{}:delete"
DAY = date(2026, 1, 1)


def said_after(client, url: str) -> str:
    response = client.post(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def many_at_once(model: str, *rows) -> str:
    keys = "&".join(f"id={row.pk}" for row in rows)
    return reverse("wagtail_bulk_action", args=["certificates", model, "delete"]) + f"?{keys}"


def test_deleting_what_was_published_is_a_sentence(keeper, template, client):
    version = TemplateVersion.objects.published().get(template=template)
    sentence = "Không xóa phiên bản đã phát hành"
    for url in (
        reverse(DELETE.format("templateversion"), args=[version.pk]),
        many_at_once("templateversion", version),
    ):
        assert sentence in client.get(url, follow=True).content.decode()
        assert sentence in said_after(client, url)
    for url in (
        reverse(DELETE.format("certificatetemplate"), args=[template.pk]),
        many_at_once("certificatetemplate", template),
    ):
        assert "Mẫu này đã có phiên bản" in said_after(client, url)
    assert TemplateVersion.objects.filter(pk=version.pk).exists()
    draft = draft_version(template=template, by=keeper)
    said_after(client, reverse(DELETE.format("templateversion"), args=[draft.pk]))
    assert not TemplateVersion.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("days", "meets"),
    [
        ((date(2026, 3, 1), None), True),
        ((date(2025, 1, 1), date(2026, 2, 1)), False),
        ((date(2025, 1, 1), date(2026, 2, 2)), True),
        ((date(2025, 1, 1), None), True),
        ((date(2026, 6, 1), None), False),
        ((date(2026, 5, 31), date(2026, 7, 1)), True),
    ],
)
def test_two_templates_on_one_day_for_one_course_are_refused(world, template, days, meets):
    other = CertificateTemplate.objects.create(code="khac", name="Khác", kind="giay_chung_nhan")
    first = TemplateUse(
        template=template,
        course=world.course,
        agency=world.department,
        valid_from=date(2026, 2, 1),
        valid_to=date(2026, 6, 1),
    )
    save_use(use=first, by=world.head)
    save_use(use=first, by=world.head)  # it does not stand against itself
    second = TemplateUse(
        template=other, course=world.course, agency=world.department, valid_from=days[0], valid_to=days[1]
    )
    if meets:
        with pytest.raises(ValidationError, match="“Mẫu lãnh đạo” đang được dùng"):
            save_use(use=second, by=world.head)
    else:
        save_use(use=second, by=world.head)
    elsewhere = TemplateUse(template=other, agency=world.department, valid_from=days[0], valid_to=days[1])
    save_use(use=elsewhere, by=world.head)
    assert TemplateUse.objects.count() == (2 if meets else 3)


def test_the_admin_refuses_a_second_template_in_words_and_logs_what_changes(world, keeper, template, client):
    form = {"template": template.pk, "course": world.course.pk, "agency": "", "valid_from": "2026-01-01"}
    add = reverse("wagtailsnippets_certificates_templateuse:add")
    assert client.post(add, form).status_code == 302
    answer = client.post(add, {**form, "valid_from": "2026-05-01"})
    assert "đang được dùng ở đó từ ngày 01/01/2026" in answer.content.decode()
    use = TemplateUse.objects.get()
    edit = reverse("wagtailsnippets_certificates_templateuse:edit", args=[use.pk])
    assert client.post(edit, {**form, "valid_to": "2026-12-31"}).status_code == 302
    changed = AuditEvent.objects.filter(action="certificates.use_template").order_by("pk").last()
    assert (changed.old["valid_to"], changed.new["valid_to"]) == (None, "2026-12-31")
    remove = reverse(DELETE.format("templateuse"), args=[use.pk])
    assert client.get(remove).status_code == 200
    assert TemplateUse.objects.count() == 1
    said_after(client, remove)
    assert not TemplateUse.objects.exists()
    event = AuditEvent.objects.get(action="certificates.delete_template_use")
    assert (event.actor_id, event.old["template"], event.old["valid_to"]) == (
        str(keeper.pk),
        "lanh-dao",
        "2026-12-31",
    )
    again = TemplateUse.objects.create(template=template, course=world.course, valid_from=DAY)
    said_after(client, many_at_once("templateuse", again))
    assert AuditEvent.objects.filter(action="certificates.delete_template_use").count() == 2


def test_authors_delete_nothing(world, template, client):
    people.sign_in(client, people.person(role="author"))
    use = TemplateUse.objects.create(template=template, course=world.course, valid_from=DAY)
    client.post(reverse(DELETE.format("templateuse"), args=[use.pk]))
    client.post(many_at_once("templateuse", use))
    assert TemplateUse.objects.filter(pk=use.pk).exists()


def test_the_form_of_a_course_says_which_template_prints(world, keeper, template, client):
    edit = reverse("wagtailsnippets_courses_course:edit", args=[world.course.pk])
    default = TemplateVersion.objects.published().get(template__is_default=True, template__kind=template.kind)
    shown = 'href="{}"'.format
    assert (
        shown(reverse("certificate-template-version", args=[default.pk])) in client.get(edit).content.decode()
    )
    chosen = TemplateVersion.objects.published().get(template=template)
    TemplateUse.objects.create(template=template, agency=world.department, valid_from=DAY)
    page = client.get(edit).content.decode()
    assert shown(reverse("certificate-template-version", args=[chosen.pk])) in page
    assert "Mẫu lãnh đạo, phiên bản 1" in page
    world.course.certificate_kind = "none"
    world.course.save()
    assert "Khóa học này không cấp chứng nhận" in client.get(edit).content.decode()
    assert client.get(reverse("wagtailsnippets_courses_course:add")).status_code == 200
