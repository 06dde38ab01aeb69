"""Text of an activity: the markup its semantics name, cleaned; everything else as plain text."""

import html
import re
from collections.abc import Iterable
from typing import Any

import nh3

# What H5P's own editor writes for a tag that semantics allow.
_COMPANIONS: dict[str, tuple[str, ...]] = {
    "strong": ("b",),
    "b": ("strong",),
    "em": ("i",),
    "i": ("em",),
    "del": ("s", "strike"),
    "u": ("ins",),
    "ul": ("li",),
    "ol": ("li",),
    "table": ("thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col"),
    "dl": ("dt", "dd"),
}
_ALWAYS = ("div", "span", "p", "br")
# A library may ask for more; these never pass.
_NEVER = frozenset(
    (
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "link",
        "meta",
        "base",
        "svg",
        "math",
    )
)
_TAG = re.compile(r"[a-z][a-z0-9]*")
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href", "target"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height"},
}
_STYLES = {
    "text-align",
    "vertical-align",
    "width",
    "height",
    "border",
    "border-style",
    "border-width",
    "border-color",
}
_FONT_STYLES = {
    "size": "font-size",
    "family": "font-family",
    "color": "color",
    "background": "background-color",
    "spacing": "letter-spacing",
    "height": "line-height",
}


def plain(text: str) -> str:
    """Return text safe to stand in a page, escaped once however often it comes by."""
    return html.escape(html.unescape(text))


def rich(text: str, tags: Iterable[Any], font: Any = None) -> str:
    """Return markup reduced to the tags and styles that semantics allow."""
    allowed = _allowed_tags(tags)
    return nh3.clean(
        text,
        tags=allowed,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag == "*" or tag in allowed},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        filter_style_properties=_STYLES | _font_styles(font),
    )


def _allowed_tags(tags: Iterable[Any]) -> set[str]:
    asked = {tag.lower() for tag in tags if isinstance(tag, str) and _TAG.fullmatch(tag.lower())}
    companions = {companion for tag in asked for companion in _COMPANIONS.get(tag, ())}
    return (asked | companions | set(_ALWAYS)) - _NEVER


def _font_styles(font: Any) -> set[str]:
    if not isinstance(font, dict):
        return set()
    return {style for key, style in _FONT_STYLES.items() if font.get(key)}
