"""A Word template somebody sent: what speaks against it, each as one sentence. Templates are code until they are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from lms.base.documents.word.fields import BODY, FIELDS
from lms.base.documents.word.filling import environment
from lms.base.office_xml import declares, hides_its_words

LARGEST_TEMPLATE = 2 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 300
RELATION = re.compile(rb"<Relationship\s[^>]*>")
MAIN = "word/document.xml"
# What a template may say: fields, conditions, loops, and these filters.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const, nodes.Filter,
)  # fmt: skip
FILTERS = frozenset({"upper", "lower", "capitalize", "trim", "length", "first", "last", "join"})
LOOP = {"loop": {"index": "", "index0": "", "first": "", "last": "", "length": ""}}


def template_faults(content: bytes, more: Mapping[str, Any] | None = None) -> list[str]:
    """Return what speaks against a template, nothing where it may be used.

    ``more``: the names it may use beside FIELDS, as a sample of their shape: a list stands for any number.
    """
    if refused := _package_fault(content):
        return [refused]
    try:
        tree = _tree(content)
    except TemplateError as error:
        return [_("The template cannot be read: %(message)s") % {"message": error}]
    except Exception:  # whatever a broken file makes the reader raise
        return [_("The file is damaged: Word documents look otherwise inside.")]
    found = list(dict.fromkeys(_faults(tree, {**(more or {}), **FIELDS})))
    if BODY not in {node.name for node in tree.find_all(nodes.Name)}:
        found.append(
            _("The template has no place for the text: write {{ %(name)s }} on a line of its own.")
            % {"name": BODY}
        )
    return found


def _package_fault(content: bytes) -> str:
    if len(content) > LARGEST_TEMPLATE:
        return _("The template is larger than %(limit)d MB.") % {"limit": LARGEST_TEMPLATE // 1024 // 1024}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _parts_fault(package)
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return _("This is not a Word document (.docx).")


def _parts_fault(package: zipfile.ZipFile) -> str:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if MAIN not in names:
        return _("This is not a Word document (.docx).")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return _("The file unpacks to far more than a template holds; it was not opened.")
    if any(name.lower().endswith((".bin", ".exe", ".js", ".vbs")) for name in names):
        return _("The template holds macros or embedded programs: save it as a plain .docx without them.")
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            text = package.read(name)
            if declares(text) or hides_its_words(text):
                return _("The template holds definitions that Word itself never writes; it was not opened.")
            if name.endswith(".rels") and any(map(_reaches_out, RELATION.findall(text))):
                return _("The template fetches something from another place: embed it or take it out.")
    return ""


def _reaches_out(relation: bytes) -> bool:
    """Tell whether Word would fetch something by itself: a link waits until it is clicked."""
    return b'"External"' in relation and b"/hyperlink" not in relation


def _tree(content: bytes) -> nodes.Template:
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    sources = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        sources += [template.get_part_xml(part) for _id, part in template.get_headers_footers(uri)]
    return environment().parse("\n".join(template.patch_xml(source) for source in sources))


def _faults(node: nodes.Node, names: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
        yield _(
            "Line %(line)d of the template does more than a template may: only fields, “if” and “for” are read."
        ) % {"line": node.lineno}
        return
    if isinstance(node, nodes.For):
        yield from _of_loop(node, names)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        if _meant(node, names) is None:
            yield _("The template names the field “%(name)s”, which is not known.") % {"name": _written(node)}
        return
    for child in node.iter_child_nodes():
        yield from _faults(child, names)


def _of_loop(node: nodes.For, names: Mapping[str, Any]) -> Iterator[str]:
    yield from _faults(node.iter, names)
    over = _meant(node.iter, names)
    if over is not None and not isinstance(over, list):
        yield _("The template goes through “%(name)s”, which is no list.") % {"name": _written(node.iter)}
    inside = {**names, **LOOP}
    if isinstance(node.target, nodes.Name):
        inside[node.target.name] = over[0] if isinstance(over, list) and over else {}
    for child in (*node.body, *node.else_):
        yield from _faults(child, inside)


def _meant(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """Return the sample a field stands for; None where there is no such field."""
    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr):
        above = _meant(node.node, names)
        return above.get(node.attr) if isinstance(above, Mapping) else None
    return ""


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""
