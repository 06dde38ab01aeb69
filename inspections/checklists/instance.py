"""Reading what a form engine sends: instance XML, without believing it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

MAX_SIZE = 1024 * 1024
INSTANCE_ID = re.compile(r"uuid:([0-9a-fA-F-]{36})")
META = ("instanceID", "deprecatedID", "instanceName", "audit")


class InstanceRefused(Exception):
    """What was sent is no instance of the form; the sentence says why."""


@dataclass(frozen=True)
class Instance:
    """A sheet as sent: its UUID, its form, its answers by question name."""

    uuid: uuid.UUID
    form_id: str
    answers: dict[str, str]


def read_instance(xml: str) -> Instance:
    """Parse instance XML; raise InstanceRefused."""
    if len(xml) > MAX_SIZE:
        raise InstanceRefused(_("The sheet is too large."))
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise InstanceRefused(_("What was sent is no filled checklist.")) from None
    found: dict[str, str] = {}
    _collect(root, found)
    match = INSTANCE_ID.fullmatch(found.get("instanceID", ""))
    if match is None:
        raise InstanceRefused(_("The sheet has no identifier."))
    answers = {name: text for name, text in found.items() if name not in META}
    return Instance(uuid.UUID(match[1]), root.get("id", ""), answers)


def _collect(element: Element, found: dict[str, str]) -> None:
    for child in element:
        name = child.tag.rsplit("}", 1)[-1]
        if len(child):
            _collect(child, found)
        elif child.text and child.text.strip():
            found[name] = child.text.strip()
