"""How long a person keeps their name here after their last post, and what may still need it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.people.models import ErasureProposal, Person, Post
from lms.people.ports import obstacles_to_erasing
from lms.people.records import same_person
from lms.people.rules import Scope

ERASED_NAME = "(đã xóa)"
ERASED_CODE = "XOA-"


def years_later(day: date, years: int) -> date:
    """Return the same day so many years on; 29 February becomes 1 March, never a day earlier."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def retained_until(person: Person) -> date | None:
    """Return the first day without retention; None while a post is open or where none was ever held."""
    posts = Post.objects.filter(same_person(person))
    if posts.filter(valid_to=None).exists():
        return None
    last: date | None = posts.aggregate(last=Max("valid_to"))["last"]
    return years_later(last, settings.PERSONAL_DATA_RETENTION_YEARS) if last else None


def is_erased(person: Person) -> bool:
    """Tell whether the person has been made nameless."""
    return person.code.startswith(ERASED_CODE) and person.full_name == ERASED_NAME


def obstacles(person: Person) -> Iterator[str]:
    """Yield a sentence for everything that stands against making the person nameless today."""
    if is_erased(person):
        yield _("This person has been made nameless already.")
        return
    if person.grants.on(today()).exists() or person.is_superuser:
        yield _("The person holds a role: end it first.")
    posts = Post.objects.filter(same_person(person))
    if posts.filter(Q(valid_to=None) | Q(valid_to__gt=today())).exists():
        yield _("The person holds a post.")
    elif not posts.exists():
        yield _("The person never held a post, so no retention has begun: end their account instead.")
    elif (until := retained_until(person)) is not None and until > today():
        yield _("Retention runs until %(day)s.") % {"day": f"{until:%d/%m/%Y}"}
    yield from obstacles_to_erasing(person)


def past_retention(on: date) -> QuerySet[Person]:
    """Return the kept records whose last post ended long enough ago and who are not proposed yet."""
    limit = _years_before(on)
    own = Post.objects.filter(Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk")))
    late = own.filter(Q(valid_to=None) | Q(valid_to__gt=limit))
    proposed = ErasureProposal.objects.filter(person=OuterRef("pk"))
    nameless = Q(code__startswith=ERASED_CODE, full_name=ERASED_NAME)
    return Person.objects.kept().exclude(nameless).filter(Exists(own), ~Exists(late), ~Exists(proposed))


def _years_before(day: date) -> date:
    years = settings.PERSONAL_DATA_RETENTION_YEARS
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def once_within(scope: Scope) -> QuerySet[Person]:
    """Return the kept records of those who ever had a post within reach: nobody past retention has one today."""
    if scope.everything:
        return Person.objects.kept()
    own = Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk"))
    return Person.objects.kept().filter(Exists(Post.objects.filter(own, agency__in=scope.agency_ids)))
