"""A finding about missing skills: a course asked of named staff, and their completion back as evidence."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from inspections.actions import findings, remedies
from inspections.models import Finding, RemedyEvidence
from inspections.remedy_states import RemedyState
from lms.base.dates import today
from lms.base.jobs import run_due
from lms.base.models import Job
from lms.followup import tasks
from lms.followup.actions import propose_course, take_completions
from lms.followup.models import Assignment
from tests.factories import inspections as make
from tests.factories.certificates import completion
from tests.factories.courses import course
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
BODY = make.decision.Party("CQNN", "UBMT", "Ủy ban nhân dân phường Mỹ Tho")


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def staff():
    body = agency("UBMT", name=BODY.name)
    return [person("Ngô Thị Một", agency=body), person("Đinh Văn Hai", agency=body)]


@pytest.fixture
def remedy(who, staff):
    case = make.with_findings(who, parties=[BODY])
    findings.word_finding(by=who.leader, finding=Finding.objects.get(), about_skills=True)
    return make.remedy_of(case, by=who.leader)


@pytest.fixture
def lesson():
    return course("DS05", name="An toàn thông tin cơ bản")


def propose(who, remedy, lesson, persons, **given):
    facts = {"by": who.leader, "course": lesson, "persons": persons, "due_on": today(), **given}
    return propose_course(remedy=remedy, **facts)


def test_named_staff_are_asked_once_and_see_it_in_their_learning(client, who, remedy, staff, lesson):
    assert len(propose(who, remedy, lesson, staff)) == 2
    assert propose(who, remedy, lesson, staff) == []
    sign_in(client, staff[0])
    page = client.get("/learn/").content.decode()
    assert "An toàn thông tin cơ bản" in page and remedy.finding.label in page
    sign_in(client, who.leader)
    assert remedy.finding.label not in client.get("/learn/").content.decode()


def test_their_completion_comes_back_as_evidence_and_the_last_hands_the_remedy_in(who, remedy, staff, lesson):
    propose(who, remedy, lesson, staff)
    completion(staff[0], lesson, at=timezone.now())
    assert (take_completions(), take_completions()) == (1, 0)
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.OPEN
    completion(staff[1], lesson, at=timezone.now())
    assert take_completions(person=staff[1]) == 1
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.HANDED_IN
    said = list(RemedyEvidence.objects.values_list("statement", flat=True))
    assert [words.startswith(one.full_name) for words, one in zip(said, staff, strict=True)] == [True, True]
    assert remedies.accept(by=who.head, remedy=remedy).is_accepted


def test_an_earlier_completion_is_no_answer(who, remedy, staff, lesson):
    completion(staff[0], lesson, at=timezone.now() - timedelta(days=1))
    propose(who, remedy, lesson, staff[:1])
    assert take_completions() == 0
    assert Assignment.objects.get().completion is None


def test_a_lost_nudge_loses_nothing(who, remedy, staff, lesson):
    propose(who, remedy, lesson, staff[:1])
    completion(staff[0], lesson, at=timezone.now())  # written without the signal
    assert not Job.objects.filter(kind=tasks.TAKE).exists()
    tasks.promise_taking_all.call_local()
    run_due()
    assert Job.objects.get(kind=tasks.TAKE).state == Job.State.DONE
    assert RemedyEvidence.objects.count() == 1


def test_the_signal_only_promises_a_job(who, remedy, staff, lesson):
    from courses.models import Completion
    from courses.signals import completed

    propose(who, remedy, lesson, staff[:1])
    row = completion(staff[0], lesson, at=timezone.now())
    completed.send(sender=Completion, completion=row)
    assert RemedyEvidence.objects.count() == 0
    run_due()
    assert RemedyEvidence.objects.get().reference == f"completion/{row.pk}"


def test_what_cannot_be_proposed(who, remedy, staff, lesson):
    stranger = person("Người Ngoài", agency=who.lead)
    closed = course("DS06", valid_to=today())
    for given, place in (
        ({"persons": [stranger]}, "persons"),
        ({"persons": []}, "persons"),
        ({"course": closed}, "course"),
        ({"due_on": remedy.deadline + timedelta(days=1)}, "due_on"),
        ({"due_on": today() - timedelta(days=1)}, "due_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            propose(who, remedy, given.pop("course", lesson), given.pop("persons", staff), **given)
        assert list(refused.value.message_dict) == [place]
    for other in (make.cast("SXD", "Sở Xây dựng").head, staff[0]):
        with pytest.raises(PermissionDenied):
            propose(who, remedy, lesson, staff, by=other)
    assert not Assignment.objects.exists()


def test_only_a_finding_about_skills_of_a_state_body_leads_to_a_course(who, remedy, staff, lesson):
    findings.word_finding(by=who.leader, finding=remedy.finding, about_skills=False)
    remedy.finding.refresh_from_db()
    with pytest.raises(ValidationError):
        propose(who, remedy, lesson, staff)
    business = make.with_findings(who, decision_no="9/QĐ")
    finding = Finding.objects.get(subject__inspection=business)
    findings.word_finding(by=who.leader, finding=finding, about_skills=True)
    finding.refresh_from_db()
    with pytest.raises(ValidationError):
        propose(who, make.remedy_of(business, by=who.leader, finding=finding), lesson, staff)


def test_the_page_offers_the_staff_of_the_body_alone(client, who, remedy, staff, lesson):
    sign_in(client, who.leader)
    address = f"/remedies/{remedy.pk}/courses/"
    page = client.get(address).content.decode()
    assert all(one.full_name in page for one in staff) and who.secretary.full_name not in page
    sent = {"course": lesson.pk, "persons": [staff[0].pk], "due_on": today().isoformat()}
    assert client.post(address, sent).status_code == 302
    assert Assignment.objects.get().person == staff[0]
    case = remedy.finding.subject.inspection
    shown = client.get(f"/inspections/{case.pk}/remedies/{remedy.pk}/").content.decode()
    assert staff[0].full_name in shown and lesson.name in shown
