"""The structure of a page for those who listen to it: which words are a title, a paragraph, a picture, and in which order.

reportlab 5 has no tags of its own; its catalogue takes a structure tree, and marks may stand in a page's content.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString

DOCUMENT = "structure-document"
ROOT = "structure-root"


class Tags:
    """The marks of one page, and the tree made of them."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.elements: list[tuple[str, str, str]] = []

    @contextmanager
    def element(self, kind: str, *, alternative: str = "", language: str = "") -> Iterator[None]:
        """Mark what is drawn inside as a title (H1), a paragraph (P) or a picture (Figure) with its words."""
        self.canvas._code.append(f"/{kind} <</MCID {len(self.elements)}>> BDC")
        self.elements.append((kind, alternative, language))
        yield
        self.canvas._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside as decoration: it is not read out."""
        self.canvas._code.append("/Artifact BMC")
        yield
        self.canvas._code.append("EMC")

    def close(self) -> None:
        """Write the tree into the file, after the page was shown."""
        document = self.canvas._doc
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = 0, PDFName("S")
        leaves = [self._leaf(document, place) for place in range(len(self.elements))]
        top = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
        top["K"], top["Lang"] = PDFArray(leaves), PDFString("vi")
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        top["P"] = document.Reference(root, ROOT)
        root["K"] = document.Reference(top, DOCUMENT)
        root["ParentTree"] = PDFDictionary({"Nums": PDFArray([0, PDFArray(leaves)])})
        document._catalog.StructTreeRoot = root
        document._catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def _leaf(self, document: Any, place: int) -> Any:
        kind, alternative, language = self.elements[place]
        leaf = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(kind), "K": place})
        leaf["Pg"] = document.Reference(document.Pages.pages[-1])
        if alternative:
            leaf["Alt"] = PDFString(alternative)
        if language:
            leaf["Lang"] = PDFString(language)
        reference = document.Reference(leaf, f"structure-{place}")
        leaf["P"] = PDFObjectReference(DOCUMENT)
        return reference
