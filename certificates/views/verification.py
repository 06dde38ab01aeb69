"""The public pages: is this certificate real, and does it still count?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.forms import CodeForm, FileForm
from certificates.models import Certificate
from certificates.views.limits import too_often

UNKNOWN_CODES_A_MINUTE = 60
FILES_A_MINUTE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file, and lead to the certificate it belongs to."""
    if request.method == "POST":
        return _compare(request, None)
    code_form = CodeForm(request.GET if "code" in request.GET else None)
    if code_form.is_bound and code_form.is_valid():
        return redirect("verify-certificate", code_form.cleaned_data["code"])
    return _public(request, "verify", {"code_form": code_form, "file_form": FileForm()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the certificate with this code says and how it stands; compare a file with it."""
    certificate = Certificate.objects.with_standing().filter(public_code=code).first()
    if certificate is None:
        return _unknown(request, code)
    if request.method == "POST":
        return _compare(request, certificate)
    return _shown(request, certificate, FileForm())


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
    found = Certificate.objects.with_standing().filter(file_sha256=form.sha256).first()
    if found and (expected is None or expected.pk == found.pk):
        return _shown(request, found, FileForm(), comparison="same")
    if expected:
        return _shown(request, expected, FileForm(), comparison="other", sha256=form.sha256)
    sentence = _("This file is not one of our certificates, or it was changed after it was issued.")
    return _refused(request, sentence, 200, sha256=form.sha256)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    if too_often(request, "codes", UNKNOWN_CODES_A_MINUTE):
        return _refused(
            request, _("Too many unknown codes in one minute from your network. Please wait a little."), 429
        )
    sentence = _("No certificate bears this code. Please compare it with the paper, letter by letter.")
    return _refused(request, sentence, 404, code=code)


def _shown(request: HttpRequest, certificate: Certificate, form: FileForm, **more: Any) -> HttpResponse:
    context = {"certificate": certificate, "standing": certificate.standing, "file_form": form, **more}
    return _public(request, "certificate", context)


def _refused(
    request: HttpRequest, sentence: str, status: int, *, code: str = "", **more: Any
) -> HttpResponse:
    code_form = CodeForm(initial={"code": code})
    context = {"code_form": code_form, "file_form": FileForm(), "sentence": sentence, **more}
    return _public(request, "verify", context, status)


def _public(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, f"certificates/{name}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
