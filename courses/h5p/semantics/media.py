"""Files that parameters point at."""

import re
from collections.abc import Collection
from typing import Any

from courses.h5p.package.names import check_name
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.semantics.markup import plain

_WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_MIME = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+")
_NUMBERS = ("width", "height", "bitrate", "aspectRatio")
_WORDS = ("codecs", "alt")
_MAX_PLAIN_DEPTH = 6


def clean_file(value: Any, files: Collection[str]) -> dict[str, Any] | None:
    """Return a file reference reduced to known keys, or None when it leads nowhere in the package."""
    if not isinstance(value, dict) or not isinstance(value.get("path"), str):
        return None
    path = clean_path(value["path"], files)
    if path is None:
        return None
    cleaned: dict[str, Any] = {"path": path}
    if isinstance(value.get("mime"), str) and _MIME.fullmatch(value["mime"]):
        cleaned["mime"] = value["mime"]
    cleaned |= {key: value[key] for key in _NUMBERS if _is_number(value.get(key))}
    cleaned |= {key: plain(value[key]) for key in _WORDS if isinstance(value.get(key), str)}
    cleaned |= {
        key: clean_plain(value[key])
        for key in ("copyright", "metadata", "quality")
        if isinstance(value.get(key), dict)
    }
    return cleaned


def clean_path(path: str, files: Collection[str]) -> str | None:
    """Return a path inside the content or a web address; None for anything else."""
    path = path.removesuffix("#tmp")
    if _WEB.fullmatch(path):
        return path
    try:
        check_name(path)
    except PackageRefused:
        return None
    return path if path in files else None


def clean_plain(value: Any, depth: int = 0) -> Any:
    """Return nested values in which every text is plain (licences, authors, metadata)."""
    if isinstance(value, str):
        return plain(value)
    if depth >= _MAX_PLAIN_DEPTH:
        return None
    if isinstance(value, dict):
        return {plain(str(key)): clean_plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_plain(item, depth + 1) for item in value]
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
