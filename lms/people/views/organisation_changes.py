"""The wizard: a decree is asked for and previewed; what came of it is shown."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.dates import today
from lms.base.models import Job
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions.organisation import obstacles, prepare_change
from lms.people.actions.organisation_preview import ask_preview, is_large, preview_jobs, preview_of
from lms.people.actions.organisation_promises import is_large_to_undo
from lms.people.changes.jobs import APPLY, carrying_jobs
from lms.people.changes.preview import Preview
from lms.people.changes.reach import PERMISSION, may_change, may_undo, own_role_ends
from lms.people.changes.request import Request
from lms.people.changes.staff import planned
from lms.people.changes.words import title_of
from lms.people.forms.organisation import MOST_PARTS, AgencyForm, Kind, ReasonForm, StartForm
from lms.people.forms.organisation_changes import CHANGE_FORMS, ChangeForm
from lms.people.models import OrganisationChange, Person
from lms.people.organisation import history
from lms.people.rules import scope_of

State = OrganisationChange.State


@requires(PERMISSION)
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """List what was prepared, carried out and undone."""
    listing = Listing(
        request,
        OrganisationChange.objects.defer("record"),  # of 40,000 posts it is megabytes
        search=("title_folded__contains",),
        sorts={"on": ("on",), "prepared": ("prepared_at",)},
        default_sort="-on",
        filters=(
            Filter("kind", _("Kind"), Kind.choices),
            Filter("state", _("State"), State.choices),
        ),
    )
    known = history()
    rows = [(change, title_of(Request.from_json(change.request), known)) for change in listing.page]
    return render(request, "people/organisation_changes.html", {"listing": listing, "rows": rows})


@requires(PERMISSION)
def new_change(request: HttpRequest) -> HttpResponse:
    """Ask step by step: what and from when, which agency, then what that kind of change needs."""
    start = StartForm(request.GET if "kind" in request.GET else None, initial=_initial(request))
    if not start.is_valid():
        status = 422 if start.errors else 200
        return render(request, "people/organisation_start.html", {"form": start}, status=status)
    kind, on = start.cleaned_data["kind"], start.cleaned_data["on"]
    tree, scope = history().on(on), scope_of(request.user, PERMISSION)
    agency = start.cleaned_data["agency"]
    known = agency if agency in tree.agencies and scope.covers(agency) else None
    parts = _parts(request) if kind == Kind.SPLIT else 2
    frame = {"kind": Kind(kind), "on": on, "agency_name": tree.name(known) if known else ""}
    if kind != Kind.MERGE and (known is None or not parts):
        chosen = AgencyForm(kind=kind, tree=tree, scope=scope, initial={"agency": known})
        return render(request, "people/organisation_choose.html", {**frame, "form": chosen})
    given = (request.POST,) if request.method == "POST" else ()
    form = CHANGE_FORMS[kind](*given, kind=kind, on=on, tree=tree, scope=scope, agency=known, parts=parts)
    if form.is_valid() and (change := _prepared(request, form)):
        if kind == Kind.SPLIT:
            return redirect("organisation-split", pk=change.pk)
        count_where_large(request, change, Request.from_json(change.request))
        return redirect("organisation-change", pk=change.pk)
    status = 422 if form.errors else 200
    return render(request, "people/organisation_new.html", {**frame, "form": form}, status=status)


def _parts(request: HttpRequest) -> int:
    """Return into how many agencies one is split; 0 where that is still to be asked."""
    asked = request.GET.get("parts", "")
    return int(asked) if asked.isdecimal() and 2 <= int(asked) <= MOST_PARTS else 0


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"on": today(), "kind": Kind.MERGE, "agency": request.GET.get("agency", "")}


def _prepared(request: HttpRequest, form: ChangeForm) -> OrganisationChange | None:
    """Keep the change; put what speaks against it at the head of the form instead."""
    asked = form.request()
    _refuse_out_of_reach(request, asked)
    # The staff of a split are placed in the next step.
    for sentence in planned(asked, staff_later=True).refusals:
        form.add_error(None, sentence)
    if form.errors:
        return None
    return prepare_change(request=asked, by=cast(Person, request.user))


def _refuse_out_of_reach(request: HttpRequest, asked: Request) -> None:
    if not may_change(request.user, asked):
        raise PermissionDenied(_("Your roles do not reach every agency of this change."))


def change_in_reach(request: HttpRequest, pk: int) -> tuple[OrganisationChange, Request]:
    """Return the change and its request; refuse whom it does not reach."""
    row = get_object_or_404(OrganisationChange, pk=pk)
    asked = Request.from_json(row.request)
    if row.state == State.PREPARED or not may_undo(request.user, row, asked):
        _refuse_out_of_reach(request, asked)
    return row, asked


@requires(PERMISSION, even_at_ended=True)
@require_safe
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview a prepared change; show one that was carried out, and whether it can be undone."""
    row, asked = change_in_reach(request, pk)
    context: dict[str, Any] = {
        "change": row,
        "title": title_of(asked, history()),
        "is_split": row.kind == Kind.SPLIT,
        **_carrying(row, request.user),
    }
    if row.state == State.PREPARED:
        context |= _preview(row, asked, request.user)
    elif row.state == State.APPLIED and not context["is_on_its_way"]:
        # To look through so many rows takes seconds: the job that undoes it does, and says what it finds.
        looks_later = is_large_to_undo(row)
        found = [] if looks_later else obstacles(row)
        context |= {"obstacles": found, "looks_later": looks_later, "reason_form": ReasonForm()}
    return render(request, "people/organisation_change.html", context)


def _carrying(row: OrganisationChange, person: Any) -> dict[str, Any]:
    """Return how far the job is that carries the change out or undoes it, or what it said against that."""
    job = carrying_jobs(row).first()
    if job is None:
        return {"carrying": None, "is_on_its_way": False, "answer": None}
    is_over = job.state == Job.State.DONE
    was_asked_in = State.PREPARED if job.kind == APPLY else State.APPLIED
    return {
        "carrying": None if is_over else job,
        "carrying_mine": job.asked_by_id == str(person.pk),
        "is_on_its_way": not is_over and job.state != Job.State.FAILED,
        "answer": job if row.state == was_asked_in and "refused" in job.result else None,
    }


def _preview(row: OrganisationChange, asked: Request, person: Any) -> dict[str, Any]:
    """Return what is shown before it is carried out, or how far the job is that counts it."""
    if not is_large(asked):
        return {"job": None, **_shown(preview_of(asked), person)}
    job = preview_jobs(row).first()
    if job is None or job.state != Job.State.DONE:
        mine = job is not None and job.asked_by_id == str(person.pk)
        return {"job": job, "mine": mine, "preview": None}
    return {"job": job, **_shown(Preview.from_json(job.result["preview"]), person)}


def _shown(preview: Preview, person: Any) -> dict[str, Any]:
    return {
        "preview": preview,
        "refusals": preview.refusals,
        "written": preview.written,
        "effects": preview.effects,
        "fingerprint": preview.fingerprint,
        "own_role_ends": own_role_ends(person, preview.ended),
    }


@requires(PERMISSION)
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a large change tried by a job, the first time or again."""
    row, asked = change_in_reach(request, pk)
    count_where_large(request, row, asked)
    return redirect("organisation-change", pk=pk)


def count_where_large(request: HttpRequest, row: OrganisationChange, asked: Request) -> None:
    """Promise the preview of a change that touches more posts than a page can try; small ones need none."""
    if row.state == State.PREPARED and is_large(asked):
        ask_preview(change=row, by=cast(Person, request.user))
