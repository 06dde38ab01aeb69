"""What a library's scripts reach for, read from their text for the administrator who approves them."""

import re
from collections.abc import Iterable
from pathlib import Path

# A script that does either runs only under 'unsafe-eval' (MultiChoice up to 1.14, Timeline).
_EVAL = re.compile(r"\bnew\s+Function\s*\(|(?<![\w.$])eval\s*\(|\bFunction\s*\(\s*[\"']")
_HOST = re.compile(r"""(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b""", re.IGNORECASE)
# A type that never sends either verb counts as done once it was seen.
_RESULT = re.compile(r"""["'](?:answered|completed)["']|triggerXAPI(?:Completed|Scored)\s*\(""")
# Identifiers that look like addresses and are never fetched.
_NAMESPACES = frozenset(("adlnet.gov", "id.tincanapi.com", "activitystrea.ms", "www.w3.org", "w3id.org"))
_MAX_HOSTS = 40


def uses_eval(texts: Iterable[str]) -> bool:
    """Whether any script makes code from text."""
    return any(_EVAL.search(text) for text in texts)


def outside_hosts(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the hosts named in scripts, in alphabetical order: comments count, an address may hide there."""
    hosts = {match.lower() for text in texts for match in _HOST.findall(text)} - _NAMESPACES
    return tuple(sorted(hosts)[:_MAX_HOSTS])


def reports_results(texts: Iterable[str]) -> bool:
    """Whether any script can say that the activity was answered or completed."""
    return any(_RESULT.search(text) for text in texts)


def read_scripts(folder: Path, paths: Iterable[str]) -> list[str]:
    """Return the text of the scripts, unreadable bytes replaced."""
    return [(folder / path).read_text(encoding="utf-8", errors="replace") for path in paths]
