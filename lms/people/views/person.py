"""The page of one person, for officers and auditors within reach."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lms.people.access import requires
from lms.people.actions.access import note_access
from lms.people.models import AccessEvent, Person
from lms.people.ports import sections_of
from lms.people.rules import may_see_person
from lms.people.views.directory import VIEW, lines

READERS_SHOWN = 20
READERS_SEEN_BY = ("audit.view", "people.import")


@requires(VIEW)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a person: that it was shown is written down for them."""
    reader = cast(Person, request.user)
    kept = Person.objects.filter(pk=pk).values_list("merged_into", flat=True).first() or pk
    shown = get_object_or_404(Person.scoped.for_person(reader, VIEW), pk=kept)
    if kept != pk:
        return redirect("person", kept)
    note_access(person=shown, page=AccessEvent.Page.PERSON, by=reader)
    readers = None
    if any(may_see_person(reader, permission, shown) for permission in READERS_SEEN_BY):
        readers = shown.accesses.order_by("-at", "-pk")[:READERS_SHOWN]
    context = {
        "shown": shown,
        "line": lines([shown])[0],
        "sections": [section for section in sections_of(shown) if not section.own],
        "readers": readers,
    }
    return render(request, "people/person.html", context)
