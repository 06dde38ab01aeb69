"""The directory: finding people of one's agencies."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, cast

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.keyset import KeysetPage
from lms.base.tables import Listing
from lms.base.vietnamese import fold
from lms.people.access import requires
from lms.people.actions.access import note_accesses
from lms.people.directory import People, posts_of_today, with_number
from lms.people.forms.directory import DirectorySearchForm
from lms.people.models import AccessEvent, AgencyPeriod, Person, Post
from lms.people.organisation import Organisation
from lms.people.positions import positions_holding
from lms.people.rules import Scope, scope_of
from lms.people.words import Words, looks_like_number

VIEW = "people.view"
MOST_BY_NUMBER, MOST_IN_A_FILE = 200, 10_000
SESSION_KEY, SEARCHES_KEPT = "people_found", 5
FIELDS = ("q", "agency", "position")


class Directory(Listing):
    """The people a reader may see, as asked in the address: `?q=…&agency=…&position=…&found=…&after=…`."""

    def __init__(self, request: HttpRequest, reader: Person) -> None:
        self.request, self.reader = request, reader
        self.scope: Scope = scope_of(reader, VIEW)
        self.asked_agency = request.GET.get("agency", "").strip()
        self.asked_position = request.GET.get("position", "").strip()
        rows = Person.scoped.for_person(reader, VIEW)
        super().__init__(
            request, rows, search=("name",), sorts={"name": ("name_key",)}, default_sort="name", keyset=True
        )

    def found(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Return the people found by number, where the address names such a search."""
        if self.by_number is None:
            return rows
        return rows.filter(pk__in=self.by_number)

    @cached_property
    def by_number(self) -> list[int] | None:
        """The people a search by number has found; it is kept in the session, never in the address."""
        searches = self.request.session.get(SESSION_KEY, {})
        found = searches.get(self.request.GET.get("found", ""))
        return [pk for pk in found if isinstance(pk, int)] if isinstance(found, list) else None

    @cached_property
    def people(self) -> People:
        """The people sought and how to read them."""
        return People(
            rows=self.rows.order_by(),
            posts=self._posts(),
            words=Words.read("" if self.by_number is not None else self.words),
            size=self.per_page,
            backwards=self.sort == "-name",
        )

    def _posts(self) -> QuerySet[Post] | None:
        narrow = Q()
        if self.by_number is not None:
            narrow = Q(person__in=self.by_number) | Q(person__merged_into__in=self.by_number)
        if self.asked_agency:
            narrow &= Q(agency__in=agencies_named(self.asked_agency, self.scope))
        if self.asked_position:
            narrow &= Q(position__in=positions_holding(self.asked_position))
        if self.scope.everything and (not narrow or self.by_number is not None):
            return None
        return posts_of_today(Post.scoped.for_person(self.reader, VIEW)).filter(narrow)

    @cached_property
    def page(self) -> KeysetPage:
        """The people of the page asked for."""
        return self.people.page(after=self.asked.get("after", ""), before=self.asked.get("before", ""))

    @cached_property
    def count(self) -> int:
        """How many people there are, counted to a limit."""
        return min(self.people.counted, self.people.limit)

    @property
    def count_is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.people.counted > self.people.limit

    @property
    def narrowed(self) -> bool:
        """Whether the reader sees less than everybody within reach."""
        return bool(self.words or self.asked_agency or self.asked_position or self.by_number is not None)

    def everybody(self) -> Iterator[Person]:
        """Yield the people of all pages, up to one more than a file holds."""
        page, shown = self.people.page(), 0
        while page.object_list and shown <= MOST_IN_A_FILE:
            yield from page
            shown += len(page)
            page = self.people.page(after=str(page[-1].pk)) if page.has_next else KeysetPage()


def agencies_named(text: str, scope: Scope) -> frozenset[int]:
    """Return the agencies of today whose code is this or whose name holds the words, all below them, within reach."""
    tree = Organisation.on(today())
    named = Q()
    for word in fold(text).split():
        named &= Q(name_folded__contains=word)
    found = AgencyPeriod.objects.on(today()).filter(Q(code=text) | named).values_list("agency", flat=True)
    below = frozenset().union(*(tree.below(pk) for pk in found))
    reached = tree.with_forerunners(below)
    return reached if scope.everything else reached & scope.agency_ids


@requires(VIEW)
@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    """List the people of one's agencies; also as a file."""
    if any(_is_number(request.GET.get(name, "")) for name in FIELDS):
        messages.error(
            request, _("Numbers are searched through the box below, so that no address holds them.")
        )
        return redirect("people")
    reader = cast(Person, request.user)
    listing = Directory(request, reader)
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        return _as_file(request, listing, wanted)
    asked = {name: request.GET.get(name, "") for name in FIELDS}
    context = {
        "listing": listing,
        "lines": lines(listing.page),
        "form": DirectorySearchForm(initial=asked),
    }
    return render(request, "people/directory.html", context)


def _is_number(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= 9


@requires(VIEW)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Take what is looked for; numbers stay in the session, the rest goes into the address."""
    form = DirectorySearchForm(request.POST)
    if not form.is_valid():
        listing = Directory(request, cast(Person, request.user))
        context = {"listing": listing, "lines": lines(listing.page), "form": form}
        return render(request, "people/directory.html", context, status=422)
    asked = form.cleaned_data
    if looks_like_number(asked["q"]):
        return _search_by_number(request, asked["q"])
    query = request.GET.copy()
    query.update({name: asked[name] for name in FIELDS if asked[name]})
    return redirect(f"{reverse('people')}?{query.urlencode()}")


def _search_by_number(request: HttpRequest, number: str) -> HttpResponse:
    rows = Person.scoped.for_person(cast(Person, request.user), VIEW)
    found = with_number(rows, number, MOST_BY_NUMBER)
    if not found:
        messages.info(request, _("Nobody in your agencies has this number or a number that ends so."))
        return redirect("people")
    if len(found) == 1:
        return redirect("person", found[0].pk)
    if len(found) > MOST_BY_NUMBER:
        messages.info(
            request, _("More than %(most)d numbers end so: type more digits.") % {"most": MOST_BY_NUMBER}
        )
        return redirect("people")
    token = secrets.token_urlsafe(12)
    searches = dict(list(request.session.get(SESSION_KEY, {}).items())[-(SEARCHES_KEPT - 1) :])
    request.session[SESSION_KEY] = searches | {token: [person.pk for person in found]}
    return redirect(f"{reverse('people')}?found={token}")


def lines(people: Iterable[Person]) -> list[dict[str, Any]]:
    """Return each person with the post of today and what its agency is called today, in one query."""
    shown = list(people)
    keys = [person.pk for person in shown]
    held = posts_of_today(Post.objects.filter(Q(person__in=keys) | Q(person__merged_into__in=keys)))
    tree = Organisation.on(today())
    best: dict[int, tuple[tuple[bool, bool, int], Post]] = {}
    for post in held.select_related("person"):
        kept = post.person.merged_into_id or post.person_id
        rank = (post.is_primary, post.person_id == kept, post.pk)
        if kept not in best or rank > best[kept][0]:
            best[kept] = (rank, post)
    return [_line(person, best[person.pk][1] if person.pk in best else None, tree) for person in shown]


def _line(person: Person, post: Post | None, tree: Organisation) -> dict[str, Any]:
    agency_id = (tree.bearer(post.agency_id) or post.agency_id) if post else None
    return {
        "person": person,
        "post": post,
        "agency": tree.name(agency_id) if agency_id else "",
        "agency_code": tree.code(agency_id) if agency_id else "",
    }


def _as_file(request: HttpRequest, listing: Directory, layout: str) -> HttpResponseBase:
    people = list(islice(listing.everybody(), MOST_IN_A_FILE + 1))
    if len(people) > MOST_IN_A_FILE:
        messages.error(request, _("A file holds at most 10,000 people: narrow the list first."))
        return redirect(f"{reverse('people')}?{listing.query(format='')}")
    note_accesses(persons=people, page=AccessEvent.Page.DIRECTORY_FILE, by=listing.reader)
    headers = [
        _("Personal number"),
        _("Full name"),
        _("Agency code"),
        _("Agency"),
        _("Category"),
        _("Position"),
    ]
    respond = csv_response if layout == "csv" else xlsx_response
    return respond(f"danh-ba-{today():%Y%m%d}", headers, (_cells(line) for line in lines(people)))


def _cells(line: dict[str, Any]) -> list[Any]:
    post = line["post"]
    return [
        line["person"].code,
        line["person"].full_name,
        line["agency_code"],
        line["agency"],
        post.get_category_display() if post else "",
        post.position if post else "",
    ]
