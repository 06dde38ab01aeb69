"""The subjects a decision or a registration names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """One subject a decision names."""

    kind: str
    identifier: str
    name: str
    address: str = ""
