"""The JSON files of a package: bounded in size and depth, with or without a byte order mark."""

import json
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from courses.h5p.package import limits
from courses.h5p.package.refusal import PackageRefused


def load_json(path: Path, name: str) -> Any:
    """Return the parsed file, or refuse the package with the place of the mistake."""
    if path.stat().st_size > limits.MAX_JSON_BYTES:
        raise PackageRefused(
            _("“%(name)s” is larger than the %(limit)s MB allowed for JSON.")
            % {"name": name, "limit": limits.MAX_JSON_BYTES // limits.MEBIBYTE}
        )
    parsed = _parse(path.read_bytes(), name)
    if _depth_exceeds(parsed, limits.MAX_JSON_DEPTH):
        raise _too_deep(name)
    return parsed


def load_object(path: Path, name: str) -> dict[str, Any]:
    """Return the parsed file, which must be a JSON object."""
    parsed = load_json(path, name)
    if not isinstance(parsed, dict):
        raise PackageRefused(_("“%(name)s” must hold a JSON object.") % {"name": name})
    return parsed


def _parse(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise PackageRefused(
            _("“%(name)s” is not valid JSON (line %(line)s, column %(column)s).")
            % {"name": name, "line": error.lineno, "column": error.colno}
        ) from error
    except UnicodeDecodeError as error:
        raise PackageRefused(_("“%(name)s” is not UTF-8 text.") % {"name": name}) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError as error:  # NaN, Infinity, a number of thousands of digits
        raise PackageRefused(_("“%(name)s” holds a number that cannot be read.") % {"name": name}) from error


def _refuse_constant(value: str) -> NoReturn:
    # Python reads NaN and Infinity; the browser does not.
    raise ValueError(value)


def _too_deep(name: str) -> PackageRefused:
    return PackageRefused(
        _("“%(name)s” is nested more than %(limit)s levels deep.")
        % {"name": name, "limit": limits.MAX_JSON_DEPTH}
    )


def _depth_exceeds(value: Any, limit: int) -> bool:
    level: list[Any] = [value]
    for _step in range(limit):
        level = [child for item in level for child in _children(item)]
        if not level:
            return False
    return True


def _children(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return [child for child in item.values() if isinstance(child, dict | list)]
    if isinstance(item, list):
        return [child for child in item if isinstance(child, dict | list)]
    return []
