"""Checking a bundle here, by the very reader that travels in it, under the keys of our settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.base.bundle import reader
from lms.base.keyring import CREDENTIALS


@dataclass(frozen=True)
class Checked:
    """What was checked (each with its name), what could not be, and the first that does not hold."""

    held: tuple[str, ...]
    not_checked: tuple[str, ...]
    broken: str = ""


def verified(content: bytes, *, keys: Sequence[str] = ()) -> Checked:
    """Check a bundle; the keys believed are ours unless others are named."""
    found = reader.check(content, keys=list(keys) or list(CREDENTIALS.believed()))
    return Checked(tuple(found.held), tuple(found.not_checked), found.broken)
