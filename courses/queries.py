"""Sets of the rows of this room."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from wagtail.models import PageQuerySet

from courses.states import QuestionState

if TYPE_CHECKING:
    # Named in strings below, which ruff does not read.
    from courses.models import (  # noqa: F401
        Answer,
        Attempt,
        Completion,
        Course,
        CoursePage,
        Decision,
        Drift,
        Enrolment,
        LearningFact,
        Question,
    )
    from lms.people.models import Person


class FactRewritten(TypeError):
    """Somebody tried to change or delete a fact."""


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses of the catalogue."""

    def delete(self) -> NoReturn:
        """Refuse: a course is closed, never deleted."""
        raise models.ProtectedError("A course is never deleted: close it instead.", set(self))


class CoursePageQuerySet(PageQuerySet):
    """The published faces of courses."""

    def shown(self) -> Self:
        """Keep what a visitor may see, with what a card prints."""
        return self.live().select_related("course")


class LessonPageQuerySet(PageQuerySet):
    """Lessons in the order in which they are learnt."""

    def of_course_page(self, page: CoursePage) -> Self:
        """Return the published lessons of a course page, in learning order."""
        return self.live().child_of(page).order_by("path")

    def for_the_way(self) -> Self:
        """Read of each lesson only what its place on the way needs: a page has sixty columns."""
        return self.order_by("path").only("path", "title", "slug", "translation_key", "minutes")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Who learns what."""

    def open(self) -> Self:
        """Keep those not yet finished."""
        return self.filter(finished_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Return the person's enrolments, those under their duplicate records among them."""
        kept = person.merged_into_id or person.pk
        return self.filter(Q(person=kept) | Q(person__merged_into=kept))


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions of a bank."""

    def drawable(self) -> Self:
        """Keep those an exam may draw."""
        return self.filter(state=QuestionState.REVIEWED)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts at exams."""

    def open(self) -> Self:
        """Keep those neither handed in nor timed out."""
        return self.filter(closed_at__isnull=True)

    def past_time(self, now: datetime) -> Self:
        """Keep the open ones whose time is over."""
        return self.open().filter(deadline_at__lte=now)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers as they arrived."""

    def in_force(self) -> list[Answer]:
        """Return the last answer to each question: the highest sequence, then the latest arrival."""
        latest: dict[int, Answer] = {}
        for answer in self.order_by("sequence", "pk"):
            latest[answer.attempt_question_id] = answer
        return list(latest.values())


class CompletionQuerySet(models.QuerySet["Completion"]):
    """Completions: facts that are added to and never rewritten."""

    def of(self, person: Person) -> Self:
        """Return the person's completions, those under their duplicate records among them."""
        kept = person.merged_into_id or person.pk
        return self.filter(Q(person=kept) | Q(person__merged_into=kept))

    def standing(self) -> Self:
        """Keep what was passed, verified and not withdrawn."""
        return self.filter(passed=True, verified_on__isnull=False, revocation__isnull=True)

    def counting_on(self, day: date, known_at: date | None = None) -> Self:
        """Keep what was passed, verified and not withdrawn on a day, as known on `known_at` (default: the day)."""
        known = known_at or day
        withdrawn = Q(revocation__on__lte=known) & (
            Q(revocation__mode="ab_initio") | Q(revocation__mode="from_date", revocation__on__lte=day)
        )
        return self.filter(passed=True, completed_on__lte=day, verified_on__lte=known).exclude(withdrawn)

    def update(self, **values: Any) -> NoReturn:
        """Refuse: a completion is a fact."""
        raise FactRewritten(
            "A completion is never rewritten; correct an imported one through courses.actions."
        )

    def delete(self) -> NoReturn:
        """Refuse: a completion is a fact."""
        raise FactRewritten("A completion is never deleted; withdraw it through courses.actions.")

    def correct(self, **values: Any) -> int:
        """Rewrite rows after a corrected import; the caller writes the audit event beside it."""
        return super().update(**values)


class FactQuerySet(models.QuerySet["LearningFact"]):
    """The log: added to and never rewritten."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse: a fact stays as it is."""
        raise FactRewritten("A fact is never rewritten.")

    def delete(self) -> NoReturn:
        """Refuse: a fact stays."""
        raise FactRewritten("A fact is never deleted.")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions of two persons: added to and never rewritten."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse: a decision stays as it is."""
        raise FactRewritten("A decision is never rewritten.")

    def delete(self) -> NoReturn:
        """Refuse: a decision stays."""
        raise FactRewritten("A decision is never deleted; decide anew.")


class DriftQuerySet(models.QuerySet["Drift"]):
    """Differences between what is stored and what the facts say."""

    def open(self) -> Self:
        """Keep those the last replay still found."""
        return self.filter(gone_at__isnull=True)
