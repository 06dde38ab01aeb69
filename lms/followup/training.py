"""From a finding about missing skills to the staff of the inspected body, and back: who was asked, who has done it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Course
from courses.ports import Wanted
from inspections.forms.choices import staff_of
from inspections.models import InspectedSubject, Remedy
from inspections.ports import Asked, Training
from inspections.remedy_states import JUDGE
from inspections.rules import hands
from inspections.states import SubjectKind
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.followup.models import Assignment
from lms.people.models import Person
from lms.people.organisation import Organisation, history
from lms.people.personal_data import TRAINING
from lms.people.ports import Section


def body_of(subject: InspectedSubject) -> int | None:
    """Return the agency of today that stands for an inspected state body: by its code then, else by its name now."""
    if subject.kind != SubjectKind.CQNN:
        return None
    known, day = history(), today()
    then = known.code_bearer(subject.identifier, subject.inspection.named_on) if subject.identifier else None
    if then is not None:
        return known.bearer(then, day)
    tree, name = Organisation.on(day), fold(str(subject))
    alike = [pk for pk in tree.agencies if fold(tree.name(pk)) == name]
    return alike[0] if len(alike) == 1 else None


def staff_for(subject: InspectedSubject) -> QuerySet[Person]:
    """Return the staff of today of the inspected body and below it; nobody where the body is not known."""
    body = body_of(subject)
    return staff_of({body}) if body is not None else Person.objects.none()


def courses_open() -> QuerySet[Course]:
    """Return the courses one may enrol in today."""
    day = today()
    return Course.objects.exclude(valid_to__lte=day).exclude(valid_from__gt=day).order_by("name")


def may_propose(person: Person, remedy: Remedy) -> bool:
    """Tell whether this person may propose courses for this remedy now."""
    subject = remedy.finding.subject
    fits = remedy.finding.about_skills and subject.kind == SubjectKind.CQNN and not remedy.is_accepted
    return fits and bool(hands(person, subject.inspection) & set(JUDGE))


def training_for(remedy: Remedy, person: Person) -> Training:
    """Answer the inspections: where a course is proposed, who was asked and who has done it."""
    rows = Assignment.objects.filter(remedy=remedy).select_related("person", "course", "completion")
    asked = [
        Asked(
            row.person.full_name,
            row.course.name,
            row.due_on,
            row.completion.completed_on if row.completion else None,
        )
        for row in rows
    ]
    url = reverse("propose-course", args=[remedy.pk]) if may_propose(person, remedy) else ""
    return Training(url, asked)


def wanted_of(person: Person) -> list[Wanted]:
    """Answer the courses: what this person is asked to take."""
    rows = Assignment.objects.of(person).unanswered().select_related("course", *CASE)
    return [Wanted(row.course_id, row.course.name, row.due_on, _why(row)) for row in rows]


CASE = ("remedy__finding__subject__inspection",)


def _why(row: Assignment) -> str:
    finding = row.remedy.finding
    words = {"code": finding.subject.inspection.code, "finding": finding.label}
    return _("After inspection %(code)s: %(finding)s") % words


def assigned_sections(person: Person) -> list[Section]:
    """Return the person's assigned courses for their own page."""
    rows = Assignment.objects.of(person).select_related("course", "completion", *CASE)
    cells = [
        (row.course.name, _why(row), row.due_on, row.completion.completed_on if row.completion else None)
        for row in rows
    ]
    headers = [_("Course"), _("After an inspection"), _("Due on"), _("Completed on")]
    title = _("Courses asked of you after inspections")
    return [Section("assigned", title, headers, cells, empty=_("None."), own=True, kind=TRAINING)]
