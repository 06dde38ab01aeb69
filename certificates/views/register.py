"""The register of certificates for HR, and withdrawing one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions
from certificates.exports import register_headers, register_rows
from certificates.forms import RevocationForm
from certificates.models import Certificate
from certificates.rules import may_revoke, revocable
from certificates.states import Standing
from courses.rules import Refused
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.models import Person


@requires("certificates.view")
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """List the certificates of one's agencies: given to their staff or given by them; also as CSV and XLSX."""
    person = cast(Person, request.user)
    listing = _listing(request, Certificate.scoped.for_person(person, "certificates.view"))
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        respond = csv_response if wanted == "csv" else xlsx_response
        name = f"so-cap-giay-chung-nhan-{today():%Y%m%d}"
        return respond(name, register_headers(), register_rows(listing.rows.iterator(chunk_size=1000)))
    context = {"listing": listing, "revocable": revocable(person, listing.page)}
    return render(request, "certificates/register.html", context)


@requires("certificates.revoke")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ask how, from when and why, then withdraw the certificate."""
    person = cast(Person, request.user)
    certificate = get_object_or_404(Certificate.objects.with_standing(), public_code=code)
    if not may_revoke(person, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may withdraw it."))
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _revoked(form, certificate, person):
        messages.success(request, _("The certificate is withdrawn. Its public page says so from now on."))
        return redirect("verify-certificate", certificate.public_code)
    return render(request, "certificates/revoke.html", {"form": form, "certificate": certificate})


def _revoked(form: RevocationForm, certificate: Certificate, person: Person) -> bool:
    try:
        actions.revoke(certificate=certificate, by=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _listing(request: HttpRequest, rows: QuerySet[Any]) -> Listing:
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    issuers = rows.order_by("issuer_name").values_list("issuer", "issuer_name").distinct()
    return Listing(
        request,
        rows.with_standing(),  # type: ignore[attr-defined]
        search=("search_text__contains",),
        filters=(
            Filter("year", _("Year"), [(str(year), str(year)) for year in years]),
            Filter("issuer", _("Issued by"), [(str(pk), name) for pk, name in issuers]),
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
    )
