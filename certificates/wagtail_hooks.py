"""What this room adds to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet

from certificates.models import TemplateVersion
from certificates.printing import printed_today
from certificates.views import templates
from certificates.viewsets import CertificatesGroup, keep_or_delete, version_button
from courses.ports import answer_printed

register_snippet(CertificatesGroup)
answer_printed(printed_today)


@hooks.register("register_admin_urls")
def template_pages() -> list[Any]:
    """Add the preview of a version, publishing it, and beginning the next."""
    where = "certificates/templates"
    return [
        path(f"{where}/<int:pk>/", templates.version, name="certificate-template-version"),
        path(f"{where}/<int:pk>/preview/", templates.preview, name="certificate-template-preview"),
        path(f"{where}/<int:pk>/publish/", templates.publish, name="certificate-template-publish"),
        path(f"{where}/<int:pk>/next/", templates.begin_next, name="certificate-template-next"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_certificates_stand_on(request: HttpRequest, rows: Sequence[Model]) -> HttpResponse | None:
    """Keep what was published, however it is to be deleted."""
    return keep_or_delete(request, rows)


@hooks.register("register_snippet_listing_buttons")
def preview_in_list(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """Put a preview button beside each version."""
    if isinstance(snippet, TemplateVersion):
        yield version_button(snippet)
