"""Findings and remedies: drawn from locked minutes, frozen by the result, handed in, sent back, accepted, overdue."""

import hashlib
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from inspections.actions import course, findings, minutes, remedies
from inspections.models import (
    Finding,
    Inspection,
    LegalBasis,
    Minutes,
    Remedy,
    RemedyEntry,
    RemedyEvidence,
    RemedyReminder,
)
from inspections.models.remedy import SOON
from inspections.remedy_states import Due, RemedyState
from lms.base.dates import today
from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from tests.factories import inspections as make
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TWO = {
    "sao_luu_kq": "chua_dat",
    "sao_luu_ghi_chu": "Chưa thử khôi phục",
    "ho_so_cap_do_kq": "khong_xuat_trinh",
    "ho_so_cap_do_ghi_chu": "Không đưa được hồ sơ",
}


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def case(who):
    return make.with_findings(who, TWO)


@pytest.fixture
def remedy(who, case):
    return make.remedy_of(case, by=who.leader)


def test_each_item_not_met_or_not_shown_is_a_finding_and_only_once(who, case):
    drawn = list(Finding.objects.order_by("pk"))
    assert [(one.item, one.result, one.words) for one in drawn] == [
        ("ho_so_cap_do_kq", "Không xuất trình", "Không đưa được hồ sơ"),
        ("sao_luu_kq", "Chưa đạt", "Chưa thử khôi phục"),
    ]
    assert drawn[0].article == "Nghị định số 85/2016/NĐ-CP"
    assert [one.name for one in drawn[0].evidence.all()] == ["anh.png"]
    assert findings.draw_findings(by=who.leader, subject=case.subjects.get()) == []
    assert Finding.objects.count() == 2


def test_the_text_is_the_one_in_force_on_the_day_of_the_inspection(who):
    LegalBasis.objects.filter(number="85/2016/NĐ-CP").delete()
    new = LegalBasis.objects.create(number="9/2026/NĐ-CP", title="Mới", valid_from=date(2026, 1, 1))
    LegalBasis.objects.create(
        number="85/2016/NĐ-CP",
        title="Cũ",
        valid_from=date(2016, 7, 1),
        valid_to=date(2026, 1, 1),
        replaced_by=new,
    )
    make.with_findings(who, TWO)
    assert Finding.objects.first().basis == new


def test_the_team_words_a_finding_but_cites_no_text_that_was_not_in_force(who, case):
    finding = Finding.objects.first()
    LegalBasis.objects.create(
        number="1/2020/NĐ-CP", title="Hết hiệu lực", valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    row = findings.word_finding(
        by=who.secretary, finding=finding, severity="GRAVE", article="Điều 9", words="Rõ"
    )
    assert (row.severity, row.article, row.words) == ("GRAVE", "Điều 9", "Rõ")
    with pytest.raises(ValidationError) as refused:
        findings.word_finding(by=who.leader, finding=finding, article="Điều 3 Nghị định 1/2020/NĐ-CP")
    assert list(refused.value.message_dict) == ["article"]
    with pytest.raises(PermissionDenied):
        findings.word_finding(by=person("Người Ngoài", agency=who.lead), finding=finding, words="khác")


def test_the_result_document_freezes_findings_for_actions_for_code_and_for_sql(who, case):
    free = Finding.objects.filter(item="sao_luu_kq")
    assert free.update(words="được sửa") == 1  # the control: before the result the database lets it pass
    course.issue_result(by=who.head, inspection=case, number="22/TB", issued_on=today())
    row = free.get()
    assert row.is_frozen
    with pytest.raises(ValidationError):
        findings.word_finding(by=who.leader, finding=row, words="khác")
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        free.update(words="khác")
    assert free.get().words == "được sửa"


def test_a_result_rests_on_every_answer_even_where_nobody_drew_the_findings(who, case):
    Finding.objects.all().delete()
    course.issue_result(by=who.head, inspection=case, number="22/TB", issued_on=today())
    assert Finding.objects.filter(frozen_at__isnull=False).count() == 2


def test_a_finding_of_the_same_party_in_an_earlier_year_is_recognised(who):
    body = make.decision.Party("CQNN", "CQ-7", "Ủy ban nhân dân phường Mỹ Tho")
    earlier = make.with_findings(who, TWO, parties=[body], decision_no="1/QĐ")
    make.with_findings(who, {"sao_luu_kq": "chua_dat"}, parties=[body], decision_no="2/QĐ")
    other = make.decision.Party("CQNN", "CQ-8", "Phòng khác")
    make.with_findings(who, {"sao_luu_kq": "chua_dat"}, parties=[other], decision_no="3/QĐ")
    of = {
        case: Finding.objects.get(item="sao_luu_kq", subject__inspection__decision_no=case)
        for case in ("2/QĐ", "3/QĐ")
    }
    assert not Finding.objects.repeated_by(of["2/QĐ"]).exists()  # the same year is no repetition
    Inspection.objects.filter(pk=earlier.pk).update(decided_on=date(today().year - 1, 5, 4))
    first = Finding.objects.get(item="sao_luu_kq", subject__inspection=earlier)
    assert first in Finding.objects.repeated_by(of["2/QĐ"])
    repeated = Finding.objects.repeats()
    assert [one.subject.inspection.decision_no for one in repeated] == ["2/QĐ"]


def test_a_remedy_is_handed_in_sent_back_and_accepted(who, remedy):
    with pytest.raises(ValidationError):
        remedies.hand_in(by=who.secretary, remedy=remedy)  # nothing was brought
    kept = make.bring(remedy, by=who.secretary)
    assert kept.sha256 == hashlib.sha256(make.PNG).hexdigest()
    remedies.hand_in(by=who.secretary, remedy=remedy)
    with pytest.raises(ValidationError) as refused:
        remedies.send_back(by=who.leader, remedy=remedy, reason="  ")
    assert list(refused.value.message_dict) == ["reason"]
    remedies.send_back(by=who.leader, remedy=remedy, reason="Thiếu biên bản khôi phục")
    with pytest.raises(ValidationError):
        remedies.hand_in(by=who.secretary, remedy=remedy)  # nothing newer
    make.bring(remedy, by=who.secretary)
    remedies.hand_in(by=who.secretary, remedy=remedy)
    assert remedies.accept(by=who.head, remedy=remedy).state == RemedyState.ACCEPTED
    passed = RemedyEntry.objects.values_list("event", "source", "target")
    assert list(passed) == [
        ("ask", "", "OPEN"),
        ("hand_in", "OPEN", "HANDED_IN"),
        ("send_back", "HANDED_IN", "SENT_BACK"),
        ("hand_in", "SENT_BACK", "HANDED_IN"),
        ("accept", "HANDED_IN", "ACCEPTED"),
    ]
    assert AuditEvent.objects.filter(action="inspections.send_back_remedy").count() == 1
    for attempt in (
        lambda: make.bring(remedy, by=who.secretary),
        lambda: remedies.hand_in(by=who.secretary, remedy=remedy),
        lambda: remedies.send_back(by=who.leader, remedy=remedy, reason="x"),
        lambda: remedies.accept(by=who.leader, remedy=remedy),
    ):
        with pytest.raises(ValidationError):
            attempt()


def test_the_clerk_enters_what_the_subject_brings_but_does_not_judge_it(who, remedy):
    clerk = person("Hồ Văn Thư", agency=who.lead, role="registry_clerk")
    make.bring(remedy, by=clerk)
    remedies.hand_in(by=clerk, remedy=remedy)
    for attempt in (
        lambda: remedies.accept(by=clerk, remedy=remedy),
        lambda: remedies.send_back(by=clerk, remedy=remedy, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_stranger_enters_nothing(who, remedy):
    other = make.cast("SXD", "Sở Xây dựng")
    for stranger in (other.head, other.leader):
        with pytest.raises(PermissionDenied):
            make.bring(remedy, by=stranger)
        with pytest.raises(PermissionDenied):
            make.remedy_of(remedy.finding.subject.inspection, by=stranger)


def test_what_cannot_be_is_refused_by_the_database(who, remedy):
    for values in ({"state": "SENT_BACK"}, {"what": ""}, {"responsible": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Remedy.objects.update(**values)
    facts = {"remedy": remedy, "event": "send_back", "source": "HANDED_IN", "target": "SENT_BACK"}
    with pytest.raises(IntegrityError), transaction.atomic():
        RemedyEntry.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        RemedyEntry.objects.create(**{**facts, "source": "OPEN", "reason": "x"})
    assert RemedyEntry.objects.create(**facts, reason="x").pk  # the control


def test_the_same_file_under_its_identifier_is_the_row_already_stored(who, remedy):
    one = uuid.uuid4()
    first = make.bring(remedy, by=who.leader, uuid=one)
    assert make.bring(remedy, by=who.leader, uuid=one) == first
    with pytest.raises(ValidationError):
        make.bring(remedy, by=who.leader, uuid=one, file=make.photo(content=make.PNG + b"x"))
    with pytest.raises(ValidationError) as refused:
        make.bring(remedy, by=who.leader, file=make.photo("a.png", b"<svg onload=x>"))
    assert list(refused.value.message_dict) == ["file"]
    assert RemedyEvidence.objects.count() == 1


def test_a_deadline_lies_ahead(who, case):
    with pytest.raises(ValidationError) as refused:
        make.remedy_of(case, by=who.leader, deadline=today() - DAY)
    assert list(refused.value.message_dict) == ["deadline"]
    assert make.remedy_of(case, by=who.leader, deadline=today()).due_on(today()) == Due.SOON


@pytest.mark.parametrize(("late", "due"), [(1, Due.OVERDUE), (0, Due.SOON), (-7, Due.SOON), (-8, Due.LATER)])
def test_overdue_is_what_day_and_deadline_say(remedy, late, due):
    day = remedy.deadline + late * DAY
    assert remedy.due_on(day) == due
    assert [one for one in Due if Remedy.objects.of_due(one, day, SOON).exists()] == [due]


def test_each_night_writes_what_is_due_once(who, remedy):
    remedies.note_deadlines(on=remedy.deadline - 8 * DAY)
    assert not RemedyReminder.objects.exists()
    for _night in range(2):
        remedies.note_deadlines(on=remedy.deadline - DAY)
        remedies.note_deadlines(on=remedy.deadline + DAY)
    kept = RemedyReminder.objects.values_list("kind", "noted_on")
    assert list(kept) == [("soon", remedy.deadline - DAY), ("overdue", remedy.deadline + DAY)]


def test_the_nightly_job_is_a_row_and_does_its_work(remedy):
    from inspections import tasks

    for _bell in range(2):
        tasks.promise_deadlines.call_local()
    assert Job.objects.filter(kind=tasks.DEADLINES).count() == 1
    run_due()
    assert Job.objects.get(kind=tasks.DEADLINES).state == Job.State.DONE
    assert RemedyReminder.objects.get().kind == "soon"


def test_minutes_without_answers_are_refused(who):
    subject = make.announced(who).subjects.get()
    empty = f"<data id='an-toan-thong-tin'><meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta></data>"
    make.send_sheet(who, subject, empty, files={})
    make.write(who, subject)
    with pytest.raises(ValidationError) as refused:
        minutes.lock_minutes(by=who.leader, subject=subject)
    assert "answers" in str(refused.value) or "trả lời" in str(refused.value)
    assert not Minutes.objects.get().is_locked


@pytest.mark.parametrize("left_out", ["refusal_reason", "witness_kind", "witness_name", "witness_title"])
def test_a_refusal_is_recorded_whole(who, left_out):
    subject = make.announced(who).subjects.get()
    told = {
        "refused": True,
        "refusal_reason": "Không thống nhất",
        "witness_kind": "PERSON",
        "witness_name": "Võ Thị Chứng Kiến",
        "witness_title": "Số 3 đường Ấp Bắc, phường Mỹ Tho",
    }
    make.write(who, subject, **told)  # the control
    with pytest.raises(ValidationError):
        make.write(who, subject, **{**told, left_out: ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.update(**{left_out: ""})


class TestPages:
    def test_the_list_shows_ones_own_cases_only_and_is_exported(self, client, who, remedy):
        sign_in(client, who.head)
        page = client.get("/inspections/remedies/").content.decode()
        assert remedy.what in page
        assert remedy.what not in client.get("/inspections/remedies/?due=overdue").content.decode()
        assert remedy.what in client.get("/inspections/remedies/?due=soon").content.decode()
        assert remedy.what not in client.get("/inspections/remedies/?repeat=yes").content.decode()
        sheet = b"".join(client.get("/inspections/remedies/?format=csv").streaming_content).decode()
        assert remedy.what in sheet and "Phạm Thị Đại Diện, Giám đốc" in sheet
        sign_in(client, make.cast("SXD", "Sở Xây dựng").head)
        assert remedy.what not in client.get("/inspections/remedies/").content.decode()

    def test_a_remedy_goes_its_way_by_pages(self, client, who, case):
        sign_in(client, who.leader)
        subject = case.subjects.get()
        at = f"/inspections/{case.pk}/"
        assert "Không đưa được hồ sơ" in client.get(f"{at}subjects/{subject.pk}/findings/").content.decode()
        finding = Finding.objects.first()
        words = {
            "severity": "SERIOUS",
            "words": "Chưa trình",
            "article": "Điều 9",
            "basis": "",
            "evidence": [],
        }
        assert client.post(f"{at}findings/{finding.pk}/", words).status_code == 302
        finding.refresh_from_db()
        assert (finding.severity, finding.words, finding.evidence.count()) == ("SERIOUS", "Chưa trình", 0)
        facts = {"what": "Trình hồ sơ", "responsible": "Giám đốc", "deadline": (today() + DAY).isoformat()}
        assert client.post(f"{at}findings/{finding.pk}/remedies/", facts).status_code == 302
        row = Remedy.objects.get()
        of = f"{at}remedies/{row.pk}/"
        sent = client.post(of, {"file": make.photo(), "uuid": str(uuid.uuid4()), "caption": "Hồ sơ"})
        assert sent.status_code == 302
        assert client.get(f"{of}evidence/{RemedyEvidence.objects.get().pk}/").status_code == 200
        assert client.post(f"{of}hand-in/", {"reason": ""}).status_code == 302
        assert client.post(f"{of}send-back/", {"reason": ""}).status_code == 200
        assert client.post(f"{of}send-back/", {"reason": "Thiếu"}).status_code == 302
        assert "Thiếu" in client.get(of).content.decode()
        assert client.post(f"{of}accept/").status_code == 403
