"""The public pages: is this certificate real, and does it still count?"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from certificates.codes import is_short_code, typed
from certificates.forms import LARGEST_FILE, CodeForm, FileForm
from certificates.models import Certificate
from certificates.printed import printed_certificate, printed_signatures
from certificates.recognition import recognised
from certificates.views.frame import framed, is_stranger
from certificates.views.limits import too_often

UNKNOWN_CODES_A_MINUTE = 60
FILES_A_MINUTE = 30
FORM_AROUND = 64 * 1024  # what a form has besides its file


@csrf_exempt  # only until the size is known: what reads the form asks for its token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file, and lead to the certificate it belongs to."""
    return _too_large(request) or _verify(request)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the certificate with this code says and how it stands; compare a file with it."""
    return _too_large(request) or _verify_certificate(request, code)


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _compare(request, None)
    code_form = CodeForm(request.GET if "code" in request.GET else None)
    if code_form.is_bound and code_form.is_valid():
        return redirect("verify-certificate", code_form.cleaned_data["code"])
    return _public(request, "verify", {"code_form": code_form, "file_form": FileForm()})


@csrf_protect
def _verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    certificate = printed_certificate(code)
    if certificate is None:
        return _by_short_code(request, code)
    if request.method == "POST":
        return _compare(request, certificate)
    return (
        _to_stranger(request, certificate)
        if is_stranger(request)
        else _shown(request, certificate, FileForm())
    )


def _to_stranger(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    page = framed(request, partial(_page, request, FileForm()), **_said(certificate))
    return _unlisted(HttpResponse(page))


def _page(request: HttpRequest, form: FileForm, said: dict[str, Any]) -> str:
    return render_to_string("certificates/certificate.html", {**said, "file_form": form}, request)


def _said(certificate: Certificate, **more: Any) -> dict[str, str]:
    """Return what the page says of the certificate, drawn; around it everything is the same for all."""
    context = {
        "certificate": certificate,
        "standing": certificate.standing,
        "signatures": printed_signatures(certificate.public_code),
        **more,
    }
    return {
        "heading": f"{certificate.get_kind_display()} {certificate.serial}",
        "serial": certificate.serial,
        "body": render_to_string("certificates/printed.html", context),
    }


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """Answer before a byte of a huge upload is read: Django would take all of it to look for the form's token."""
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    if announced <= LARGEST_FILE + FORM_AROUND:
        return None
    response = _refused(request, _("This file is larger than 10 MB; no certificate of ours is."), 413)
    response["Connection"] = "close"
    return response


def _by_short_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the certificate whose short code was typed; its check signs keep near codes from hitting another."""
    short = typed(code)
    found = Certificate.objects.shown().filter(short_code=short).first() if is_short_code(short) else None
    return redirect(found) if found else _unknown(request, code)


def _compare(request: HttpRequest, expected: Certificate | None) -> HttpResponse:
    if too_often(request, "files", FILES_A_MINUTE):
        return _refused(
            request, _("Too many files in one minute from your network. Please wait a little."), 429
        )
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        if expected:
            return _shown(request, expected, form)
        return _public(request, "verify", {"code_form": CodeForm(), "file_form": form})
    content = form.content
    found, sha256 = recognised(content), hashlib.sha256(content).hexdigest()
    if found.certificate and (expected is None or expected.pk == found.certificate.pk):
        comparison = "changed" if found.findings else "same"
        return _shown(
            request,
            found.certificate,
            FileForm(),
            comparison=comparison,
            findings=found.findings,
            sha256=sha256,
        )
    if expected:
        return _shown(
            request, expected, FileForm(), comparison="other", findings=found.findings, sha256=sha256
        )
    sentence = _("This file is not one of our certificates, or it was changed after it was issued.")
    return _refused(request, sentence, 200, findings=found.findings, sha256=sha256)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    if too_often(request, "codes", UNKNOWN_CODES_A_MINUTE):
        return _refused(
            request, _("Too many unknown codes in one minute from your network. Please wait a little."), 429
        )
    sentence = _("No certificate bears this code. Please compare it with the paper, letter by letter.")
    return _refused(request, sentence, 404, code=code)


def _shown(request: HttpRequest, certificate: Certificate, form: FileForm, **more: Any) -> HttpResponse:
    said: dict[str, Any] = {**_said(certificate, **more), "address": certificate.get_absolute_url()}
    return _unlisted(HttpResponse(_page(request, form, said)))


def _refused(
    request: HttpRequest, sentence: str, status: int, *, code: str = "", **more: Any
) -> HttpResponse:
    code_form = CodeForm(initial={"code": code})
    context = {"code_form": code_form, "file_form": FileForm(), "sentence": sentence, **more}
    return _public(request, "verify", context, status)


def _public(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return _unlisted(render(request, f"certificates/{name}.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
