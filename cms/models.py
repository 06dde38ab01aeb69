"""Public pages, navigation and footer. Every text stands in Vietnamese; English where it was written."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import Links, PageBody


class InBothLanguages:
    """Texts kept as `name` (Vietnamese) and `name_en`."""

    def in_language(self, name: str) -> Any:
        """Return the text in the reader's language; the Vietnamese one where there is no English."""
        english = getattr(self, f"{name}_en") if get_language() == "en" else None
        return english or getattr(self, name)

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return str(self.in_language("title"))

    @property
    def shown_introduction(self) -> str:
        """The introduction in the reader's language."""
        return str(self.in_language("introduction"))

    @property
    def shown_body(self) -> Any:
        """The running text in the reader's language."""
        return self.in_language("body")


class PublicPage(InBothLanguages, Page):
    """What all public pages have."""

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    body = StreamField(PageBody(required=False), verbose_name=_("text"), blank=True)
    body_en = StreamField(PageBody(required=False), verbose_name=_("text in English"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("introduction_en"), FieldPanel("body_en")],
            heading=_("In English"),
        ),
    ]

    class Meta:
        abstract = True


class HomePage(PublicPage):
    """A row is the first page of the site."""

    max_count = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class StandardPage(PublicPage):
    """A row is a public page of running text: help, about, news."""

    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("standard page")


@register_setting(icon="list-ul")
class SiteFrame(BaseGenericSetting):
    """The row is what stands around every page: links at the top and the foot, and who runs the site."""

    agency = models.ForeignKey(
        "people.Agency",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("agency that runs the site"),
        help_text=_("Its name of the day stands in the footer."),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    top_links = StreamField(Links(required=False), verbose_name=_("links at the top"), blank=True)
    foot_links = StreamField(Links(required=False), verbose_name=_("links in the footer"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("agency"), FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Who runs the site"),
        ),
        FieldPanel("top_links"),
        FieldPanel("foot_links"),
    ]

    class Meta:
        verbose_name = _("Navigation and footer")
