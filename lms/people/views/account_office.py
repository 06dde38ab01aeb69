"""Pages of HR and administrators about other people's accounts: first codes, lock-outs, lost factors."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.base.dates import today
from lms.base.models import Job
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions.accounts import (
    INVITE,
    ask_invitations,
    note_letters_fetched,
    take_off_second_factors,
    unlock,
)
from lms.people.forms.accounts import InviteForm, LostFactorForm, ReasonForm
from lms.people.models import Agency, Invitation, InvitationRun, Person
from lms.people.organisation import Organisation
from lms.people.rules import may
from lms.people.sign_in.locking import locked_accounts
from lms.people.sign_in.newcomers import in_unit, units_of, with_posts, without_account
from lms.people.sign_in.sealing import unseal

PERMISSION = "people.import"


@requires(PERMISSION)
def accounts(request: HttpRequest) -> HttpResponse:
    """List the staff of the reader's units who have no account; make first codes for a unit."""
    people = without_account(_scope(request))
    units = units_of(people)
    form = InviteForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        return _ask(request, form.cleaned_data["unit"], form.cleaned_data["way"])
    open_codes = Invitation.objects.filter(used_at=None, withdrawn_at=None)
    rows = with_posts(people).prefetch_related(Prefetch("invitations", open_codes, to_attr="open_codes"))
    listing = Listing(
        request,
        rows,
        search=("name_folded__contains",),
        sorts={"name": ("name_key",)},
        default_sort="name",
        filters=(
            Filter(
                "unit",
                _("Unit"),
                [(pk, name) for pk, name, _count in units],
                apply=lambda found, value: in_unit(found, int(value)),
            ),
        ),
    )
    tree = Organisation.on(today())
    for person in listing.page:
        person.unit_name = tree.name(person.unit_id) if person.unit_id else ""
    runs = InvitationRun.scoped.for_person(cast(Person, request.user), PERMISSION)[:10]
    context = {"form": form, "listing": listing, "runs": runs}
    return render(request, "people/accounts.html", context, status=422 if form.errors else 200)


def _scope(request: HttpRequest) -> QuerySet[Any]:
    return Person.scoped.for_person(cast(Person, request.user), PERMISSION)


def _ask(request: HttpRequest, agency_id: int, way: str, person: Person | None = None) -> HttpResponse:
    if not may(request.user, PERMISSION, agency_id):
        raise PermissionDenied(_("Your roles do not reach this unit."))
    _run, job = ask_invitations(
        agency=Agency.objects.get(pk=agency_id),
        agency_name=Organisation.on(today()).name(agency_id),
        way=way,
        person=person,
        by=cast(Person, request.user),
    )
    return redirect("job", pk=job.pk)


@requires(PERMISSION)
@require_POST
def one_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code on paper for one person: who has lost it, or the password, and has no e-mail."""
    person = get_object_or_404(with_posts(_scope(request)).filter(merged_into=None, is_active=True), pk=pk)
    if not person.unit_id:
        messages.error(request, _("This person has no primary post today, so no unit to send the letter to."))
        return redirect("accounts")
    return _ask(request, person.unit_id, InvitationRun.Way.LETTER, person)


@requires(PERMISSION)
@require_safe
def run_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what became of a request for codes."""
    run = _run(request, key)
    job = Job.objects.filter(kind=INVITE, key=str(run.key)).first()
    invitations = run.invitations
    context = {
        "run": run,
        "job": job,
        "used": invitations.exclude(used_at=None).count(),
        "withdrawn": invitations.exclude(withdrawn_at=None).count(),
        "mine": run.asked_by_id == request.user.pk,
    }
    return render(request, "people/account_run.html", context)


def _run(request: HttpRequest, key: UUID) -> InvitationRun:
    scoped = InvitationRun.scoped.for_person(cast(Person, request.user), PERMISSION)
    run: InvitationRun = get_object_or_404(scoped, key=key)
    return run


@requires(PERMISSION)
@never_cache
@require_POST
def letters(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give the letters to the officer who asked for them, and to nobody else: they hold the codes."""
    run = _run(request, key)
    if run.asked_by_id != request.user.pk:
        raise PermissionDenied(_("Only the officer who asked for the letters may fetch them."))
    if not run.has_file or not storages["private"].exists(run.file_name):
        raise Http404
    with storages["private"].open(run.file_name) as file:
        content = unseal(file.read())
    note_letters_fetched(run=run, by=run.asked_by)
    disposition = f'attachment; filename="thu-mo-tai-khoan-{run.asked_at:%Y%m%d}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


@login_required
@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """List the accounts that are locked now: HR sees their staff, an administrator everybody's."""
    return _locked_page(request, LostFactorForm(people=_helped(request)))


def _locked_page(request: HttpRequest, form: LostFactorForm) -> HttpResponse:
    found = locked_accounts()
    people = list(_helped(request).filter(pk__in=found).order_by("name_key", "pk"))
    for person in people:
        person.addresses = found[person.pk]
    context = {"people": people, "form": form}
    return render(request, "people/locked.html", context, status=422 if form.errors else 200)


def _helped(request: HttpRequest) -> QuerySet[Any]:
    """Return whose accounts this reader may help with."""
    if may(request.user, "system.run"):
        return Person.objects.filter(merged_into=None)
    if may(request.user, PERMISSION):
        return _scope(request).filter(merged_into=None)
    raise PermissionDenied(_("Your roles do not include other people's accounts."))


@login_required
@require_POST
def unlock_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a locked account try again at once."""
    person = get_object_or_404(_helped(request), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        unlock(person=person, by=cast(Person, request.user), reason=form.cleaned_data["reason"])
        messages.success(request, _("The account is unlocked."))
    else:
        messages.error(request, _("Unlocking needs a reason."))
    return redirect("locked-accounts")


@login_required
@require_POST
def take_off_factors(request: HttpRequest) -> HttpResponse:
    """Take the second factors off who has lost phone, key and recovery codes."""
    form = LostFactorForm(request.POST, people=_helped(request))
    if not form.is_valid():
        return _locked_page(request, form)
    person = form.cleaned_data["who"]
    if person.pk == request.user.pk:
        raise PermissionDenied(_("Nobody takes off their own second factor here: ask a colleague."))
    take_off_second_factors(person=person, by=cast(Person, request.user), reason=form.cleaned_data["reason"])
    messages.success(request, _("The second factors are taken off."))
    return redirect("locked-accounts")
