"""Who of a split agency goes where: by a list, or person by person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lms.base.exports import csv_response, xlsx_response
from lms.base.importing import FileRefused
from lms.people.access import requires
from lms.people.actions.organisation import ChangeRefused, place_staff
from lms.people.changes.plan import Plan
from lms.people.changes.reach import PERMISSION
from lms.people.changes.staff import planned
from lms.people.changes.staff_list import StaffList, successor_codes
from lms.people.forms.organisation import Kind, StaffListForm
from lms.people.models import OrganisationChange, Person
from lms.people.rules import may
from lms.people.views.organisation_changes import change_in_reach, count_where_large

# One page of selects; the rest comes after these, by position, or by a list from a spreadsheet.
SHOWN = 300
OF_POSITION = "="  # before the name in a select: to have none is a position too


def _split(request: HttpRequest, pk: int) -> tuple[OrganisationChange, Plan]:
    row, asked = change_in_reach(request, pk)
    if row.kind != Kind.SPLIT or row.state != OrganisationChange.State.PREPARED:
        raise Http404
    if not may(request.user, "people.view", asked.agencies[0]):
        raise PermissionDenied(_("Your roles do not reach the staff of this agency."))
    return row, planned(asked)


@requires(PERMISSION)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is still to be placed; take a list, or what was chosen person by person."""
    row, plan = _split(request, pk)
    form, problems = StaffListForm(), []
    if request.method == "POST":
        if "by_person" in request.POST:
            return _keep(request, row, plan, {**plan.request.staff, **_chosen(request.POST, plan)})
        if "by_position" in request.POST:
            return _keep(request, row, plan, {**_of_position(request.POST, plan), **plan.request.staff})
        form = StaffListForm(request.POST, request.FILES)
        reader = StaffList(plan, by=request.user)
        if form.is_valid():
            problems = _read(form, reader)
            if not problems and not form.errors:
                return _keep(request, row, plan, reader.staff)
    context = _context(row, plan) | {"form": form, "problems": problems}
    status = 422 if form.errors or problems else 200
    return render(request, "people/organisation_split.html", context, status=status)


def _read(form: StaffListForm, reader: StaffList) -> list[Any]:
    upload = form.cleaned_data["file"]
    try:
        return reader.check(upload.read(), upload.name).errors
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return []


def _chosen(given: QueryDict, plan: Plan) -> dict[int, int]:
    codes = successor_codes(plan)
    chosen = {holder.post_id: given.get(f"post-{holder.post_id}", "") for holder in plan.holders}
    return {post_id: codes[code] for post_id, code in chosen.items() if code in codes}


def _of_position(given: QueryDict, plan: Plan) -> dict[int, int]:
    """Return where everybody of one position goes; who is placed already stays where they were put."""
    successor, position = successor_codes(plan).get(given.get("successor", "")), given.get("position", "")
    if successor is None:
        return {}
    return {
        holder.post_id: successor for holder in plan.holders if f"{OF_POSITION}{holder.position}" == position
    }


def _positions(plan: Plan) -> list[tuple[str, str, int]]:
    """Return the positions of those not placed yet, the most frequent first: value, name, how many."""
    counted = Counter(holder.position for holder in plan.holders if holder.post_id not in plan.request.staff)
    return [(f"{OF_POSITION}{name}", name, number) for name, number in counted.most_common()]


def _keep(request: HttpRequest, row: OrganisationChange, plan: Plan, staff: dict[int, int]) -> HttpResponse:
    try:
        place_staff(change=row, staff=staff, by=cast(Person, request.user))
    except ChangeRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect("organisation-change", pk=row.pk)
    left = sum(holder.post_id not in staff for holder in plan.holders)
    if left:
        words = ngettext("%(count)d post is left over.", "%(count)d posts are left over.", left)
        messages.warning(request, words % {"count": left})
        return redirect("organisation-split", pk=row.pk)
    row.refresh_from_db()
    count_where_large(request, row, replace(plan.request, staff=staff))
    messages.success(request, _("Everybody is placed."))
    return redirect("organisation-change", pk=row.pk)


def _context(row: OrganisationChange, plan: Plan) -> dict[str, Any]:
    codes = {pk: code for code, pk in successor_codes(plan).items()}
    staff = plan.request.staff
    people = [(holder, codes.get(staff.get(holder.post_id, 0), "")) for holder in plan.holders]
    if len(people) > SHOWN:
        people.sort(key=lambda pair: bool(pair[1]))
    return {
        "change": row,
        "name": plan.name(plan.request.agencies[0]),
        "successors": [(codes[pk], plan.name(pk)) for pk in plan.request.successors],
        "people": people[:SHOWN],
        "shown": min(len(people), SHOWN),
        "positions": _positions(plan) if len(people) > SHOWN else [],
        "count": len(people),
        "left": sum(not code for _holder, code in people),
    }


@requires(PERMISSION)
@require_safe
def split_list(request: HttpRequest, pk: int, layout: str) -> HttpResponse:
    """Send the list to fill in: every post, and the successor where one is chosen already."""
    _row, plan = _split(request, pk)
    codes = {found: code for code, found in successor_codes(plan).items()}
    lines = [
        [holder.code, holder.name, holder.position, codes.get(plan.request.staff.get(holder.post_id, 0), "")]
        for holder in plan.holders
    ]
    headers = ["person_id", "full_name", "position", "successor_code"]
    send: Any = csv_response if layout == "csv" else xlsx_response
    response: HttpResponse = send(f"split-{pk}", headers, lines)
    return response
