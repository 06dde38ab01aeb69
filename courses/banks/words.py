"""Text out of other people's files: HTML made plain, one Unicode form, and what was lost named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from lms.base.importing import FileRefused
from lms.base.importing.legacy import legacy_of_all
from lms.base.vietnamese import nfc

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{3,}")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
_FORMULA = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$", re.DOTALL)
# Signs of formulas stand where TCVN3 has its letters: “km²” is no old encoding.
_SIGNS = re.compile("[²³°±·×÷µ½¼¾«»¹º®©§¢£¥]")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "thead",
        "tbody",
        "caption",
        "pre",
        "blockquote",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
    ]
)
_MEDIA = frozenset(["video", "audio", "iframe", "object", "embed", "source", "canvas", "svg"])
_SILENT = frozenset(("script", "style", "head", "title"))
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def tidy(text: str) -> str:
    """Return text in NFC without control signs; blanks single, lines kept, no more than one empty one between."""
    plain = _CONTROLS.sub("", nfc(text)).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_BLANKS.sub(" ", line).strip() for line in plain.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return text on one line."""
    return " ".join(tidy(text).split())


@dataclass(frozen=True)
class Plain:
    """A text made plain, and what it lost on the way."""

    text: str
    lost: tuple[str, ...] = ()


def plain_of(source: str, layout: str = "html") -> Plain:
    """Return what a marked-up text says; layouts are Moodle's: html, plain_text, moodle_auto_format, markdown."""
    if layout in ("plain_text", "plain") or not _MARKUP.search(source):
        text = tidy(source if layout != "html" else source.replace("\n", " "))
        return Plain(text, _formula(text))
    reader = _Reader(keeps_lines=layout != "html")
    reader.feed(_CONTROLS.sub("", source))
    reader.close()
    text = tidy("".join(reader.parts))
    return Plain(text, (*dict.fromkeys(reader.lost), *_formula(text)))


def _formula(text: str) -> tuple[str, ...]:
    found = _FORMULA.search(text)
    if found is None:
        return ()
    return (
        _("The formula %(formula)s stays as typed: look whether it reads well.") % {"formula": found[0][:60]},
    )


@dataclass
class _List:
    ordered: bool
    count: int = 0


class _Reader(HTMLParser):
    """Collects the words of an HTML text."""

    def __init__(self, *, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []
        self._keeps_lines = keeps_lines
        self._silent = 0
        self._preformatted = 0
        self._lists: list[_List] = []
        self._shift: list[tuple[str, int]] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._open_block(tag)
        elif tag in ("td", "th"):
            if self.parts and not self.parts[-1].endswith("\n"):
                self.parts.append(" | ")
        elif tag in ("sub", "sup"):
            self._shift.append((tag, len(self.parts)))
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self.parts)))
        elif tag == "img":
            self._picture(given)
        elif tag in _MEDIA:
            self.lost.append(
                _("A recording or embedded page was left out: look whether the question stands without it.")
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _BLOCKS and tag != "img":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag in ("sub", "sup") and self._shift:
            self._close_shift()
        elif tag == "a" and self._links:
            self._close_link()
        if tag in _BLOCKS and tag != "li":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            if data.strip():
                self.lost.append(_("A script or style sheet was left out."))
            return
        kept = self._keeps_lines or self._preformatted
        self.parts.append(data if kept else re.sub(r"\s+", " ", data))

    def _open_block(self, tag: str) -> None:
        self.parts.append("\n")
        if tag in ("ul", "ol"):
            self._lists.append(_List(tag == "ol"))
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "li":
            current = self._lists[-1] if self._lists else _List(ordered=False)
            current.count += 1
            self.parts.append(f"{current.count}. " if current.ordered else "- ")

    def _picture(self, given: dict[str, str]) -> None:
        alt = one_line(given.get("alt", ""))
        source = given.get("src", "")
        name = alt or ("" if source.startswith("data:") else source.rsplit("/", 1)[-1][:80])
        if alt:
            self.parts.append(f"[{alt}]")
        self.lost.append(
            _("The picture “%(name)s” was left out: look whether the question stands without it.")
            % {"name": name}
            if name
            else _("A picture was left out: look whether the question stands without it.")
        )

    def _close_shift(self) -> None:
        tag, start = self._shift.pop()
        inner = "".join(self.parts[start:]).strip()
        del self.parts[start:]
        table = _RAISED if tag == "sup" else _LOWERED
        if inner and all(ord(sign) in table for sign in inner):
            self.parts.append(inner.translate(table))
        elif inner:
            sign = "^" if tag == "sup" else "_"
            self.parts.append(f"{sign}{inner}" if len(inner) == 1 else f"{sign}({inner})")

    def _close_link(self) -> None:
        address, start = self._links.pop()
        words = one_line("".join(self.parts[start:]))
        if "@@PLUGINFILE@@" in address:
            self.lost.append(
                _("The attached file “%(name)s” was left out.") % {"name": address.rsplit("/", 1)[-1][:80]}
            )
        elif address.startswith(("http://", "https://")) and address.rstrip("/") != words.rstrip("/"):
            self.parts.append(f" ({address})")


def decoded(content: bytes) -> str:
    """Return the file's text; raise FileRefused where it is empty, binary or not Unicode, naming the line."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(_("The file is empty."))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            raise FileRefused(_("The file says that it is UTF-16 and is not.")) from None
    if b"\x00" in content:
        raise FileRefused(_("The file holds binary data: it is no text."))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused(
            _("Line %(line)d is not UTF-8: convert the file to Unicode (UTF-8) and send it again.")
            % {"line": line}
        ) from None


def refuse_legacy(texts: list[str]) -> None:
    """Raise FileRefused where most of the Vietnamese is in TCVN3 or VNI."""
    found = legacy_of_all(word for text in texts for word in _SIGNS.sub("", text).split("\n"))
    if found:
        raise FileRefused(
            _(
                "The text is in the old encoding %(encoding)s, not Unicode. Convert it first (UniKey:"
                " Ctrl+Shift+F6) and send the file again; read as it is, every name would be wrong."
            )
            % {"encoding": found}
        )
