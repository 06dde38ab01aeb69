"""Digital credentials: the holder's copy, and what anybody needs to check one."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates.bundling import certificate_bundle
from certificates.credentials import key_set, profile, status_list
from certificates.credentials.status import FRESH_FOR
from certificates.models import Certificate, Credential
from certificates.rules import may_export, may_open
from lms.base.dates import today
from lms.people.actions.access import note_access
from lms.people.models import AccessEvent, Person

JWT = "application/vc+jwt"


@login_required
@require_safe
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """Send the credential to the holder, or to an officer over the holder's or the issuing agency."""
    certificate = _shown(code)
    if not may_open(request.user, certificate):
        raise PermissionDenied(_("This certificate belongs to somebody outside your agencies."))
    kept = get_object_or_404(Credential.objects.exclude(text=""), certificate=certificate)
    _note(request, certificate)
    return _attached(kept.text.encode(), JWT, f"{certificate.serial}.jwt")


@login_required
@require_safe
def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """Send the bundle of a certificate to an officer over the issuing agency: it names who handled it."""
    certificate = _shown(code)
    if not may_export(cast(Person, request.user), certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate exports its proof."))
    _note(request, certificate)
    return _attached(certificate_bundle(certificate), "application/zip", f"{certificate.serial}.zip")


@cache_control(public=True, max_age=FRESH_FOR)
@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """Show a list of the credentials withdrawn, signed now."""
    kept = Credential.objects.filter(list_number=number)
    if not kept.exists():
        raise Http404
    gone = kept.withdrawn(today()).values_list("list_index", flat=True)
    text = status_list(number, gone, at=timezone.now())
    return HttpResponse(text, content_type=JWT)


@cache_control(public=True, max_age=3600)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Show the public keys that credentials and bundles are signed with (JWKS)."""
    return JsonResponse(key_set())


@cache_control(public=True, max_age=3600)
@require_safe
def key(request: HttpRequest, name: str) -> HttpResponse:
    """Show one public key, at the address that credentials name it by."""
    found = [each for each in key_set()["keys"] if each["kid"].endswith(f"/{name}")]
    if not found:
        raise Http404
    return JsonResponse(found[0])


@cache_control(public=True, max_age=3600)
@require_safe
def issuer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the profile of an agency that has issued certificates, under the name of its last one."""
    last = Certificate.objects.shown().filter(issuer=pk).order_by("-issued_at", "-pk").first()
    if last is None:
        raise Http404
    return JsonResponse(profile(agency_id=pk, name=last.issuer_name))


@cache_control(public=True, max_age=3600)
@require_safe
def achievement(request: HttpRequest, course: str, version: int) -> HttpResponse:
    """Show what a course version was, as certificates froze it."""
    shown = Certificate.objects.shown().filter(course_code=course, course_version=version or None)
    last = shown.order_by("-issued_at", "-pk").first()
    if last is None:
        raise Http404
    facts = last.facts["course"]
    told = {name: facts[name] for name in ("code", "version", "name", "hours", "form")}
    return JsonResponse({"id": request.build_absolute_uri(), "type": ["Achievement"], **told})


def _shown(code: str) -> Certificate:
    return get_object_or_404(Certificate.objects.shown().select_related("person"), public_code=code)


def _note(request: HttpRequest, certificate: Certificate) -> None:
    note_access(
        person=certificate.person, page=AccessEvent.Page.CERTIFICATE_FILE, by=cast(Person, request.user)
    )


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
