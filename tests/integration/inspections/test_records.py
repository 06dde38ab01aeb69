"""What the database refuses, and what migrate alone brings."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from inspections.actions import checklist
from inspections.actions.legal_bases import expired
from inspections.actions.seeds import ensure_basics
from inspections.checklists.workbook import shipped, workbook
from inspections.models import (
    ChecklistTemplate,
    ChecklistVersion,
    Holiday,
    Inspection,
    InspectionKind,
    KindPeriod,
    KindVersion,
    LegalBasis,
)
from inspections.rules import cited_in
from lms.base.dates import today
from tests.factories import inspections as make
from tests.factories.people import agency

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 24)
SOUND = {"code": "K1", "status": "COMPLETED", "completed_on": DAY, "origin": "REGISTERED", "method": "ONSITE"}


@pytest.mark.parametrize(
    "change",
    [
        {"completed_on": None},
        {"status": "IN_PROGRESS"},
        {"status": "PLANNED"},
        {"decided_on": date(2026, 3, 25)},
        {"is_secret": True},
        {"is_secret": True, "method": "", "field": "ATTP"},
        {"is_secret": True, "method": "", "decision_no": "1/QĐ"},
        {"is_secret": True, "method": "", "origin": "SYSTEM", "status": "PLANNED", "completed_on": None},
        {"origin": "SYSTEM"},
        {"origin": "SYSTEM", "status": "CANCELLED", "completed_on": None, "decided_on": DAY},
    ],
)
def test_the_database_refuses_an_impossible_case(change):
    lead = agency("SCT")
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.create(lead=lead, **{**SOUND, **change})
    assert Inspection.objects.create(lead=lead, **SOUND).pk


@pytest.mark.parametrize("steps", ["DDDD", "DDDDDD", "DDDDX", "ddddd", ""])
def test_the_database_refuses_steps_that_are_not_five_marks(steps):
    case = Inspection.objects.create(lead=agency("SCT"), **SOUND)
    with pytest.raises(DatabaseError), transaction.atomic():
        case.subjects.create(name="A", steps=steps)


def test_the_database_refuses_a_second_leader_and_a_conflict_of_interest():
    who = make.cast()
    case = make.teamed(who)
    for change in ({"duty": "LEADER"}, {"declared_no_conflict": False}):
        facts = {"duty": "MEMBER", "declared_no_conflict": True, **change}
        with pytest.raises(IntegrityError), transaction.atomic():
            case.team.create(person=who.head, name="x", **facts)


def test_migrate_alone_brings_kinds_periods_holidays_law_and_checklists():
    assert set(InspectionKind.objects.values_list("code", flat=True)) == {
        "kiem-tra-chuyen-nganh",
        "cai-cach-hanh-chinh",
        "kiem-tra-cong-vu",
        "an-toan-thong-tin",
        "xu-ly-vi-pham-hanh-chinh",
    }
    version = KindVersion.objects.get(kind__code="kiem-tra-chuyen-nganh")
    assert {row.level: (row.days, row.extra_days) for row in version.periods.all()} == {
        "province": (10, 5),
        "district": (10, 5),
        "commune": (7, 3),
        "ministry": (15, 7),
    }
    assert [basis.number for basis in version.bases.all()] == ["217/2025/NĐ-CP"]
    assert version.legal_basis == "Nghị định số 217/2025/NĐ-CP"
    assert version.documents.get(type="quyet-dinh-tam-dung").template_code == "quyet-dinh-tam-dung"
    assert Holiday.objects.filter(day=date(2026, 2, 17), is_worked=False, is_assumed=False).exists()
    assert not Holiday.objects.of_year(2027).filter(is_assumed=False).exists()
    assert set(ChecklistVersion.objects.values_list("template__code", flat=True)) == set(shipped())


def test_what_an_administrator_changed_stays():
    kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
    kind.name = "Kiểm tra chuyên ngành (sửa)"
    kind.save()
    KindPeriod.objects.filter(version__kind=kind, level="commune").update(days=5)
    Holiday.objects.filter(day=date(2026, 2, 17)).update(name="Mùng một")
    before = (InspectionKind.objects.count(), KindVersion.objects.count())
    ensure_basics()
    kind.refresh_from_db()
    assert kind.name == "Kiểm tra chuyên ngành (sửa)"
    assert kind.versions.get().periods.get(level="commune").days == 5
    assert Holiday.objects.get(day=date(2026, 2, 17)).name == "Mùng một"
    assert (InspectionKind.objects.count(), KindVersion.objects.count()) == before


class TestVersions:
    """XLSForms become versions that never change."""

    def sheet(self, label="Có sao lưu không?"):
        survey = [
            ["type", "name", "label"],
            ["select_one kq", "sao_luu", label],
            ["text", "ghi_chu", "Ghi chú"],
        ]
        choices = [["list_name", "name", "label"], ["kq", "dat", "Đạt"], ["kq", "chua", "Chưa đạt"]]
        return make.xlsx(("survey", survey), ("choices", choices), ("settings", [["form_id"], ["thu"]]))

    def template(self):
        return ChecklistTemplate.objects.create(code="thu", name="Thử")

    def test_a_new_sheet_is_a_new_version_and_the_same_sheet_the_same(self):
        template, first = self.template(), self.sheet()
        one = checklist.publish_version(by=None, template=template, sheet=first)
        assert checklist.publish_version(by=None, template=template, sheet=first) == one
        two = checklist.publish_version(
            by=None, template=template, sheet=self.sheet("Có thử khôi phục không?")
        )
        assert (one.number, two.number) == (1, 2)
        assert [question["name"] for question in one.questions] == ["sao_luu", "ghi_chu"]
        assert one.questions[0]["choices"] == {"dat": "Đạt", "chua": "Chưa đạt"}

    def test_a_version_is_never_changed(self):
        version = checklist.publish_version(by=None, template=self.template(), sheet=self.sheet())
        version.xform = "khác"
        with pytest.raises(TypeError):
            version.save()

    @pytest.mark.parametrize(
        "sheet",
        [
            b"",
            b"not a workbook",
            b"PK\x03\x04 broken",
            make.xlsx(("survey", [["type", "name"], ["select_one none", "a"]])),
            make.xlsx(("survey", [["type", "name", "label"], ["begin_group", "a", "A"]])),
            make.xlsx(("Sheet1", [["a"]])),
            make.xlsx(("survey", [["type", "name", "label"], ["text", "a b", "A"]])),
        ],
    )
    def test_a_bad_sheet_is_refused_with_a_sentence_and_leaves_nothing(self, sheet):
        template = self.template()
        with pytest.raises(ValidationError) as refusal:
            checklist.publish_version(by=None, template=template, sheet=sheet)
        assert refusal.value.message_dict["sheet"][0]
        assert not template.versions.exists()

    def test_a_sheet_that_cites_a_text_no_longer_in_force_is_refused_with_its_successor(self):
        template, administrator = self.template(), make.cast().head
        with pytest.raises(ValidationError) as refusal:
            checklist.publish_version(
                by=administrator,
                template=template,
                sheet=self.sheet("Có kế hoạch thanh tra theo Luật 11/2022/QH15 không?"),
            )
        (sentence,) = refusal.value.message_dict["sheet"]
        assert sentence.startswith("sao_luu: 11/2022/QH15")
        assert "84/2025/QH15" in sentence
        assert not template.versions.exists()
        checklist.publish_version(
            by=administrator, template=template, sheet=self.sheet("Có kế hoạch theo Luật 84/2025/QH15 không?")
        )

    def test_what_we_ship_cites_nothing_out_of_force(self):
        for version in ChecklistVersion.objects.all():
            words = json.dumps(version.questions, ensure_ascii=False)
            assert expired(text=words, on=today()) == [], version

    def test_a_sheet_stays_on_the_version_it_was_started_with(self):
        who = make.cast()
        case = make.announced(who)
        old = make.version()
        template = old.template
        checklist.publish_version(by=None, template=template, sheet=self.sheet())
        old.retired_at = make.timezone.now()
        old.save(update_fields=["retired_at"])
        receipt = make.send_sheet(who, case.subjects.get(), version=ChecklistVersion.objects.get(pk=old.pk))
        assert (receipt.state, receipt.record.version) == ("created", old)

    def test_our_own_checklists_give_the_same_bytes_every_time(self):
        for code in shipped():
            assert workbook(code) == workbook(code)
            results = {"dat", "chua_dat", "khong_xuat_trinh", "khong_ap_dung"}
            version = ChecklistVersion.objects.get(template__code=code)
            asked = [question for question in version.questions if question["choices"]]
            assert len(asked) >= 10
            assert all(set(question["choices"]) == results for question in asked)

    def test_each_item_is_an_obligation_with_its_law_and_its_evidence(self):
        known = set(LegalBasis.objects.in_force(today()).values_list("number", flat=True))
        assert set(shipped()) == {
            "an-toan-thong-tin",
            "an-toan-thuc-pham",
            "cai-cach-hanh-chinh",
            "co-so-giao-duc",
            "kiem-tra-cong-vu",
        }
        for version in ChecklistVersion.objects.all():
            by_name = {question["name"]: question for question in version.questions}
            for question in version.questions:
                if question["choices"]:
                    item = question["name"].removesuffix("_kq")
                    assert question["group"]
                    assert by_name[f"{item}_anh"]["type"] == "photo"
                    cited = cited_in(question["hint"])
                    assert cited or "TCVN" in question["hint"], question["hint"]
                    assert set(cited) <= known, question["hint"]
