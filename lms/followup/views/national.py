"""The queue of completions that wait to be synchronised, and the files made of it."""

from typing import Any, cast

from django.contrib import messages
from django.core.files.storage import storages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.forms import ReasonForm
from lms.base.tables import Filter, Listing
from lms.base.views.errors import FileGone
from lms.followup.actions import NotOpen, accept_file, ask_file, note_taken, return_file
from lms.followup.forms import ReceiptForm
from lms.followup.models import NationalFile
from lms.followup.national import PERMISSION, calendar, headers, rows, waiting_of
from lms.followup.rules import DECREE_IN_FORCE, age_on, first_known, synchronised_by
from lms.followup.states import Age, Change
from lms.people.access import requires
from lms.people.models import Person

FILES_SHOWN = 10


@requires(PERMISSION)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits, the oldest first, each with its last day."""
    person, day, working = cast(Person, request.user), today(), calendar()
    waiting = waiting_of(person)
    listing = Listing(
        request,
        waiting.select_related("person", "person__merged_into"),
        search=("person__name_folded__contains", "course_code__icontains"),
        sorts={"known": ("known_on", "pk"), "name": ("person__name_key", "pk")},
        default_sort="known",
        filters=(
            Filter("age", _("Deadline"), Age.choices, apply=lambda rows, age: _of_age(rows, Age(age))),
            Filter("change", _("Change"), Change.choices),
        ),
    )
    if (layout := request.GET.get("format")) in ("csv", "xlsx"):
        note_taken(listing.rows.order_by().values("person"), by=person)
        respond = xlsx_response if layout == "xlsx" else csv_response
        lines = (cells for _completion, cells in rows(listing.rows))
        return cast(HttpResponse, respond("dao-tao-boi-duong", headers(), lines))
    shown = [
        {
            "completion": one,
            "last_day": synchronised_by(one.known_on, working),
            "age": age_on(day, one.known_on, working),
        }
        for one in listing.page
    ]
    context = {
        "listing": listing,
        "shown": shown,
        "overdue": _of_age(waiting, Age.OVERDUE).count(),
        "files": NationalFile.objects.filter(asked_by=person).select_related("job")[:FILES_SHOWN],
        "receipt_form": ReceiptForm(),
        "reason_form": ReasonForm(),
        "export_url": request.path,
    }
    return render(request, "followup/national.html", context)


def _of_age(waiting: QuerySet[Any], age: Age) -> QuerySet[Any]:
    day, working = today(), calendar()
    due, in_time = (first_known(day, one, working) for one in (Age.DUE, Age.IN_TIME))
    spans = {
        Age.BEFORE: {"known_on__lt": DECREE_IN_FORCE},
        Age.OVERDUE: {"known_on__gte": DECREE_IN_FORCE, "known_on__lt": due},
        Age.DUE: {"known_on__gte": due, "known_on__lt": in_time},
        Age.IN_TIME: {"known_on__gte": in_time},
    }
    return waiting.filter(**spans[age])


@requires(PERMISSION)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Promise a file and go to the page that shows how far it is."""
    file = ask_file(by=cast(Person, request.user))
    return redirect("job", pk=file.job_id)


@requires(PERMISSION)
@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file that was made."""
    file = _own(request, pk)
    if not file.file_name:
        raise Http404
    try:
        content = storages["private"].open(file.file_name)
    except FileNotFoundError as error:
        raise FileGone(_("The file cannot be found any more. Please tell the administrator.")) from error
    note_taken(file.entries.values("completion__person"), by=cast(Person, request.user))
    return FileResponse(content, as_attachment=True, filename=f"csdlqg-{file.pk}.xlsx")


@requires(PERMISSION)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the national database's receipt."""
    file, form = _own(request, pk), ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Recording the acceptance needs the receipt."))
        return redirect("national-hr")
    return _closed(request, lambda by: accept_file(file=file, receipt=form.cleaned_data["receipt"], by=by))


@requires(PERMISSION)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the file came back."""
    file, form = _own(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Recording the return needs a reason."))
        return redirect("national-hr")
    return _closed(request, lambda by: return_file(file=file, reason=form.cleaned_data["reason"], by=by))


def _closed(request: HttpRequest, act: Any) -> HttpResponse:
    try:
        act(cast(Person, request.user))
    except NotOpen as refusal:
        messages.error(request, str(refusal))
    return redirect("national-hr")


def _own(request: HttpRequest, pk: int) -> NationalFile:
    return get_object_or_404(NationalFile, pk=pk, asked_by=cast(Person, request.user))
