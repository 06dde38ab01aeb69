"""What this room knows of one person: posts with the names of their days, leave, roles, duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from lms.people.models import Grant, Leave, Person, Post
from lms.people.organisation import History, history
from lms.people.personal_data import CAREER, IDENTITY, WORK
from lms.people.ports import Section, contribute_sections


@dataclass(frozen=True)
class Placement:
    """A stretch of a post in which its agency bore one name."""

    post: Post
    agency_name: str
    agency_code: str
    valid_from: date
    valid_to: date | None
    continues: bool

    @property
    def last_day(self) -> date | None:
        """The last day it holds."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


def same_person(person: Person) -> Q:
    """Return the condition that a row belongs to the person, under any of their records."""
    kept = person.merged_into_id or person.pk
    return Q(person=kept) | Q(person__merged_into=kept)


def placements(post: Post, known: History) -> list[Placement]:
    """Return the stretches of a post: a renamed agency, or one that went on in another, makes a new one.

    A post open past the end of its agency goes on in the single successor.
    """
    found: list[Placement] = []
    agency_id, start, seen = post.agency_id, post.valid_from, set[int]()
    while agency_id not in seen:
        seen.add(agency_id)
        ended = known.spans[agency_id][1]
        for period in known.periods[agency_id]:
            end = _earliest(period.valid_to, post.valid_to, ended)
            begin = max(start, period.valid_from)
            if end is not None and end <= begin:
                continue
            if found and found[-1].agency_name == period.name:
                begin = found.pop().valid_from
            continues = begin != post.valid_from
            found.append(Placement(post, period.name, period.code, begin, end, continues))
        heirs = known.heirs.get(agency_id, [])
        if ended is None or len(heirs) != 1 or (post.valid_to and post.valid_to <= ended):
            break
        agency_id, start = heirs[0].successor_id, max(ended, post.valid_from)
    return found


def _earliest(*days: date | None) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known else None


def placements_of(person: Person) -> list[Placement]:
    """Return where the person served, latest first, under all their records."""
    known = history()
    posts = Post.objects.filter(same_person(person)).select_related("person").order_by("-valid_from", "-pk")
    return [part for post in posts for part in reversed(placements(post, known))]


def _posts(person: Person) -> Section:
    headers = [
        _("From"), _("Last day"), _("Agency"), _("Code"), _("Position"), _("Rank"), _("Category"), _("Primary post"),
    ]  # fmt: skip
    rows = [
        (
            part.valid_from, part.last_day, part.agency_name, part.agency_code, part.post.position, part.post.rank,
            part.post.get_category_display(), part.post.is_primary,
        )
        for part in placements_of(person)
    ]  # fmt: skip
    return Section("posts", _("Posts"), headers, rows, empty=_("No post is recorded."), kind=CAREER)


def _leave(person: Person) -> Section:
    leaves = Leave.objects.filter(same_person(person)).order_by("-valid_from")
    rows = [
        (leave.valid_from, leave.valid_to - timedelta(days=1) if leave.valid_to else None, leave.kind)
        for leave in leaves
    ]
    headers = [_("From"), _("Last day"), _("Kind")]
    return Section("leave", _("Leave"), headers, rows, empty=_("No leave is recorded."), kind=CAREER)


def _roles(person: Person) -> Section:
    known = history()
    grants = Grant.objects.filter(same_person(person)).order_by("-valid_from", "pk")
    rows = [
        (
            grant.role_name,
            known.name(grant.agency_id, grant.valid_from) if grant.agency_id else _("whole province"),
            grant.valid_from,
            grant.valid_to - timedelta(days=1) if grant.valid_to else None,
        )
        for grant in grants
    ]
    headers = [_("Role"), _("Where"), _("From"), _("Last day")]
    return Section(
        "roles", _("Roles"), headers, rows, empty=_("No role beyond that of a learner."), kind=WORK
    )


def _duplicates(person: Person) -> Section:
    twins = Person.objects.filter(merged_into=person.canonical).order_by("pk")
    rows = [(twin.full_name, twin.masked_code, twin.birth_date) for twin in twins]
    headers = [_("Full name"), _("Personal number"), _("Date of birth")]
    return Section(
        "duplicates", _("Duplicate records"), headers, rows, empty=_("No duplicate is known."), kind=IDENTITY
    )


contribute_sections(10, lambda person: [_posts(person), _leave(person)])
contribute_sections(90, lambda person: [_roles(person), _duplicates(person)])
