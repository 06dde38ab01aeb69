"""What a certificate prints and what is signed, as one plain record with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SCHEMA = 1


def canonical(facts: Any) -> bytes:
    """Return the one way these facts are written: what is hashed and signed."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(facts: Any) -> str:
    """Return the hash of the facts."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def manifest(completion_facts: Mapping[str, Any], evidence: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what a completion stands on, piece by piece, each with its hash."""
    pieces = [("completion", dict(completion_facts))]
    pieces += [(f"evidence/{name}", evidence[name]) for name in sorted(evidence)]
    return [{"name": name, "sha256": sha256(piece)} for name, piece in pieces]
