"""The audit events of some records with their places in the chain, and the signed heads after them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from lms.base.audit.canonical import COLUMNS, canonical
from lms.base.bundle.packing import Part, json_part
from lms.base.models import AuditEvent, AuditHead, AuditLink

Target = tuple[str, str]


def audit_parts(targets: Iterable[Target]) -> list[Part]:
    """Return two parts of a bundle: the events about these records (label, key), and the heads that cover them."""
    places = audit_places(targets)
    return [
        json_part("audit.json", "audit", places),
        json_part("audit-heads.json", "audit_heads", heads(places)),
    ]


def audit_places(targets: Iterable[Target]) -> list[dict[str, Any]]:
    """Return the events that have their place in the chain, in the chain's own writing."""
    keys: dict[str, list[str]] = {}
    for label, key in targets:
        keys.setdefault(label, []).append(key)
    if not keys:
        return []
    about = reduce(or_, (Q(target_type=label, target_id__in=of) for label, of in keys.items()))
    events = AuditEvent.objects.filter(about)
    links = {link.event_id: link for link in AuditLink.objects.filter(event_id__in=events.values("pk"))}
    return [
        {
            "sequence": links[values[0]].sequence,
            "previous": links[values[0]].previous,
            "hash": links[values[0]].hash,
            "text": canonical(values),
        }
        for values in events.order_by("pk").values_list(*COLUMNS)
        if values[0] in links
    ]


def heads(places: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the signed head next after each place, once."""
    found: dict[int, dict[str, Any]] = {}
    for place in places:
        head = AuditHead.objects.filter(sequence__gte=place["sequence"]).order_by("sequence").first()
        if head:
            found[head.number] = {
                "number": head.number,
                "sequence": head.sequence,
                "hash": head.hash,
                "key": head.key_id,
                "signature": head.signature,
            }
    return list(found.values())
