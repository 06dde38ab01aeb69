"""A person's own certificates, and the file of one."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.models import Certificate
from certificates.queries import completions_due
from certificates.rules import may_open
from lms.base.views.errors import FileGone
from lms.people.actions.access import note_access
from lms.people.models import AccessEvent, Person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the certificates of the one who asks, and how many are on their way."""
    person = cast(Person, request.user)
    certificates = Certificate.objects.of(person).shown().with_standing().select_related("credential")
    context = {
        "certificates": list(certificates),
        "coming": list(completions_due().of(person)),
    }
    return render(request, "certificates/mine.html", context)


@login_required
@require_safe
def file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Send the certificate's PDF to its owner, or to an officer over the owner's or the issuing agency."""
    certificate = get_object_or_404(Certificate.objects.shown().select_related("person"), public_code=code)
    if not may_open(request.user, certificate):
        raise PermissionDenied(_("This certificate belongs to somebody outside your agencies."))
    try:
        content = storages["private"].open(certificate.file_name)
    except FileNotFoundError as error:
        raise FileGone(
            _("The file of this certificate cannot be found. Please tell the administrator.")
        ) from error
    note_access(
        person=certificate.person, page=AccessEvent.Page.CERTIFICATE_FILE, by=cast(Person, request.user)
    )
    return FileResponse(content, as_attachment=True, filename=f"{certificate.serial}.pdf")
