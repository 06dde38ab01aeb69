"""Pages of authors and administrators: preview an activity, look at a library, approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from courses.h5p.actions import approve_library
from courses.h5p.models import Content, Library
from courses.h5p.package import PackageRefused
from lms.people.access import requires

if TYPE_CHECKING:
    from lms.people.models import Person


@requires("courses.author")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an activity as learners will see it; nothing is counted."""
    content = get_object_or_404(Content.objects.for_list(), pk=pk)
    return render(request, "courses/h5p/preview.html", {"content": content})


@requires("courses.approve_library")
def libraries(request: HttpRequest) -> HttpResponse:
    """List the libraries, those that wait first."""
    rows = Library.objects.light().select_related("approved_by", "installed_by")
    return render(
        request,
        "courses/h5p/libraries.html",
        {"waiting": rows.waiting(), "approved": rows.approved()},
    )


@requires("courses.approve_library")
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an approval is about: name, version, licence, hash, eval, outside hosts."""
    row = get_object_or_404(
        Library.objects.defer("semantics").select_related("installed_by", "approved_by"), pk=pk
    )
    return render(request, "courses/h5p/library.html", {"library": row})


@require_POST
@requires("courses.approve_library")
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen libraries: exactly the files that were shown, or none of them."""
    chosen = [value.partition(":") for value in request.POST.getlist("library")]
    hashes = {int(pk): sha256 for pk, _colon, sha256 in chosen if pk.isascii() and pk.isdigit()}
    if not hashes:
        messages.error(request, _("Choose at least one library."))
        return redirect("h5p_libraries")
    try:
        approved = _approve(hashes, request)
    except PackageRefused as error:
        messages.error(request, str(error))
        return redirect("h5p_libraries")
    messages.success(
        request,
        ngettext("%(count)s library approved.", "%(count)s libraries approved.", approved)
        % {"count": approved},
    )
    return redirect("h5p_libraries")


@transaction.atomic
def _approve(hashes: dict[int, str], request: HttpRequest) -> int:
    rows = Library.objects.light().filter(pk__in=hashes)
    for row in rows:
        approve_library(library=row, sha256=hashes[row.pk], by=cast("Person", request.user))
    return len(rows)
