"""The register of certificates for HR, and withdrawing one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import RegisterRefused
from certificates.exports import register_headers, register_rows
from certificates.forms import CorrectionForm, RevocationForm
from certificates.models import Certificate
from certificates.rules import may_revoke, revocable
from certificates.second_person import propose_correction, propose_withdrawal
from certificates.states import PUBLIC, Standing
from courses.rules import Refused
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.models import Approval, Person
from lms.people.rules import scope_of
from lms.people.sign_in.again import asks_again
from lms.people.tables import agency_filters


@requires("certificates.view")
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """List the certificates of one's agencies: given to their staff or given by them; also as CSV and XLSX."""
    person = cast(Person, request.user)
    rows = Certificate.scoped.for_person(person, "certificates.view").filter(state__in=PUBLIC)
    listing = _listing(request, rows)
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        respond = csv_response if wanted == "csv" else xlsx_response
        book: QuerySet[Certificate] = listing.rows.for_book()  # type: ignore[attr-defined]
        name = f"so-cap-giay-chung-nhan-{today():%Y%m%d}"
        return respond(name, register_headers(), register_rows(book.iterator(chunk_size=1000)))
    context = {
        "listing": listing,
        "revocable": revocable(person, listing.page),
        "may_issue": bool(scope_of(person, "certificates.revoke")),
    }
    return render(request, "certificates/register.html", context)


@requires("certificates.revoke")
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ask how, from when and why, then propose to withdraw the certificate: a second person decides."""
    person = cast(Person, request.user)
    certificate = get_object_or_404(Certificate.objects.shown().with_standing(), public_code=code)
    if not may_revoke(person, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may withdraw it."))
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (approval := _proposed(form, certificate, person)):
        messages.success(
            request, _("The withdrawal is proposed. It takes effect when a second person approves.")
        )
        return redirect("approval", approval.pk)
    return render(request, "certificates/revoke.html", {"form": form, "certificate": certificate})


@requires("certificates.revoke")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Ask why a certificate is wrong, then propose a new issue or an annulment: a second person decides."""
    person = cast(Person, request.user)
    certificate = get_object_or_404(Certificate.objects.shown().with_standing(), public_code=code)
    if not may_revoke(person, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may do this."))
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (approval := _corrected(form, certificate, person)):
        messages.success(request, _("It is proposed. It takes effect when a second person approves."))
        return redirect("approval", approval.pk)
    context = {"form": form, "certificate": certificate, "today_name": certificate.person.canonical.full_name}
    return render(request, "certificates/correct.html", context)


def _corrected(form: CorrectionForm, certificate: Certificate, person: Person) -> Approval | None:
    try:
        return propose_correction(certificate=certificate, by=person, **form.cleaned_data)
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def _proposed(form: RevocationForm, certificate: Certificate, person: Person) -> Approval | None:
    try:
        return propose_withdrawal(certificate=certificate, by=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def _listing(request: HttpRequest, rows: QuerySet[Any]) -> Listing:
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    issuers = rows.order_by("issuer").values_list("issuer", flat=True).distinct()
    courses = rows.order_by("course_code").values_list("course_code", flat=True).distinct()
    return Listing(
        request,
        rows.with_standing(),  # type: ignore[attr-defined]
        search=("search_text__contains",),
        filters=(
            Filter("year", _("Year"), [(str(year), str(year)) for year in years]),
            Filter("course", _("Course"), [(code, code) for code in courses], "course_code"),
            *agency_filters(
                request, issuers, name="issuer", label=_("Issued by"), lookup="issuer", day=F("issued_on")
            ),
            Filter(
                "standing",
                _("Status"),
                [(standing.value, str(standing.label)) for standing in Standing],
                apply=lambda found, value: found.standing(value, today()),  # type: ignore[attr-defined]
            ),
        ),
        sorts={
            "number": ("year", "issuer_code", "number"),
            "name": ("name_key",),
            "issued": ("issued_at",),
            "course": ("course_code",),
        },
        default_sort="-number",
        keyset=True,
    )
