"""Parameters pass only as far as semantics know them; what is missing gets its default."""

import math
import re
from collections.abc import Callable, Collection
from typing import Any

from courses.h5p.package.shapes import LibraryName
from courses.h5p.semantics.markup import plain, rich
from courses.h5p.semantics.media import clean_file, clean_plain

SemanticsOf = Callable[[LibraryName], list[Any] | None]

_Field = dict[str, Any]
_LIBRARY = re.compile(r"([A-Za-z0-9_.-]{1,255}) (\d{1,9})\.(\d{1,9})")
_SUB_CONTENT = re.compile(r"[0-9A-Za-z-]{1,64}")


def library_named(text: Any) -> LibraryName | None:
    """Return the library that “H5P.Name 1.2” names."""
    found = _LIBRARY.fullmatch(text) if isinstance(text, str) else None
    return LibraryName(found[1], int(found[2]), int(found[3])) if found else None


class ParameterFilter:
    """Cleans the parameters of one content by the semantics of the libraries in it.

    ``used`` afterwards holds every library that the parameters call for.
    """

    def __init__(self, semantics_of: SemanticsOf, files: Collection[str]) -> None:
        self._semantics_of = semantics_of
        self._files = files
        self.used: set[LibraryName] = set()
        self._kinds: dict[str, Callable[[Any, _Field], Any]] = {
            "text": self._text,
            "number": self._number,
            "boolean": self._boolean,
            "select": self._select,
            "list": self._list,
            "group": self._group,
            "library": self._library,
            "file": self._file,
            "image": self._file,
            "audio": self._files_list,
            "video": self._files_list,
        }

    def clean(self, parameters: dict[str, Any], library: LibraryName) -> dict[str, Any]:
        """Return the parameters of `library` as they may be kept and played."""
        self.used.add(library)
        return self._fields(parameters, self._semantics_of(library) or [])

    def _fields(self, values: dict[str, Any], fields: list[Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        for field in fields:
            name = field.get("name") if isinstance(field, dict) else None
            if not isinstance(name, str):
                continue
            value = self._value(values[name], field) if name in values else None
            if value is None:
                value = self._missing(field)
            if value is not None:
                cleaned[name] = value
        return cleaned

    def _value(self, value: Any, field: _Field) -> Any:
        clean = self._kinds.get(str(field.get("type")))
        return clean(value, field) if clean and value is not None else None

    def _missing(self, field: _Field) -> Any:
        """Return what a field that was left out stands for.

        Content made for an older minor version lacks whole groups, which its script then reads.
        """
        if "default" in field and field.get("type") != "library":
            return self._value(field["default"], field)
        if field.get("type") != "group" or field.get("optional") or _is_flat(field):
            return None
        return self._fields({}, field.get("fields") or []) or None

    def _text(self, value: Any, field: _Field) -> str | None:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return None
        text = str(value)
        if isinstance(field.get("maxLength"), int):
            text = text[: field["maxLength"]]
        tags = field.get("tags")
        return rich(text, tags, field.get("font")) if isinstance(tags, list) else plain(text)

    def _number(self, value: Any, field: _Field) -> int | float | None:
        number = _as_number(value)
        if number is None:
            return None
        low, high = _as_number(field.get("min")), _as_number(field.get("max"))
        if low is not None:
            number = max(number, low)
        return min(number, high) if high is not None else number

    def _boolean(self, value: Any, _field: _Field) -> bool:
        return value is True or value in ("true", "1", 1)

    def _select(self, value: Any, field: _Field) -> Any:
        options = _options(field.get("options"))
        if field.get("multiple"):
            chosen = value if isinstance(value, list) else [value]
            return [plain(str(item)) for item in chosen if not options or str(item) in options]
        if isinstance(value, dict | list) or (options and str(value) not in options):
            return None
        return plain(value) if isinstance(value, str) else value

    def _list(self, value: Any, field: _Field) -> list[Any] | None:
        if not isinstance(value, list) or not isinstance(field.get("field"), dict):
            return None
        cleaned = [self._value(item, field["field"]) for item in value]
        kept = [item for item in cleaned if item is not None]
        return kept[: field["max"]] if isinstance(field.get("max"), int) else kept

    def _group(self, value: Any, field: _Field) -> Any:
        fields = field.get("fields") or []
        if _is_flat(field):
            # H5P's editor writes the only field's value in the group's place.
            return self._value(value, fields[0])
        if not isinstance(value, dict):
            return None
        cleaned = self._fields(value, fields)
        sub_content = value.get("subContentId")
        if field.get("isSubContent") and isinstance(sub_content, str) and _SUB_CONTENT.fullmatch(sub_content):
            cleaned["subContentId"] = sub_content
        return cleaned

    def _library(self, value: Any, field: _Field) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            return None
        name, options = library_named(value.get("library")), _options(field.get("options"))
        if name is None or (options and str(name) not in options) or self._semantics_of(name) is None:
            return None
        parameters = value.get("params")
        cleaned: dict[str, Any] = {
            "library": str(name),
            "params": self.clean(parameters if isinstance(parameters, dict) else {}, name),
        }
        sub_content = value.get("subContentId")
        if isinstance(sub_content, str) and _SUB_CONTENT.fullmatch(sub_content):
            cleaned["subContentId"] = sub_content
        if isinstance(value.get("metadata"), dict):
            cleaned["metadata"] = clean_plain(value["metadata"])
        return cleaned

    def _file(self, value: Any, _field: _Field) -> dict[str, Any] | None:
        return clean_file(value, self._files)

    def _files_list(self, value: Any, field: _Field) -> list[Any] | None:
        if not isinstance(value, list):
            return None
        return [file for file in (self._file(item, field) for item in value) if file is not None]


def _is_flat(field: _Field) -> bool:
    return len(field.get("fields") or []) == 1 and field.get("isSubContent") is not True


def _options(options: Any) -> set[str]:
    """Return the values of a select or the names of a library field; groups of options count as their members."""
    values: set[str] = set()
    for option in options if isinstance(options, list) else []:
        if isinstance(option, dict) and isinstance(option.get("options"), list):
            values |= _options(option["options"])
        elif isinstance(option, dict):
            values.add(str(option.get("value")))
        else:
            values.add(str(option))
    return values


def _as_number(value: Any) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def libraries_in(value: Any) -> set[LibraryName]:
    """Return every library that filtered parameters call for."""
    if isinstance(value, dict):
        found = {name for name in [library_named(value.get("library"))] if name and "params" in value}
        return found.union(*(libraries_in(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(libraries_in(item) for item in value))
    return set()
