"""From an uploaded XLSForm to the XForm that the engine runs and the questions that minutes print."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

MAX_SIZE = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ENTRIES = 500
GROUPS = ("group", "repeat")


class SheetRefused(Exception):
    """The sheet is no usable XLSForm; the sentence says why."""


@dataclass(frozen=True)
class Form:
    """A converted checklist."""

    title: str
    form_id: str
    xform: str
    questions: list[dict[str, Any]]


def convert(content: bytes) -> Form:
    """Convert an XLSX; raise SheetRefused with pyxform's own words where it cannot."""
    _refuse_unfit(content)
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as to_xform

    try:
        made = to_xform(content, file_type=".xlsx", validate=False)
    except PyXFormError as error:
        raise SheetRefused(_("The checklist cannot be used: %(error)s") % {"error": error}) from None
    except Exception as error:
        # openpyxl raises whatever it stumbles over in a damaged workbook.
        raise SheetRefused(
            _("The workbook cannot be read: %(error)s") % {"error": type(error).__name__}
        ) from None
    survey = made._pyxform
    questions = list(_questions(survey.get("children", []), []))
    if not questions:
        raise SheetRefused(_("The checklist has no questions."))
    return Form(str(survey.get("title", "")), str(survey["id_string"]), made.xform, questions)


def _refuse_unfit(content: bytes) -> None:
    if len(content) > MAX_SIZE:
        raise SheetRefused(_("The file is larger than %(limit)d MB.") % {"limit": MAX_SIZE // 1024 // 1024})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise SheetRefused(_("This is no XLSX workbook.")) from None
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise SheetRefused(
            _("The workbook unpacks to far more than its size: it is refused as a possible attack.")
        )


def _questions(children: list[dict[str, Any]], groups: list[str]) -> Any:
    for child in children:
        kind = child.get("type", "")
        if kind in GROUPS:
            if child.get("name") != "meta":
                yield from _questions(child.get("children", []), [*groups, _words(child.get("label"))])
            continue
        yield {
            "name": child["name"],
            "type": kind,
            "label": _words(child.get("label")),
            "hint": _words(child.get("hint")),
            "group": groups[-1] if groups else "",
            "choices": {choice["name"]: _words(choice.get("label")) for choice in child.get("choices", [])},
        }


def _words(label: Any) -> str:
    """Return a label; of several languages Vietnamese, else the first."""
    if isinstance(label, dict):
        vietnamese = [text for language, text in label.items() if "vi" in language.casefold()]
        return str((vietnamese or list(label.values()) or [""])[0])
    return str(label or "")
