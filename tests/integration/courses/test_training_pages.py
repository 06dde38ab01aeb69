"""Who holds what and what ends: for HR of the agency, by course and by end, and for nobody else."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.actions import issue_due
from certificates.models import Certificate
from courses.actions import enrol, finish_lesson, open_lesson, revoke_completion
from courses.actions.decisions import Asked, propose_decision
from courses.actions.replays import derive_again
from courses.models import Completion, Decision, Drift, Enrolment, Haste
from courses.rules import Refused, valid_until
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people.actions.approvals import approve
from lms.people.approvals import NotPossible
from lms.people.models import AccessEvent, Approval
from tests.factories import certificates, courses, people
from tests.factories.facts import passed, tamper

pytestmark = pytest.mark.django_db


class Province:
    """A department with two officers of the province, HR of a unit, and HR elsewhere."""

    def __init__(self) -> None:
        self.province = people.agency("82", name="Tỉnh Đồng Tháp")
        self.unit = people.agency("SNV", name="Sở Nội vụ", parent=self.province)
        self.sibling = people.agency("STC", name="Sở Tài chính", parent=self.province)
        self.first = people.person("Nguyễn Một", agency=self.province, role="provincial_hr")
        self.second = people.person("Trần Hai", agency=self.province, role="provincial_hr")
        self.officer = people.person("Lê Cán Sự", agency=self.unit, role="hr_officer")
        self.elsewhere = people.person("Phạm Bên", agency=self.sibling, role="hr_officer")
        self.learner = people.person("Đặng Thị Ánh Nguyệt", agency=self.unit)

    def practised(self) -> Completion:
        """Let the learner go through a course of lessons only."""
        course = courses.course("TH01", pass_rule="lessons", agency=self.province)
        courses.course_page(course)
        enrolment = courses.enrolled(self.learner, course)
        for lesson in courses.lessons(course.page):
            open_lesson(enrolment=enrolment, lesson=lesson, by=None)
            finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
        return Completion.objects.get(enrolment=enrolment)

    def propose(self, completion, kind="recognise", *, by=None, reason="Đã sát hạch trực tiếp", **asked):
        asked.setdefault("reference", "Biên bản 12/BB-SNV ngày 20/11/2026")
        return propose_decision(
            completion=completion, asked=Asked(kind, **asked), reason=reason, by=by or self.first
        )


@pytest.fixture
def place():
    return Province()


def names(client, query="") -> list[str]:
    response = client.get(f"/training/{query}")
    assert response.status_code == 200
    return [line["row"].person_name for line in response.context["lines"]]


# Decisions of two


def test_practice_earns_a_certificate_only_when_two_have_recognised_it(place):
    done = place.practised()
    assert issue_due().count == 0
    approval = place.propose(done)
    done.refresh_from_db()
    assert done.verified_on is None
    assert issue_due().count == 0
    approve(approval=approval, by=place.second)
    done.refresh_from_db()
    assert done.verified_on == today()
    assert issue_due().count == 1
    assert Certificate.objects.get().completion == done
    row = Decision.objects.get()
    assert (row.kind, row.proposed_by, row.approved_by) == ("recognise", place.first, place.second)
    assert (row.reason, row.reference) == ("Đã sát hạch trực tiếp", "Biên bản 12/BB-SNV ngày 20/11/2026")
    assert AuditEvent.objects.get(action="courses.decide").new["verified_on"] == today().isoformat()
    assert derive_again().drifts == 0


def test_who_proposes_does_not_decide_and_who_may_not_cannot_propose(place):
    done = place.practised()
    approval = place.propose(done)
    with pytest.raises(Exception, match="khác"):
        approve(approval=approval, by=place.first)
    for who in (place.officer, place.elsewhere, place.learner):
        with pytest.raises(Exception, match="cơ quan này"):
            approve(approval=approval, by=who)
        with pytest.raises(Exception, match="cơ quan này"):
            place.propose(done, by=who)
    assert not Decision.objects.exists()


def test_roles_of_yesterday_and_of_tomorrow_do_not_decide(place):
    done = place.practised()
    place.first.grants.update(valid_to=today())
    with pytest.raises(Exception, match="cơ quan này"):
        place.propose(done)
    place.second.grants.update(valid_from=today() + timedelta(days=1))
    with pytest.raises(Exception, match="cơ quan này"):
        place.propose(done, by=place.second)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"reference": " "}, "no_evidence"),
        ({"kind": "hours"}, "no_hours"),
        ({"kind": "hours", "hours": 8}, "same_hours"),
        ({"kind": "hours", "hours": 1000}, "no_hours"),
    ],
)
def test_what_is_refused_with_its_reason(place, asked, code):
    with pytest.raises(Refused) as refused:
        place.propose(place.practised(), **asked)
    assert refused.value.code == code
    assert not Approval.objects.exists()


def test_a_decision_needs_a_reason(place):
    with pytest.raises(ValidationError):
        place.propose(place.practised(), reason="  ")


def test_periods_are_corrected_where_nothing_prints_them(place):
    done = place.practised()
    approve(approval=place.propose(done, "hours", hours=6), by=place.second)
    done.refresh_from_db()
    assert done.hours == 6
    assert derive_again().drifts == 0
    approve(approval=place.propose(done), by=place.second)
    issue_due()
    with pytest.raises(Refused) as refused:
        place.propose(done, "hours", hours=5)
    assert refused.value.code == "has_paper"


def test_what_was_verified_meanwhile_is_not_decided_again(place):
    done = place.practised()
    approval = place.propose(done)
    refusing = Approval.objects.get(pk=approval.pk)
    approve(approval=approval, by=place.second)
    refusing.pk, refusing.state, refusing.decided_at, refusing.decided_by = None, "pending", None, None
    refusing.save()
    with pytest.raises(NotPossible):
        approve(approval=refusing, by=place.second)
    assert Decision.objects.count() == 1


def test_a_refusal_is_a_fact_and_verifies_nothing(place):
    done = place.practised()
    approve(approval=place.propose(done, "refuse"), by=place.second)
    done.refresh_from_db()
    assert (done.verified_on, Decision.objects.get().kind) == (None, "refuse")
    assert derive_again().drifts == 0


def test_a_decision_written_past_the_second_person_is_found(place):
    done = place.practised()
    approve(approval=place.propose(done), by=place.second)
    assert derive_again().drifts == 0  # the control
    tamper("UPDATE people_approval SET state = 'refused', decision_reason = 'Không'")
    derive_again()
    assert [row.kind for row in Drift.objects.open()] == ["decision"]


def test_the_record_page_takes_a_proposal_with_its_file(client, place):
    done = place.practised()
    people.sign_in(client, place.first)
    page = client.get(f"/training/{done.pk}/").content.decode()
    assert "enctype" in page
    given = {"decision": "recognise", "reason": "Đã sát hạch", "evidence": SimpleUploadedFile("x.exe", b"MZ")}
    assert client.post(f"/training/{done.pk}/", given).status_code == 422
    given["evidence"] = SimpleUploadedFile("Biên bản.pdf", b"%PDF-1.7 \xc4\x91")
    assert client.post(f"/training/{done.pk}/", given).status_code == 302
    payload = Approval.objects.get().payload
    file = client.get(f"/training/{done.pk}/evidence/{payload['file_sha256']}/")
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7")
    assert client.get(f"/training/{done.pk}/evidence/{'0' * 64}/").status_code == 404
    people.sign_in(client, place.officer)
    assert client.get(f"/training/{done.pk}/").status_code == 200
    assert client.post(f"/training/{done.pk}/", given).status_code == 403
    assert client.get(f"/training/{done.pk}/evidence/{payload['file_sha256']}/").status_code == 403
    people.sign_in(client, place.elsewhere)
    assert client.get(f"/training/{done.pk}/").status_code == 403
    people.sign_in(client, place.learner)
    assert client.get(f"/training/{done.pk}/").status_code == 403


# The list


def test_hr_sees_its_own_staff_found_without_accents_in_vietnamese_order(client, place):
    course = certificates.course("DS01", issuer=place.province)
    for name in ("Nguyễn Văn Đức", "Trần Thị Ân", "Lê Văn Dũng", "Võ Thị Ánh"):
        certificates.completion(people.person(name, agency=place.unit), course, agency=place.unit)
    certificates.completion(people.person("Hồ Khác", agency=place.sibling), course, agency=place.sibling)
    people.sign_in(client, place.officer)
    assert names(client, "?sort=name") == ["Võ Thị Ánh", "Trần Thị Ân", "Lê Văn Dũng", "Nguyễn Văn Đức"]
    assert names(client, "?q=duc") == ["Nguyễn Văn Đức"]
    assert names(client, "?q=ds01+thi&sort=name") == ["Võ Thị Ánh", "Trần Thị Ân"]
    people.sign_in(client, place.elsewhere)
    assert names(client) == ["Hồ Khác"]


def test_who_left_stays_in_the_list_of_the_agency_where_it_was_earned(client, place):
    course = certificates.course("DS01", issuer=place.province)
    certificates.completion(place.learner, course, agency=place.unit)
    place.learner.posts.update(valid_to=today())
    people.sign_in(client, place.officer)
    assert names(client) == [place.learner.full_name]
    people.sign_in(client, place.elsewhere)
    assert names(client) == []


def test_what_ends_within_days(client, place):
    course = certificates.course("DS01", issuer=place.province)
    for name, days in (("Hết Hạn", -1), ("Hôm Nay", 0), ("Ba Mươi", 30), ("Ba Mốt", 31), ("Mãi", None)):
        until = None if days is None else today() + timedelta(days=days)
        certificates.completion(
            people.person(name, agency=place.unit), course, agency=place.unit, valid_until=until,
            completed_on=today() - timedelta(days=400), started_on=None,
        )  # fmt: skip
    people.sign_in(client, place.officer)
    assert sorted(names(client, "?ends=30")) == ["Ba Mươi", "Hôm Nay"]
    assert sorted(names(client, "?ends=90")) == ["Ba Mươi", "Ba Mốt", "Hôm Nay"]
    assert names(client, "?ends=ended") == ["Hết Hạn"]
    assert names(client, "?ends=unverified") == []
    assert sorted(names(client, "?ends=valid")) == ["Ba Mươi", "Ba Mốt", "Hôm Nay", "Mãi"]
    assert client.get("/training/").context["soon"] == 3
    assert "soon" not in client.get("/training/?q=mai").context
    assert len(names(client, "?course=DS01&ends=khong-co")) == 5


def test_each_state_a_row_is_shown_in_can_be_asked_for(client, place):
    course = certificates.course("DS01", issuer=place.province)
    made = {
        name: certificates.completion(
            people.person(name, agency=place.unit), course, agency=place.unit, **how
        )
        for name, how in {
            "Đạt": {},
            "Không Đạt": {"passed": False, "source": "import"},
            "Đợi": {"verified_on": None, "source": "import"},
            "Thu Hồi": {},
        }.items()
    }
    revoke_completion(completion=made["Thu Hồi"], mode="from_date", on=today(), reason="Sai", by=place.first)
    people.sign_in(client, place.officer)
    for state, name in (
        ("valid", "Đạt"),
        ("failed", "Không Đạt"),
        ("unverified", "Đợi"),
        ("withdrawn", "Thu Hồi"),
    ):
        assert names(client, f"?ends={state}") == [name]


def test_the_list_asks_as_much_for_three_rows_as_for_one(client, place, django_assert_num_queries):
    course = certificates.course("DS01", issuer=place.province)
    people.sign_in(client, place.officer)
    certificates.completion(place.learner, course, agency=place.unit)
    client.get("/training/")
    with django_assert_num_queries(15):
        client.get("/training/")
    for number in range(2):
        certificates.completion(
            people.person(f"Người {number}", agency=place.unit), course, agency=place.unit
        )
    with django_assert_num_queries(15):
        client.get("/training/")


def test_the_file_holds_what_the_list_shows_and_the_look_is_noted(client, place):
    course = certificates.course("=DS01", issuer=place.province)
    certificates.completion(place.learner, course, agency=place.unit)
    people.sign_in(client, place.officer)
    answer = client.get("/training/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[1][0] == place.learner.full_name
    assert rows[1][2] == "'=DS01"
    assert place.learner.code not in text
    assert AccessEvent.objects.get().page == "training_file"
    assert client.get("/training/?format=xlsx").content.startswith(b"PK")


# Differences: who sees what


def test_the_administrator_sees_counts_and_no_person(client, place):
    done = passed(place.learner, courses.ready_course("DS06"))
    tamper("UPDATE courses_enrolment SET finished_at = NULL")
    derive_again()
    drift = Drift.objects.get()
    for who, listed in (("administrator", False), ("auditor", True), ("provincial_hr", True)):
        people.sign_in(client, people.person(f"Vai {who}", agency=place.province, role=who))
        page = client.get("/training/drift/").content.decode()
        assert (place.learner.full_name in page) is listed
        assert (f"courses.Enrolment {done.enrolment_id}" in page) is listed
        assert (
            client.post(f"/training/drift/{drift.pk}/answer/", {"answer": "Đã xem"}).status_code == 302
        ) is (who == "provincial_hr")
    for who in (place.officer, place.learner):
        people.sign_in(client, who)
        assert client.get("/training/drift/").status_code == 403
    client.logout()
    assert client.get("/training/drift/").status_code == 302


# Renewal


def test_renewing_opens_a_new_enrolment_in_the_window_and_the_new_stands_beside_the_old(client, place):
    course = courses.ready_course("DS06")
    course.agency, course.valid_months, course.renewal_days = place.province, 12, 60
    course.save()
    old = passed(place.learner, course)
    assert old.valid_until == valid_until(today(), 12)
    with pytest.raises(Refused) as refused:
        enrol(person=place.learner, course=course, by=place.learner)
    assert refused.value.code == "not_yet"
    soon = today() + timedelta(days=60)
    tamper("UPDATE courses_completion SET valid_until = %s", soon.isoformat())
    people.sign_in(client, place.learner)
    page = client.get("/learn/results/").content.decode()
    assert f"/learn/courses/{course.pk}/enrol/" in page
    client.post(f"/learn/courses/{course.pk}/enrol/")
    assert Enrolment.objects.filter(course=course, finished_at=None).count() == 1
    assert f"/learn/courses/{course.pk}/enrol/" not in client.get("/learn/results/").content.decode()
    second = Enrolment.objects.get(finished_at=None)
    for lesson in courses.lessons(course.page):
        open_lesson(enrolment=second, lesson=lesson, by=None)
        finish_lesson(enrolment=second, lesson=lesson, by=None)
    from tests.factories.facts import sit

    sit(second, right=5)
    assert Completion.objects.filter(course=course).count() == 2
    assert issue_due().count == 2
    assert Completion.objects.counting_on(today()).count() == 2  # an expired one is no revocation


def test_the_results_page_shows_haste_to_its_owner_alone(client, place):
    course = courses.ready_course("DS06")
    enrolment = courses.enrolled(place.learner, course)
    Haste.objects.create(
        enrolment=enrolment, lesson_key=courses.lessons(course.page)[0].key, lesson_title="Bài nhanh",
        seconds=20, least_seconds=396,
    )  # fmt: skip
    people.sign_in(client, place.learner)
    assert "Bài nhanh" in client.get("/learn/results/").content.decode()
    people.sign_in(client, place.officer)
    assert "Bài nhanh" not in client.get("/learn/results/").content.decode()
