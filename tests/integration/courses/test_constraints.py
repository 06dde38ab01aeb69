"""The database itself refuses impossible records."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from courses.models import Attempt, Completion, Course, Enrolment, Exam, QuestionBank
from courses.queries import FactRewritten
from tests.factories import people

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def course(**fields) -> Course:
    return Course.objects.create(
        **{"code": "DS06", "name": "An toàn thông tin", "hours": Decimal(8), **fields}
    )


def exam(of: Course, **fields) -> Exam:
    bank = QuestionBank.objects.create(code="B", name="Ngân hàng")
    return Exam.objects.create(course=of, bank=bank, **fields)


def attempt(**fields) -> Attempt:
    one = course()
    who = Enrolment.objects.create(person=people.person(), course=one)
    return Attempt(
        enrolment=who,
        exam=exam(one),
        **{
            "number": 1,
            "seed": "s",
            "pass_mark": 70,
            "deadline_at": timezone.now() + timedelta(minutes=5),
            **fields,
        },
    )


def refused(action) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def completion(**fields) -> Completion:
    return Completion(
        **{
            "person_name": "Nguyễn Thị Mỹ Tiên",
            "course_code": "X1",
            "course_name": "Ngoài",
            "hours": 4,
            "is_ds": True,
            "is_da": False,
            "completed_at": NOW,
            "completed_on": NOW.date(),
            "passed": True,
            "source": "import",
            **fields,
        }
    )


def test_a_course_has_hours_and_closes_after_it_opens():
    refused(lambda: course(hours=Decimal(0)))
    refused(lambda: course(valid_from=NOW.date(), valid_to=NOW.date()))
    refused(lambda: course(code=""))


def test_a_course_is_never_deleted():
    row = course()
    with pytest.raises(models.ProtectedError):
        row.delete()
    with pytest.raises(models.ProtectedError):
        Course.objects.all().delete()


@pytest.mark.parametrize("fields", [{"pass_mark": 101}, {"draw": 0}, {"minutes": 0}, {"attempts_allowed": 0}])
def test_an_exam_has_possible_rules(fields):
    one = course()
    refused(lambda: exam(one, **fields))


def test_a_person_follows_a_course_once_at_a_time():
    one, who = course(), people.person()
    first = Enrolment.objects.create(person=who, course=one)
    refused(lambda: Enrolment.objects.create(person=who, course=one))
    first.finished_at = timezone.now()
    first.save()
    Enrolment.objects.create(person=who, course=one)


def test_an_enrolment_ends_after_it_began():
    one, who = course(), people.person()
    refused(
        lambda: Enrolment.objects.create(
            person=who, course=one, enrolled_at=NOW, finished_at=NOW - timedelta(seconds=1)
        )
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline_at": NOW - timedelta(days=1)},
        {"closed_at": NOW + timedelta(minutes=1)},
        {"score": Decimal(50)},
        {
            "closed_at": NOW - timedelta(days=1),
            "score": 50,
            "right": 1,
            "passed": False,
            "closing": "SUBMITTED",
        },
        {
            "closed_at": NOW + timedelta(minutes=1),
            "score": 101,
            "right": 1,
            "passed": True,
            "closing": "SUBMITTED",
        },
        {"closed_at": NOW + timedelta(minutes=1), "score": 50, "right": 1, "passed": True, "closing": ""},
        {"pass_mark": 101},
        {"number": 0},
    ],
)
def test_an_attempt_is_possible(fields):
    row = attempt(**fields)
    refused(row.save)


def test_one_attempt_lives_per_enrolment():
    first = attempt()
    first.save()
    second = Attempt(
        enrolment=first.enrolment,
        exam=first.exam,
        number=2,
        seed="s",
        pass_mark=70,
        deadline_at=first.deadline_at,
    )
    refused(second.save)


def test_a_completion_is_recorded_once_and_never_rewritten():
    who = people.person()
    fact = completion(person=who)
    fact.save()
    refused(completion(person=who).save)
    fact.hours = Decimal(99)
    with pytest.raises(FactRewritten):
        fact.save()
    with pytest.raises(FactRewritten):
        fact.delete()
    with pytest.raises(FactRewritten):
        Completion.objects.update(hours=99)
    with pytest.raises(FactRewritten):
        Completion.objects.all().delete()


def test_a_completion_by_exam_was_passed_and_names_its_enrolment():
    refused(completion(person=people.person(), source="exam").save)
    refused(completion(person=people.person(), hours=-1).save)
    refused(completion(person=people.person(), course_code="").save)
