"""The page of checklists: an administrator uploads an XLSForm, nobody else."""

import pytest
from django.urls import reverse

from inspections.models import ChecklistTemplate
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
SHEET = make.xlsx(
    ("survey", [["type", "name", "label"], ["select_one kq", "nhan", "Nhãn hàng hóa"]]),
    ("choices", [["list_name", "name", "label"], ["kq", "dat", "Đạt"]]),
)


@pytest.fixture
def admin(client):
    return sign_in(client, person("Quản trị", agency=agency("STTTT"), role="administrator"))


def upload(client, sheet=SHEET, **data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(
        reverse("inspections:checklists"), {"sheet": SimpleUploadedFile("phieu.xlsx", sheet), **data}
    )


def test_a_new_checklist_and_its_second_version(admin):
    upload(admin, code="thu-nghiem", name="An toàn thực phẩm")
    template = ChecklistTemplate.objects.get(code="thu-nghiem")
    other = make.xlsx(("survey", [["type", "name", "label"], ["text", "ghi_chu", "Ghi chú"]]))
    upload(admin, other, template=template.pk)
    assert list(template.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    shown = admin.get(reverse("inspections:checklists")).content.decode()
    assert "An toàn thực phẩm" in shown
    answer = admin.get(reverse("inspections:version-sheet", args=[template.versions.get(number=1).pk]))
    assert b"".join(answer) == SHEET


def test_a_bad_sheet_is_told_at_its_field_and_leaves_no_checklist(admin):
    answer = upload(admin, b"hello", code="hong", name="Hỏng")
    assert answer.status_code == 200 and answer.context["form"].errors["sheet"]
    assert not ChecklistTemplate.objects.filter(code="hong").exists()


def test_a_new_checklist_needs_code_and_name(admin):
    assert set(upload(admin).context["form"].errors) == {"code", "name"}
    answer = upload(admin, code="an-toan-thong-tin", name="Lần nữa")
    assert set(answer.context["form"].errors) == {"code"}


def test_an_inspector_and_a_head_upload_nothing(client):
    who = make.cast()
    for someone in (who.leader, who.head):
        sign_in(client, someone)
        assert upload(client, code="x", name="X").status_code == 403
        version = make.version()
        assert client.get(reverse("inspections:version-sheet", args=[version.pk])).status_code == 403


def test_a_sheet_gone_from_the_storage_gets_a_sentence(admin):
    upload(admin, code="an-toan-thuc-pham", name="An toàn thực phẩm")
    version = ChecklistTemplate.objects.get(code="an-toan-thuc-pham").versions.get()
    version.sheet.storage.delete(version.sheet.name)
    answer = admin.get(reverse("inspections:version-sheet", args=[version.pk]))
    assert answer.status_code == 404
    assert "Không tìm thấy bảng tính của phiên bản này" in answer.content.decode()
