"""What is kept in the Wagtail admin: certificate templates, their versions, and where each is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from certificates.actions import delete_uses, draft_version, save_use
from certificates.forms import TemplateVersionForm
from certificates.models import CertificateTemplate, TemplateUse, TemplateVersion
from lms.people.models import Person


class TemplateCreateView(CreateView):
    """Makes a template with the draft of its first version, and goes on to that."""

    def save_instance(self) -> CertificateTemplate:
        """Write the template and its draft."""
        template: CertificateTemplate = self.form.save()
        draft_version(template=template, by=self.request.user)
        log(instance=template, action="wagtail.create", content_changed=True)
        return template


class TemplateViewSet(SnippetViewSet):
    """Templates by name."""

    model = CertificateTemplate
    icon = "form"
    menu_label = _("Templates")
    add_view_class = TemplateCreateView
    copy_view_enabled = False
    list_display = ["name", "code", "kind", "is_default"]
    search_fields = ["name", "code"]
    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("kind")]


class VersionEditView(EditView):
    """Changes a draft; a published version is only looked at."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send whoever opens a published version to its preview."""
        version = TemplateVersion.objects.filter(pk=self.kwargs["pk"]).first()
        if version and not version.is_draft:
            messages.info(request, _("A published version never changes. Make a new version to change it."))
            return redirect("certificate-template-version", version.pk)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_success_url(self) -> str:
        """Go on to the preview."""
        return reverse("certificate-template-version", args=[self.object.pk])

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, and show what it looks like."""
        super().form_valid(form)
        return HttpResponseRedirect(self.get_success_url())


class VersionViewSet(SnippetViewSet):
    """Versions of templates."""

    model = TemplateVersion
    icon = "doc-full"
    menu_label = _("Versions")
    edit_view_class = VersionEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["__str__", "state", "language", "paper", "published_at"]
    list_filter = ["template", "state"]

    @cached_property
    def edit_handler(self) -> Any:
        """The form, with the list of fields beside the wording."""
        return ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("language"), FieldPanel("paper"), FieldPanel("ground")]),
                        FieldRowPanel([FieldPanel("superior"), FieldPanel("superior_words")]),
                        FieldPanel("logo_file"),
                    ],
                    heading=_("Sheet and head"),
                ),
                HelpPanel(template="certificates/admin/fields.html", heading=_("Fields of the wording")),
                MultiFieldPanel([FieldPanel("title"), FieldPanel("wording")], heading=_("Vietnamese")),
                MultiFieldPanel([FieldPanel("title_en"), FieldPanel("wording_en")], heading=_("English")),
                FieldPanel("hidden"),
                InlinePanel(
                    "signers",
                    [
                        FieldRowPanel([FieldPanel("authority"), FieldPanel("body")]),
                        FieldRowPanel([FieldPanel("title"), FieldPanel("name")]),
                        FieldPanel("place"),
                    ],
                    heading=_("Signers"),
                    label=_("Signer"),
                    min_num=1,
                    max_num=2,
                ),
            ],
            base_form_class=TemplateVersionForm,
        )


class RefusesTwoAtOnce:
    """Says in the form what another choice, made at the same moment, stands against."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or go back to the form with the reason."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class UseCreateView(RefusesTwoAtOnce, CreateView):
    """Writes which template is used where, through the action that refuses two at once."""

    def save_instance(self) -> TemplateUse:
        """Write the choice."""
        return save_use(use=self.form.save(commit=False), by=self.request.user)


class UseEditView(RefusesTwoAtOnce, EditView):
    """Changes which template is used where."""

    def save_instance(self) -> TemplateUse:
        """Write the choice."""
        self.has_content_changes = self.form.has_changed()
        return save_use(use=self.form.save(commit=False), by=self.request.user)


class UseViewSet(SnippetViewSet):
    """Which template a course or agency uses."""

    model = TemplateUse
    icon = "calendar-alt"
    menu_label = _("Where they are used")
    add_view_class = UseCreateView
    edit_view_class = UseEditView
    copy_view_enabled = False
    list_display = ["template", "course", "agency", "valid_from", "valid_to"]
    list_filter = ["template"]
    panels = [
        FieldPanel("template"),
        FieldRowPanel([FieldPanel("course"), FieldPanel("agency")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class CertificatesGroup(SnippetViewSetGroup):
    """One place in the menu for all of it."""

    items = (TemplateViewSet, VersionViewSet, UseViewSet)
    menu_label = _("Certificate templates")
    menu_icon = "form"
    menu_order = 210


def keep_or_delete(request: HttpRequest, rows: Sequence[Model]) -> HttpResponse | None:
    """Answer before Wagtail deletes, one row or many: what certificates stand on is kept, and why is said.

    Choices of templates are taken away by the action that writes the audit log.
    """
    if any(isinstance(row, TemplateVersion) and not row.is_draft for row in rows):
        messages.error(request, _("A published version is never deleted: certificates are printed with it."))
        return redirect(VersionViewSet().get_url_name("list"))
    templates = [row.pk for row in rows if isinstance(row, CertificateTemplate)]
    if TemplateVersion.objects.filter(template__in=templates).exists():
        messages.error(
            request, _("This template has versions: it cannot be deleted. Delete its draft, or use another.")
        )
        return redirect(TemplateViewSet().get_url_name("list"))
    uses = [row for row in rows if isinstance(row, TemplateUse)]
    if uses and request.method == "POST":
        delete_uses(uses=uses, by=cast(Person, request.user))
        messages.success(request, _("The choice of template was taken away."))
        return redirect(UseViewSet().get_url_name("list"))
    return None


def version_button(version: TemplateVersion) -> ListingButton:
    """Return the button of the list that opens the preview."""
    return ListingButton(
        _("Preview"),
        reverse("certificate-template-version", args=[version.pk]),
        icon_name="view",
        priority=5,
    )
