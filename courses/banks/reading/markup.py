"""XML from outside: every element knows its line; what would attack is refused."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DTDForbidden, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from lms.base.importing import FileRefused

LINE = "\0line"
MAX_DEPTH = 60
UNDEFINED_ENTITY = 11
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


class _Lines(TreeBuilder):
    """Builds the tree and writes down where each element begins."""

    parser: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        line = self.parser.parser.CurrentLineNumber
        if self._depth > MAX_DEPTH:
            raise FileRefused(_("Line %(line)d: the elements are nested too deeply.") % {"line": line})
        element = super().start(tag, attrs)
        element.set(LINE, str(line))
        return element

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def tree_of(text: str) -> tuple[Element, int]:
    """Return the root, and the line of the first sign XML forbids (0 for none); raise FileRefused, naming the line."""
    bad = _FORBIDDEN.search(text)
    line = text.count("\n", 0, bad.start()) + 1 if bad else 0
    # What was decoded no longer is in the encoding that its first line declares.
    declared = _DECLARED.match(text)
    body = _FORBIDDEN.sub("", text)
    if declared:
        body = "\n" * declared[0].count("\n") + body[declared.end() :]
    builder = _Lines()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    try:
        parser.feed(body.lstrip("\ufeff"))
        root = parser.close()
    except ParseError as error:
        raise FileRefused(_sentence(error)) from None
    except (DTDForbidden, EntitiesForbidden):
        raise FileRefused(
            _("The file declares a document type or entities of its own: it is refused as a possible attack.")
        ) from None
    return root, line


def line_of(element: Element) -> int:
    """Return the line on which an element begins."""
    return int(element.get(LINE, "1"))


def _sentence(error: ParseError) -> str:
    line, column = error.position
    words = {"line": line, "column": column + 1}
    if error.code == UNDEFINED_ENTITY:
        return (
            _(
                "Line %(line)d, column %(column)d: an entity such as &nbsp; is not known to XML; write &#160; or use CDATA."
            )
            % words
        )
    return _("Line %(line)d, column %(column)d: this is no well-formed XML. Nothing was read.") % words
