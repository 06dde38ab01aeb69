"""Who holds what and what expires, for HR; one completion, and what two persons decide about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.decisions import DECISION, Asked, may_decide, propose_decision
from courses.forms.training import DecisionForm
from courses.models import Completion, Decision
from courses.ports import papers_of
from courses.rules import Refused, Validity, validity_on
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions.access import note_access, note_accesses
from lms.people.models import AccessEvent, Approval, Person
from lms.people.rules import Scope, scope_of
from lms.people.tables import agency_filters

VIEW = "targets.lists"
MOST_IN_A_FILE = 10_000
ENDS = (30, 90, 180, 365)
USUAL_WINDOW = 90
SOON = "90"


def held_within(scope: Scope) -> QuerySet[Completion]:
    """Return the completions of today's staff within reach, and those earned there by whoever has left since."""
    rows = Completion.objects.all()
    if scope.everything:
        return rows
    staff = Person.objects.filter(Person.within(scope.agency_ids)).values("pk")
    here = Q(person__in=staff) | Q(person__merged_into__in=staff) | Q(agency__in=scope.agency_ids)
    return rows.filter(here)


@requires(VIEW)
@require_safe
def training(request: HttpRequest) -> HttpResponseBase:
    """List who holds what, the newest first; also as a file."""
    reader = cast(Person, request.user)
    listing = _listing(request, held_within(scope_of(reader, VIEW)))
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        return _as_file(request, listing, wanted, reader)
    context = {"listing": listing, "lines": lines(listing.page)}
    if not listing.narrowed:
        context |= {"soon": _ends(listing.rows, SOON).order_by().count(), "soon_days": SOON}
    return render(request, "courses/training.html", context)


def _listing(request: HttpRequest, rows: QuerySet[Completion]) -> Listing:
    agencies = rows.order_by().filter(agency__isnull=False).values_list("agency", flat=True).distinct()
    courses = rows.order_by().values_list("course_code", "course_name").distinct()
    named = dict(sorted(courses))
    return Listing(
        request,
        rows.select_related("person", "course", "revocation"),
        search=("person__name_folded__contains", "course_code__icontains"),
        filters=(
            Filter(
                "course",
                _("Course"),
                [(code, f"{code} {name}") for code, name in named.items()],
                "course_code",
            ),
            *agency_filters(
                request, agencies, name="agency", label=_("Agency"), lookup="agency", day=F("completed_on")
            ),
            Filter("ends", _("State"), _end_choices(), apply=_ends),
        ),
        sorts={
            "completed": ("completed_at",),
            "name": ("person__name_key",),
            "course": ("course_code",),
            "ends": ("valid_until",),
        },
        default_sort="-completed",
        keyset=True,
    )


def _end_choices() -> list[tuple[str, str]]:
    soon = [(str(days), _("ends within %(days)s days") % {"days": days}) for days in ENDS]
    return [
        ("valid", _("valid today")),
        *soon,
        ("ended", _("has ended")),
        ("unverified", _("waits for verification")),
        ("failed", _("not passed")),
        ("withdrawn", _("withdrawn")),
    ]


def _ends(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep what `_word` says of a row; the last is a number of days."""
    if value == "withdrawn":
        return rows.filter(revocation__isnull=False)
    rows, day = rows.filter(revocation__isnull=True), today()
    if value == "failed":
        return rows.filter(passed=False)
    if value == "unverified":
        return rows.filter(verified_on__isnull=True, passed=True)
    held = rows.filter(passed=True, verified_on__isnull=False)
    if value == "valid":
        return held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    if value == "ended":
        return held.filter(valid_until__lt=day)
    return held.filter(valid_until__gte=day, valid_until__lte=day + timedelta(days=int(value)))


def lines(completions: Iterable[Completion]) -> list[dict[str, Any]]:
    """Return each completion with how it stands today and its certificate, in one query."""
    shown = list(completions)
    papers, day = papers_of([row.pk for row in shown]), today()
    return [{"row": row, "paper": papers.get(row.pk), **_standing(row, day)} for row in shown]


def _standing(row: Completion, day: date) -> dict[str, Any]:
    window = row.course.renewal_days if row.course else USUAL_WINDOW
    validity = validity_on(day, row.valid_until, window)
    revoked = getattr(row, "revocation", None)
    word, mark = _word(row, validity)
    return {
        "revocation": revoked,
        "word": word,
        "mark": mark,
        "may_renew": not revoked
        and row.verified_on is not None
        and validity in (Validity.RENEWABLE, Validity.EXPIRED),
    }


def _word(row: Completion, validity: Validity) -> tuple[str, str]:
    if getattr(row, "revocation", None) is not None:
        return _("Withdrawn"), "late"
    if not row.passed:
        return _("Not passed"), "not_met"
    if row.verified_on is None:
        return _("Waits for verification"), "pending"
    words = {
        Validity.RENEWABLE: (_("Ends soon"), "near"),
        Validity.EXPIRED: (_("Ended"), "late"),
    }
    return words.get(validity, (_("Valid"), "met"))


def _as_file(request: HttpRequest, listing: Listing, layout: str, reader: Person) -> HttpResponseBase:
    rows = list(islice(listing.rows.iterator(chunk_size=1000), MOST_IN_A_FILE + 1))
    if len(rows) > MOST_IN_A_FILE:
        messages.error(request, _("A file holds at most 10,000 rows: narrow the list first."))
        return redirect(f"{reverse('training')}?{listing.query(format='')}")
    note_accesses(persons=[row.person for row in rows], page=AccessEvent.Page.TRAINING_FILE, by=reader)
    respond = csv_response if layout == "csv" else xlsx_response
    return respond(f"ket-qua-hoc-tap-{today():%Y%m%d}", _headers(), _cells(lines(rows)))


def _headers() -> list[str]:
    return [
        _("Full name"), _("Agency at that time"), _("Course code"), _("Course"), _("Periods"), _("Completed on"),
        _("Valid until"), _("State"), _("Certificate"),
    ]  # fmt: skip


def _cells(shown: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    for line in shown:
        row = line["row"]
        serial = line["paper"][0] if line["paper"] else row.certificate_no
        yield [
            row.person_name, row.agency_name, row.course_code, row.course_name, row.hours, row.completed_on,
            row.valid_until, line["word"], serial,
        ]  # fmt: skip


def _seen(reader: Person, pk: int) -> Completion:
    rows = Completion.objects.filter(pk=pk).select_related("person", "course", "revocation")
    row = get_object_or_404(rows)
    if not may_decide(reader, row) and not held_within(scope_of(reader, VIEW)).filter(pk=pk).exists():
        raise PermissionDenied(_("This person is outside your agencies."))
    return row


@requires(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def training_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one completion with everything decided about it; take a proposal from whoever may decide."""
    reader = cast(Person, request.user)
    row = _seen(reader, pk)
    decides = may_decide(reader, row)
    form = DecisionForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST":
        if not decides:
            raise PermissionDenied(_("Your roles do not include this decision at this agency."))
        if form.is_valid() and (approval := _proposed(form, row, reader)):
            messages.success(
                request, _("The decision is proposed. It takes effect when a second person approves.")
            )
            return redirect("approval", approval.pk)
    note_access(person=row.person, page=AccessEvent.Page.PERSON, by=reader)
    [line] = lines([row])
    context = {
        "line": line,
        "row": row,
        "form": form if decides else None,
        "decisions": row.decisions.select_related("proposed_by", "approved_by"),
        "pending": Approval.objects.filter(
            kind=DECISION, target_id=str(row.pk), state=Approval.State.PENDING
        ).first(),
    }
    return render(request, "courses/training_record.html", context, status=422 if form.errors else 200)


def _proposed(form: DecisionForm, row: Completion, by: Person) -> Approval | None:
    given = form.cleaned_data
    asked = Asked(given["decision"], given["reference"], given["hours"], given["evidence"])
    try:
        return propose_decision(completion=row, asked=asked, reason=given["reason"], by=by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


@requires(VIEW)
@require_safe
def decision_evidence(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """Send the file a decision rests on, proposed or taken, to whoever may decide about the completion."""
    row = _seen(cast(Person, request.user), pk)
    if not may_decide(cast(Person, request.user), row):
        raise PermissionDenied(_("Your roles do not include this decision at this agency."))
    name = (
        Decision.objects.filter(completion=row, file_sha256=sha256)
        .values_list("file_name", flat=True)
        .first()
        or Approval.objects.filter(kind=DECISION, target_id=str(pk), payload__file_sha256=sha256)
        .values_list("payload__file_name", flat=True)
        .first()
    )
    if not name or not storages["private"].exists(name):
        raise Http404
    return FileResponse(
        storages["private"].open(name), as_attachment=True, filename=f"minh-chung{Path(name).suffix}"
    )
