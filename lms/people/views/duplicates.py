"""Records that may be one person's: compared, merged, separated."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.base.forms import ReasonForm
from lms.base.tables import Listing
from lms.people.access import requires
from lms.people.actions.access import note_accesses
from lms.people.actions.duplicates import NotMerged, keep_apart, merge_records, separate_records
from lms.people.alike import alike_within, why_alike
from lms.people.forms.duplicates import PairForm
from lms.people.models import AccessEvent, Leave, Person, Post
from lms.people.organisation import history
from lms.people.rules import may_see_person

PERMISSION = "people.import"
PER_PAGE = 25


@requires(PERMISSION)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs that look alike, and what was merged."""
    reached = _reached(request)
    pairs = Paginator(alike_within(reached), PER_PAGE).get_page(request.GET.get("pairs"))
    merged = Listing(
        request,
        Person.objects.filter(merged_into__in=reached.values("pk")).select_related("merged_into"),
        search=("name_folded__contains", "merged_into__name_folded__contains"),
        sorts={"name": ("name_key",)},
        default_sort="name",
    )
    return render(
        request, "people/duplicates.html", {"pairs": pairs, "listing": merged, "form": ReasonForm()}
    )


def _reached(request: HttpRequest) -> QuerySet[Person]:
    reached: QuerySet[Person] = Person.scoped.for_person(cast(Person, request.user), PERMISSION)
    return reached


@requires(PERMISSION)
def pair(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Show two records side by side, and take the decision."""
    both = (_person(request, first), _person(request, second))
    note_accesses(persons=both, page=AccessEvent.Page.PERSON, by=cast(Person, request.user))
    form = PairForm(request.POST or None, pair=both)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, both, form)
        except NotMerged as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("duplicates")
    context = {
        "columns": [_facts(person) for person in both],
        "why": why_alike(*both),
        "form": form,
        "is_open": all(person.merged_into_id is None for person in both) and first != second,
    }
    return render(request, "people/duplicate_pair.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, both: tuple[Person, Person], form: PairForm) -> None:
    by, reason = cast(Person, request.user), form.cleaned_data["reason"]
    if form.cleaned_data["decision"] == PairForm.APART:
        keep_apart(one=both[0], other=both[1], reason=reason, by=by)
        messages.success(request, _("The two records stay two people."))
        return
    kept, duplicate = both if str(both[0].pk) == form.cleaned_data["decision"] else both[::-1]
    merge_records(duplicate=duplicate, kept=kept, reason=reason, by=by)
    messages.success(request, _("The records are one person now. Nothing of either was lost."))


@requires(PERMISSION)
@require_POST
def separate(request: HttpRequest, pk: int) -> HttpResponse:
    """Separate a merged record again, with a reason."""
    person, form = _person(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Separating needs a reason."))
        return redirect("duplicates")
    try:
        separate_records(duplicate=person, reason=form.cleaned_data["reason"], by=cast(Person, request.user))
        messages.success(request, _("The record stands for itself again."))
    except NotMerged as refusal:
        messages.error(request, str(refusal))
    return redirect("duplicates")


def _person(request: HttpRequest, pk: int) -> Person:
    """Return a record within the officer's reach; of one outside not even its existence is told."""
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)
    if not may_see_person(cast(Person, request.user), PERMISSION, person):
        raise Http404
    return person


def _facts(person: Person) -> dict[str, Any]:
    known = history()
    posts = [
        {"post": post, "agency": known.name(post.agency_id, post.valid_from)}
        for post in Post.objects.filter(person=person).order_by("-valid_from", "pk")
    ]
    return {"person": person, "posts": posts, "leaves": Leave.objects.filter(person=person).count()}
