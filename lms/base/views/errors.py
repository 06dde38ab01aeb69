"""The page of what is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


class FileGone(Http404):
    """A row names a file that the storage no longer has; the message says so to whoever asked for it.

    Other messages of Http404 are Django's own, in English and of models: they are not shown.
    """


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    """Say that there is no page here, or which file has gone."""
    sentence = str(exception) if isinstance(exception, FileGone) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)
