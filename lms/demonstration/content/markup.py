"""Lesson text as authors of plain files write it, turned into the rich text of a lesson page.

Knows exactly what the lessons use: headings, paragraphs, lists, quotations, bold, italics, addresses.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

BULLET, NUMBER = re.compile(r"- (.*)"), re.compile(r"\d+\. (.*)")
INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
    (re.compile(r"`(.+?)`"), r"<i>\1</i>"),
)


def rich_text(markdown: str) -> str:
    """Return the text as HTML of the features a lesson allows."""
    return "".join(_blocks(markdown.splitlines()))


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(lines, _kind):
        texts = list(group)
        if kind in ("ul", "ol"):
            items = "".join(f"<li>{_inline(text.split(' ', 1)[1])}</li>" for text in texts)
            yield f"<{kind}>{items}</{kind}>"
        elif kind == "blockquote":
            yield f"<blockquote>{_inline(' '.join(text.lstrip('> ') for text in texts))}</blockquote>"
        elif kind:
            yield from (f"<{kind}>{_inline(text.lstrip('# '))}</{kind}>" for text in texts)


def _kind(line: str) -> str:
    if BULLET.match(line):
        return "ul"
    if NUMBER.match(line):
        return "ol"
    for start, kind in (("> ", "blockquote"), ("### ", "h3"), ("## ", "h2")):
        if line.startswith(start):
            return kind
    return "p" if line.strip() else ""


def _inline(text: str) -> str:
    marked = escape(text, quote=False)
    for pattern, replacement in INLINE:
        marked = pattern.sub(replacement, marked)
    return marked
