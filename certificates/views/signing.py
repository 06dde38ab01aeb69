"""A certificate that is signed outside: its file goes out, comes back signed, and is looked at."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.actions import SignatureRefused, release, take_signed
from certificates.forms import FileForm
from certificates.models import Certificate
from certificates.rules import may_sign
from certificates.states import State
from lms.people.access import requires
from lms.people.models import Person


@requires("certificates.revoke")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Give the file out for signing, or take it back signed and give the certificate out."""
    person = cast(Person, request.user)
    certificate = get_object_or_404(Certificate, public_code=code)
    if not may_sign(person, certificate):
        raise PermissionDenied(_("Only the agency that issues a certificate signs it."))
    if request.method != "POST" and "file" in request.GET and certificate.state == State.RENDERED:
        content = storages["private"].open(certificate.file_name)
        return FileResponse(content, as_attachment=True, filename=f"{certificate.serial}.pdf")
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid() and _taken(form, certificate, person):
        messages.success(request, _("The signed file was taken and the certificate is given out."))
        return redirect(certificate)
    return render(request, "certificates/sign.html", {"form": form, "certificate": certificate})


def _taken(form: FileForm, certificate: Certificate, person: Person) -> bool:
    try:
        take_signed(certificate=certificate, content=form.content, by=person)
    except SignatureRefused as refusal:
        for finding in refusal.report.findings:
            form.add_error("file", str(finding))
        return False
    release(certificate=certificate, by=person)
    return True
