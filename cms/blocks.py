"""What a public page is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


def check_address(address: str) -> None:
    """Refuse an address that is neither a page of this site nor a secure one elsewhere."""
    own = address.startswith("/") and not address.startswith("//")
    if not own and not address.startswith("https://"):
        raise ValidationError(_("An address starts with / (a page of this site) or https:// (another site)."))


class LinkBlock(blocks.StructBlock):
    """A link of the navigation or the footer, named in both languages."""

    label = blocks.CharBlock(label=_("Label in Vietnamese"), max_length=60)
    label_en = blocks.CharBlock(label=_("Label in English"), max_length=60, required=False)
    address = blocks.CharBlock(label=_("Address"), max_length=500, validators=[check_address])

    class Meta:
        label = _("Link")
        icon = "link"


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words."""

    image = ImageChooserBlock(label=_("Picture"))
    words = blocks.CharBlock(
        label=_("What it shows"), max_length=250, help_text=_("Read out to who cannot see it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "cms/blocks/picture.html"


class NoticeBlock(blocks.StructBlock):
    """A framed notice."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Information")), ("success", _("Good news")), ("warning", _("Attention"))],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])

    class Meta:
        label = _("Notice")
        icon = "warning"
        template = "cms/blocks/notice.html"


class FileBlock(blocks.StructBlock):
    """A document to download, with its kind and size."""

    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(label=_("Label"), max_length=200, required=False)

    class Meta:
        label = _("File to download")
        icon = "doc-full"
        template = "cms/blocks/file.html"


class PageBody(blocks.StreamBlock):
    """The running text of a public page."""

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, template="cms/blocks/text.html")
    picture = PictureBlock()
    notice = NoticeBlock()
    file = FileBlock()


class Links(blocks.StreamBlock):
    """An ordered list of links."""

    link = LinkBlock()


def text_body(html: str) -> list[dict[str, Any]]:
    """Return a page body of one text, as StreamField takes it."""
    return [{"type": "text", "value": html}]
