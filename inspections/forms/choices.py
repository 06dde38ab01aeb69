"""Agencies and persons a form offers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from lms.base.dates import today
from lms.people.models import Agency, Person, Post
from lms.people.organisation import Organisation
from lms.people.rules import scope_of


def agencies_for(person: Any, *permissions: str) -> QuerySet[Agency]:
    """Return the agencies of today over which the person holds one of the permissions."""
    tree = Organisation.on(today())
    reached: set[int] = set()
    for permission in permissions:
        scope = scope_of(person, permission)
        reached |= set(tree.agencies) if scope.everything else scope.agency_ids
    return Agency.objects.filter(pk__in=reached & set(tree.agencies)).order_by("pk")


def staff_of(agency_ids: set[int]) -> QuerySet[Person]:
    """Return who has a post today in these agencies or below them, as Vietnamese lists are sorted."""
    tree = Organisation.on(today())
    below: set[int] = set()
    for agency_id in agency_ids:
        below |= tree.below(agency_id)
    post = Post.objects.on(today()).primary().filter(person=OuterRef("pk")).values("position")[:1]
    found: QuerySet[Person] = Person.objects.kept().in_agencies(frozenset(below), today()).by_name()
    return found.annotate(position=Subquery(post))


class PersonField(forms.ModelChoiceField):
    """Offers persons by name and position: names alone are not unique."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Person.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return name and position."""
        position = getattr(obj, "position", "")
        return f"{obj.full_name} – {position}" if position else str(obj.full_name)


class AgencyField(forms.ModelChoiceField):
    """Offers agencies by the name of today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **options)
        self.tree: Organisation | None = None

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of today."""
        if self.tree is None:
            self.tree = Organisation.on(today())
        return self.tree.name(obj.pk) or str(obj)


class AgenciesField(forms.ModelMultipleChoiceField):
    """Offers several agencies by the name of today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **options)
        self.tree: Organisation | None = None

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of today."""
        if self.tree is None:
            self.tree = Organisation.on(today())
        return self.tree.name(obj.pk) or str(obj)


class DayInput(forms.DateInput):
    """A date as the browser picks it."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class MomentInput(forms.DateTimeInput):
    """A moment as the browser picks it."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)
