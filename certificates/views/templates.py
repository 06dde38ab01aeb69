"""A template's version in the Wagtail admin: looked at as a real PDF, published, followed by a new one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from certificates.actions import draft_version, example_paper, publish_version
from certificates.documents import certificate_pdf
from certificates.models import TemplateVersion
from lms.people.models import Person

EDIT = "wagtailsnippets_certificates_templateversion:edit"
CHANGE = "certificates.change_templateversion"
VIEW = "certificates.view_templateversion"


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: its state, its preview, and what can be done with it."""
    found = _version(request, pk, VIEW)
    context = {
        "version": found,
        "may_change": request.user.has_perm(CHANGE),
        "edit_url": reverse(EDIT, args=[quote(found.pk)]),
    }
    return render(request, "certificates/admin/version.html", context)


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the PDF a person with the longest plausible name would get; nothing is numbered."""
    found = _version(request, pk, VIEW)
    response = HttpResponse(certificate_pdf(example_paper(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.template.code}-{found.number}.pdf"'
    return response


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft: certificates are printed with it from now on."""
    found = publish_version(version=_version(request, pk, CHANGE), by=cast(Person, request.user))
    messages.success(request, _("%(version)s is published.") % {"version": found})
    return redirect("certificate-template-version", found.pk)


@require_POST
def begin_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version, or go to the draft there is."""
    found = _version(request, pk, CHANGE)
    draft = draft_version(template=found.template, by=cast(Person, request.user))
    return redirect(EDIT, quote(draft.pk))


def _version(request: HttpRequest, pk: int, permission: str) -> TemplateVersion:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(TemplateVersion.objects.select_related("template"), pk=pk)
