"""What this room adds to Wagtail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses.h5p.models import Content
from courses.h5p.viewsets import LibrariesMenuItem, libraries_menu_item, preview_button
from courses.models import Question, QuestionBank
from courses.views.pages import serve_elsewhere
from courses.viewsets import CoursesGroup, bank_buttons

register_snippet(CoursesGroup)

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


# Innermost: Wagtail's own check of who may see the page has been passed.
@hooks.register("on_serve_page", order=100)
def serve_courses(serve: Serve) -> Serve:
    """Show our pages with what belongs to the one who asks, wherever editors moved them."""

    def serve_ours(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        return serve_elsewhere(request, page) or serve(page, request, args, kwargs)

    return serve_ours


@hooks.register("register_admin_menu_item")
def libraries_in_menu() -> LibrariesMenuItem:
    """Put the H5P libraries into the menu, for those who may approve them."""
    return libraries_menu_item()


@hooks.register("register_snippet_listing_buttons")
def buttons_in_list(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """Put a preview beside each H5P activity and question, and what can be done with it beside each bank."""
    if isinstance(snippet, Content):
        yield preview_button(snippet)
    if isinstance(snippet, Question):
        yield ListingButton(
            _("Preview and review"), reverse("question_preview", args=[snippet.pk]), priority=20
        )
    if isinstance(snippet, QuestionBank):
        yield from bank_buttons(snippet)
