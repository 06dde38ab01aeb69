"""What a lesson may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

if TYPE_CHECKING:
    from wagtail.blocks.stream_block import StreamValue

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "blockquote"]


class ImageBlock(blocks.StructBlock):
    """A picture with the words that stand for it."""

    image = ImageChooserBlock(label=_("image"))
    description = blocks.CharBlock(
        label=_("description"),
        help_text=_("What the picture shows, for those who cannot see it."),
        max_length=300,
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    """A video file of our own, with captions for those who cannot hear it."""

    video = DocumentChooserBlock(label=_("video file (MP4 or WebM)"))
    title = blocks.CharBlock(label=_("title"), max_length=200)
    minutes = blocks.IntegerBlock(label=_("length in minutes"), required=False, min_value=1, max_value=600)
    captions = DocumentChooserBlock(label=_("captions (WebVTT)"), required=False)
    transcript = blocks.RichTextBlock(label=_("transcript"), required=False, features=TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "courses/blocks/video.html"


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "courses/blocks/document.html"


class H5PBlock(blocks.StructBlock):
    """An H5P activity: practice and presence, never proof."""

    content = SnippetChooserBlock("courses.Content", label=_("H5P activity"))

    class Meta:
        icon = "pick"
        label = _("H5P activity")
        template = "courses/blocks/h5p.html"


class LessonBody(blocks.StreamBlock):
    """The parts of a lesson, in any order."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT_FEATURES)
    image = ImageBlock()
    video = VideoBlock()
    document = DocumentBlock()
    h5p = H5PBlock()


def activity_key(content: Any) -> str:
    """Return the name by which progress remembers an H5P activity."""
    return str(content.key)


def lesson_activity_keys(body: StreamValue) -> set[str]:
    """Return the keys of all H5P activities of a lesson's body."""
    return {
        activity_key(block.value["content"])
        for block in body
        if block.block_type == "h5p" and block.value["content"]
    }


def lesson_words(body: StreamValue) -> int:
    """Count the words of a lesson's texts, as a reader sees them."""
    texts = [block.value.source for block in body if block.block_type == "text"]
    texts += [
        block.value["transcript"].source
        for block in body
        if block.block_type == "video" and block.value["transcript"]
    ]
    return sum(len(strip_tags(text.replace("<", " <")).split()) for text in texts)


def lesson_videos(body: StreamValue) -> list[int]:
    """Return the length in minutes of each video, 0 where its author did not say."""
    return [block.value["minutes"] or 0 for block in body if block.block_type == "video"]
