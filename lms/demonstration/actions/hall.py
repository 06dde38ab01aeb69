"""What an examiner finds on the first day: signals to look at, extra time, an attempt opened again, a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from courses.actions import save_answer, start_attempt, submit_attempt
from courses.actions.examining import give_extra_time
from courses.actions.sittings import Whence
from courses.models import Attempt, AttemptQuestion, Course, Enrolment
from courses.questions import Json
from courses.two_examiners import propose_attempts, propose_reopening
from lms.base.jobs import run_due
from lms.demonstration.actions.accounts import player_of
from lms.demonstration.actions.learners import client_id, learnt
from lms.demonstration.sheets.careers import all_careers
from lms.demonstration.sheets.learners import Learner, hall
from lms.people.actions.approvals import approve
from lms.people.models import Person

TIMES_AWAY = 9
MINUTES_AGAIN = 180


@dataclass(frozen=True)
class Manner:
    """How somebody sits: seconds a question, from which address, in which browser, how often away from the page."""

    seconds: int
    address: str
    browser: str
    away: int = 0


# Addresses of RFC 5737: nobody's.
MANNERS = {
    "hurried": Manner(1, "203.0.113.7", "office"),
    "neighbours": Manner(20, "203.0.113.40", "shared"),
    "away": Manner(20, "203.0.113.81", "home", TIMES_AWAY),
    "cut": Manner(20, "203.0.113.12", "commune"),
}


def fill_hall() -> str:
    """Let some sit in a way that shows, and let the examiner decide; return what was done."""
    scenes = hall(all_careers())
    sat = sum(_sit(learner, MANNERS[scene]) for scene in MANNERS for learner in scenes[scene])
    given = sum(_needs_time(learner) for learner in scenes["slow"])
    done = run_due()
    decided = _decide(scenes)
    return f"hall: {sat} sat, {given} given extra time, {decided} decided by examiners, {done} jobs done"


@transaction.atomic
def _sit(learner: Learner, manner: Manner) -> bool:
    person, course = _who(learner)
    if Enrolment.objects.filter(person=person, course=course).exists():
        return False
    enrolment = learnt(person, course)
    now, pace = timezone.now(), timedelta(seconds=manner.seconds)
    start = now - pace * (course.exam.draw + 1)
    whence = Whence(uuid5(NAMESPACE_URL, f"{course.code}/{manner.browser}"), manner.address)
    attempt = start_attempt(enrolment=enrolment, by=person, at=start, whence=whence)
    leaving = Whence(whence.device, whence.address, manner.away)
    for question in attempt.questions.all():
        save_answer(
            attempt=attempt,
            position=question.position,
            client_id=client_id(attempt, question.position),
            sequence=1,
            response=_same_mistake(question),
            by=person,
            at=start + pace * question.position,
            whence=leaving,
        )
    submit_attempt(attempt=attempt, by=person, at=now)
    return True


@transaction.atomic
def _needs_time(learner: Learner) -> bool:
    person, course = _who(learner)
    if Enrolment.objects.filter(person=person, course=course).exists():
        return False
    give_extra_time(
        enrolment=learnt(person, course),
        percent=25,
        minutes=0,
        reason="Người học khiếm thị, có giấy xác nhận khuyết tật kèm theo",
        by=player_of("trainer"),
    )
    return True


@transaction.atomic
def _decide(scenes: dict[str, list[Learner]]) -> int:
    """Open one attempt again by two, and leave a proposal waiting for its second person."""
    trainer, second = player_of("trainer"), player_of("provincial_hr")
    [cut] = [_attempt_of(learner) for learner in scenes["cut"]]
    if cut.reopenings.exists():
        return 0
    reason = "Mất điện toàn xã từ 9 giờ 10 đến 9 giờ 40, có biên bản của tổ coi thi"
    opened = propose_reopening(attempt=cut, minutes=MINUTES_AGAIN, reason=reason, by=trainer)
    approve(approval=opened, by=second)
    [hurried] = [_attempt_of(learner) for learner in scenes["hurried"]]
    reason = "Người học trình bày bấm nhầm nút nộp bài; đề nghị cho thi lại một lần có giám sát"
    propose_attempts(enrolment=hurried.enrolment, count=1, reason=reason, by=trainer)
    return 2


def _who(learner: Learner) -> tuple[Person, Course]:
    return Person.objects.get(code=learner.number), Course.objects.get(code=learner.course_code)


def _attempt_of(learner: Learner) -> Attempt:
    found = Attempt.objects.filter(
        enrolment__person__code=learner.number, enrolment__course__code=learner.course_code
    )
    return found.select_related("enrolment__course").get()


def _same_mistake(question: AttemptQuestion) -> Json:
    """Choose the wrong option that comes first in the bank, as neighbours do who copy; the rest is left blank."""
    right = question.parsed.key().get("chosen", [])
    wrong = sorted(
        option["key"] for option in question.shown.get("options", []) if option["key"] not in right
    )
    return {"chosen": wrong[:1]} if wrong else {}
