"""Kinds as data and the register of legal texts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inspections.actions import course, legal_bases
from inspections.actions.kinds import DocumentOf, PeriodOf, publish_kind, version_on
from inspections.models import Inspection, InspectionKind, KindVersion, LegalBasis
from inspections.states import Step
from lms.base.dates import today
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db
OLD, NEW = "11/2022/QH15", "84/2025/QH15"


@pytest.fixture
def who():
    return make.cast()


def basis(number="217/2025/NĐ-CP"):
    return LegalBasis.objects.get(number=number)


def publish(**given):
    facts = {
        "by": None,
        "code": "kiem-tra-thu",
        "name": "Kiểm tra thử",
        "valid_from": today(),
        "bases": [basis()],
        "periods": [PeriodOf("province", 5, 2)],
        "documents": [DocumentOf("quyet-dinh-kiem-tra", is_required=True)],
        "closing_document": "Nhận xét, đánh giá",
        **given,
    }
    return publish_kind(**facts)


class TestKinds:
    """An administrator makes a kind without code; running cases keep theirs."""

    def test_a_new_kind_runs_with_its_own_days_and_words(self, who):
        version = publish(requires_announcement=False, requires_result=True)
        case = make.announced(who, kind=version.kind, days=5)
        assert (case.needs_announcement, case.kind_version) == (False, version)
        assert version.steps == (Step.DECISION, Step.CHECKLIST, Step.MINUTES, Step.RESULT)
        clock = course.extend(by=who.head, inspection=case, reason="Nhiều", paper=make.paper())
        assert clock.extra_days == 2
        assert version.documents.get().name == "Quyết định kiểm tra"

    def test_a_running_case_keeps_the_kind_as_it_was_at_its_decision(self, who):
        kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
        before = version_on(kind, today())
        case = make.announced(who)
        periods = [PeriodOf("province", 3)]
        after = publish(code=kind.code, name=kind.name, periods=periods, closing_document="Kết quả mới")
        assert after.number == before.number + 1
        assert case.kind_version == before
        assert course.extend(by=who.head, inspection=case, reason="Nhiều", paper=make.paper()).extra_days == 5
        with pytest.raises(ValidationError) as refusal:
            make.opened(who, days=10, parties=[make.decision.Party("CQNN", "H1", "UBND xã")])
        assert "days" in refusal.value.message_dict

    def test_a_decision_takes_the_version_of_its_own_day(self, who):
        kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
        first = kind.versions.get()
        second = publish(code=kind.code, name=kind.name, valid_from=today() + timedelta(days=30))
        assert version_on(kind, today()) == first
        assert version_on(kind, today() + timedelta(days=30)) == second
        assert version_on(kind, date(2000, 1, 1)) == first

    def test_a_version_is_never_changed(self):
        version = KindVersion.objects.first()
        version.closing_document = "Khác"
        with pytest.raises(TypeError):
            version.save()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"bases": []}, "bases"),
            ({"periods": []}, "periods"),
            ({"periods": [PeriodOf("province", 5), PeriodOf("province", 6)]}, "periods"),
            ({"periods": [PeriodOf("province", 0)]}, "periods"),
            ({"closing_document": ""}, "closing_document"),
            ({"code": "Mã có dấu"}, "code"),
            ({"name": ""}, "name"),
        ],
    )
    def test_a_kind_that_cannot_be_is_told_at_its_field_and_leaves_nothing(self, given, field):
        with pytest.raises(ValidationError) as refusal:
            publish(**given)
        assert field in refusal.value.message_dict
        assert not InspectionKind.objects.filter(name="Kiểm tra thử").exists()

    def test_a_later_version_does_not_reach_back_behind_the_one_before(self):
        publish()
        with pytest.raises(ValidationError):
            publish(valid_from=today() - timedelta(days=1))


class TestLegalTexts:
    """Citing an expired text is refused, and its successor is offered."""

    def test_in_force(self):
        numbers = lambda day: set(LegalBasis.objects.in_force(day).values_list("number", flat=True))  # noqa: E731
        assert OLD in numbers(date(2025, 6, 30)) and NEW not in numbers(date(2025, 6, 30))
        assert OLD not in numbers(date(2025, 7, 1)) and NEW in numbers(date(2025, 7, 1))

    def test_a_kind_citing_an_expired_text_is_refused_with_the_successor(self):
        with pytest.raises(ValidationError) as refusal:
            publish(bases=[basis(OLD)])
        said = refusal.value.message_dict["bases"][0]
        assert OLD in said and NEW in said and "01/07/2025" in said

    def test_a_decision_whose_ground_names_an_expired_text_is_refused(self, who):
        with pytest.raises(ValidationError) as refusal:
            make.opened(who, ground_detail=f"Căn cứ Luật Thanh tra số {OLD}")
        assert NEW in refusal.value.message_dict["ground_detail"][0]
        assert not Inspection.objects.exists()
        assert make.opened(who, ground_detail=f"Căn cứ Luật Thanh tra số {NEW}").pk

    def test_a_kind_whose_law_has_ended_opens_no_decision(self, who):
        later = legal_bases.keep_basis(
            by=who.head, number="1/2026/NĐ-CP", title="Nghị định mới", valid_from=today()
        )
        legal_bases.keep_basis(by=who.head, basis=basis(), valid_to=today(), replaced_by=later)
        with pytest.raises(ValidationError) as refusal:
            make.opened(who)
        assert "1/2026/NĐ-CP" in refusal.value.message_dict["kind"][0]

    @pytest.mark.parametrize(
        "facts",
        [
            {"number": "", "title": "x", "valid_from": date(2026, 1, 1)},
            {"number": "2/2026/NĐ-CP", "title": "", "valid_from": date(2026, 1, 1)},
            {"number": NEW, "title": "x", "valid_from": date(2026, 1, 1)},
            {
                "number": "2/2026/NĐ-CP",
                "title": "x",
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2026, 1, 1),
            },
            {
                "number": "2/2026/NĐ-CP",
                "title": "x",
                "valid_from": date(2026, 1, 1),
                "issued_on": date(2026, 1, 2),
            },
        ],
    )
    def test_an_impossible_text_is_refused(self, who, facts):
        with pytest.raises(ValidationError):
            legal_bases.keep_basis(by=who.head, **facts)

    def test_the_database_refuses_a_successor_without_an_end(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalBasis.objects.filter(number=NEW).update(replaced_by=basis())
