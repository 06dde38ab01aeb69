"""What authors keep in the Wagtail admin: H5P activities, brought in as files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from courses.h5p.actions import import_package
from courses.h5p.forms import UploadForm
from courses.h5p.models import Content
from courses.h5p.package import PackageRefused
from lms.people.rules import may


class UploadMixin:
    """Takes the uploaded package in; a refusal stands at the file's field."""

    log_action = "wagtail.create"

    def form_valid(self: Any, form: UploadForm) -> HttpResponse:
        """Import the package through the one action. New libraries wait, whoever brings them:

        they are approved where their hash and habits are shown.
        """
        self.form = form
        self.produced_error_message = None
        try:
            imported = import_package(
                file=form.cleaned_data["file"],
                by=self.request.user,
                approve=False,
                replace=form.instance if form.instance.pk else None,
            )
        except PackageRefused as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        if imported.content is None:
            form.add_error("file", imported.waiting_sentence)
            return self.form_invalid(form)
        for sentence in imported.remarks:
            messages.info(self.request, sentence)
        self.object = imported.content
        self.has_content_changes = True
        log(instance=self.object, action=self.log_action, content_changed=True)
        return self.save_action()


class ContentCreateView(UploadMixin, CreateView):
    """Makes an activity from a file."""


class ContentEditView(UploadMixin, EditView):
    """Replaces an activity's file."""

    log_action = "wagtail.edit"


class ContentViewSet(SnippetViewSet):
    """H5P activities."""

    model = Content
    icon = "pick"
    menu_label = _("H5P activities")
    add_view_class = ContentCreateView
    edit_view_class = ContentEditView
    copy_view_enabled = False
    list_display = [
        "title",
        Column("library", label=_("type"), accessor="library"),
        "created_at",
        "replaced_at",
    ]
    search_fields = ["title"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave parameters and file lists in the database."""
        return Content.objects.for_list()

    @cached_property
    def edit_handler(self) -> Any:
        return ObjectList(
            [HelpPanel(template="courses/h5p/edit_help.html"), FieldPanel("file")], base_form_class=UploadForm
        )


class LibrariesMenuItem(MenuItem):
    """The way to the libraries, for those who may approve them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to administrators only."""
        return may(request.user, "courses.approve_library")


def libraries_menu_item() -> LibrariesMenuItem:
    """Return the menu's entry for the libraries page."""
    return LibrariesMenuItem(_("H5P libraries"), reverse("h5p_libraries"), icon_name="code", order=260)


def preview_button(snippet: Content) -> ListingButton:
    """Return the button of the list that opens the preview."""
    return ListingButton(
        _("Preview"), reverse("h5p_preview", args=[snippet.pk]), icon_name="view", priority=5
    )
