"""Once a year across all agencies: NQ 198/2025/QH15 Điều 4, case D2 through real records."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from inspections.actions import course, decision, once_a_year
from inspections.models import Inspection, Subject, YearOverride
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people.actions.approvals import approve
from lms.people.models import Approval
from tests.factories import inspections as make
from tests.factories.people import person
from tests.integration.inspections.test_course import on

pytestmark = pytest.mark.django_db
DN1 = decision.Party("DN", "1200000001", "Công ty Một")
DN2 = decision.Party("DN", "1200000002", "Công ty Hai")


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def other():
    return make.cast("SYT", "Sở Y tế")


def deputy(cast):
    return person("Phó Giám đốc", agency=cast.lead, role="agency_head")


def register(cast, **given):
    clerk = person("Văn thư", agency=cast.lead, role="registry_clerk")
    facts = {
        "by": clerk,
        "lead": cast.lead,
        "decision_no": "9/QĐ-TTr",
        "decided_on": date(2026, 2, 2),
        "completed_on": None,
        "parties": [DN2],
        "field": "PCCC",
        "act": "TT",
        **given,
    }
    return decision.register_paper_inspection(**facts)


class TestCaseD2:
    """The four answers, through decisions and registrations."""

    @pytest.fixture
    def year_2026(self, who, other):
        with on(date(2026, 3, 3)):
            make.opened(who, parties=[DN1], field="ATTP", signed_on=date(2026, 3, 3))
            register(other)

    def decide(self, cast, party, field, day):
        with on(day):
            return make.opened(cast, parties=[party], field=field, signed_on=day)

    def test_a_second_kiem_tra_on_another_field_is_blocked(self, year_2026, other):
        with pytest.raises(ValidationError):
            self.decide(other, DN1, "PCCC", date(2026, 6, 1))

    def test_with_clear_signs_it_is_allowed_with_reason(self, year_2026, other):
        with on(date(2026, 6, 1)):
            make.leave(other, deputy(other), party=DN1, field="PCCC", year=2026)
        case = self.decide(other, DN1, "PCCC", date(2026, 6, 1))
        assert case.decision.clear_signs == "Ngộ độc tập thể ngày 01/11"

    def test_the_next_year_is_free(self, year_2026, who):
        assert self.decide(who, DN1, "ATTP", date(2027, 1, 4)).pk

    def test_a_field_under_thanh_tra_is_blocked_another_is_free(self, year_2026, who):
        with pytest.raises(ValidationError):
            self.decide(who, DN2, "PCCC", date(2026, 6, 1))
        assert self.decide(who, DN2, "ATTP", date(2026, 6, 1)).pk


class TestLeave:
    """The signer asks with signs, reason and evidence; a second person gives it; one decision uses it."""

    def test_the_leave_is_frozen_in_the_decision_and_used_up(self, who, other):
        first = make.opened(who)
        leave = make.leave(other, deputy(other))
        case = make.opened(other)
        leave.refresh_from_db()
        assert (leave.inspection, leave.despite) == (case, [first.code])
        assert case.decision.override_reason == "Bảo vệ sức khỏe người dân"
        event = AuditEvent.objects.filter(action="inspections.open").latest("pk")
        assert (event.reason, event.new["despite"]) == ("Bảo vệ sức khỏe người dân", [first.code])
        with pytest.raises(ValidationError):
            make.opened(other)

    def test_asked_but_not_approved_opens_nothing(self, who, other):
        make.opened(who)
        once_a_year.ask_second_inspection(
            by=other.head,
            subject=Subject.objects.get(),
            lead=other.lead,
            field="An toàn thông tin",
            year=today().year,
            signs="Ngộ độc",
            reason="Khẩn cấp",
            evidence=make.photo(),
        )
        with pytest.raises(ValidationError):
            make.opened(other)

    def test_the_asker_is_not_the_second_person(self, who, other):
        make.opened(who)
        with pytest.raises(PermissionDenied):
            make.leave(other, other.head)
        row = YearOverride.objects.get()
        assert row.approved_at is None
        with pytest.raises(IntegrityError), transaction.atomic():
            YearOverride.objects.filter(pk=row.pk).update(approved_by=row.asked_by, approved_at=row.asked_at)

    @pytest.mark.parametrize("given", [{"field": "PCCC"}, {"signer": "deputy"}])
    def test_a_leave_opens_its_own_field_by_its_own_signer_only(self, who, other, given):
        make.opened(who)
        second = deputy(other)
        make.leave(other, second)
        told = {name: second if value == "deputy" else value for name, value in given.items()}
        with pytest.raises(ValidationError):
            make.opened(other, **told)

    def test_another_agency_s_leave_opens_nothing(self, who, other):
        make.opened(who)
        make.leave(other, deputy(other))
        third = make.cast("SCT", "Sở Công Thương")
        with pytest.raises(ValidationError):
            make.opened(third)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"signs": " "}, "signs"),
            ({"reason": " "}, "reason"),
            ({"evidence": SimpleUploadedFile("a.png", b"<svg/>")}, "file"),
        ],
    )
    def test_without_signs_reason_or_true_evidence_nothing_is_asked(self, who, other, given, field):
        make.opened(who)
        with pytest.raises(ValidationError) as refusal:
            make.leave(other, deputy(other), **given)
        assert field in refusal.value.message_dict
        assert not YearOverride.objects.exists() and not Approval.objects.exists()

    def test_where_nothing_stands_in_the_way_none_is_given(self, who):
        Subject.objects.create(kind="DN", identifier=make.PARTY.identifier, name="Công ty")
        with pytest.raises(ValidationError):
            make.leave(who, deputy(who))

    def test_an_inspector_does_not_ask(self, who, other):
        make.opened(who)
        with pytest.raises(PermissionDenied):
            make.leave(other, deputy(other), by=other.leader)


class TestWhoIsProtected:
    """The word of a form takes no protection away."""

    def test_a_company_called_other_is_still_the_company(self, who, other):
        make.opened(who)
        party = decision.Party("OTHER", make.PARTY.identifier, "Cơ sở Cửu Long")
        with pytest.raises(ValidationError):
            make.opened(other, parties=[party])

    def test_a_business_without_number_is_refused(self, who):
        with pytest.raises(ValidationError) as refusal:
            make.opened(who, parties=[decision.Party("HKD", "", "Hộ kinh doanh Bà Năm")])
        assert "subjects" in refusal.value.message_dict

    def test_a_cancelled_case_gives_the_year_back_a_terminated_one_does_not(self, who, other):
        case = make.announced(who)
        course.terminate(by=who.head, inspection=case, reason="Đang thanh tra", paper=make.paper())
        with pytest.raises(ValidationError):
            make.opened(other)
        assert Inspection.objects.count() == 1

    def test_a_state_body_without_number_is_found_again_by_its_name(self, who):
        body = decision.Party("CQNN", "", "Ủy ban nhân dân phường Mỹ Tho")
        make.opened(who, parties=[body])
        make.opened(who, parties=[decision.Party("CQNN", "", "Ủy ban  nhân dân phường Mỹ Tho")])
        assert Subject.objects.filter(kind="CQNN").count() == 1


def test_the_second_person_approves_on_the_page_of_approvals(who, other, client):
    from tests.factories.people import sign_in

    make.opened(who)
    row = once_a_year.ask_second_inspection(
        by=other.head,
        subject=Subject.objects.get(),
        lead=other.lead,
        field="An toàn thông tin",
        year=today().year,
        signs="Ngộ độc",
        reason="Khẩn cấp",
        evidence=make.photo(),
    )
    second = deputy(other)
    sign_in(client, second)
    assert "Ngộ độc" in client.get(f"/inspections/second/{row.pk}/").content.decode()
    assert client.get(f"/inspections/second/{row.pk}/evidence/").status_code == 200
    approve(approval=Approval.objects.get(), by=second)
    assert "Phó Giám đốc" in client.get(f"/inspections/second/{row.pk}/").content.decode()
    exported = b"".join(client.get("/inspections/second/?format=csv")).decode("utf-8-sig")
    assert "SKHCN" in exported and "Cửu Long" in exported
    sign_in(client, who.head)
    assert client.get(f"/inspections/second/{row.pk}/").status_code == 404
