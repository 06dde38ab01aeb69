"""Semantics in another language: a language file has the same shape and only the words."""

from typing import Any

_WORDS = ("label", "description", "placeholder", "entity")


def localised(semantics: list[Any], translation: list[Any]) -> list[Any]:
    """Return the fields with the translation's words in their places; what it lacks stays as it is."""
    pairs = zip(semantics, [*translation, *[None] * len(semantics)], strict=False)
    return [_field(field, words) for field, words in pairs]


def _field(field: Any, words: Any) -> Any:
    if not isinstance(field, dict) or not isinstance(words, dict):
        return field
    merged = {**field, **{key: words[key] for key in _WORDS if isinstance(words.get(key), str)}}
    if field.get("type") == "text" and isinstance(words.get("default"), str):
        merged["default"] = words["default"]
    if isinstance(field.get("fields"), list) and isinstance(words.get("fields"), list):
        merged["fields"] = localised(field["fields"], words["fields"])
    if isinstance(field.get("field"), dict):
        merged["field"] = _field(field["field"], words.get("field"))
    if field.get("type") == "select" and isinstance(words.get("options"), list):
        merged["options"] = _options(field.get("options") or [], words["options"])
    return merged


def _options(options: list[Any], words: list[Any]) -> list[Any]:
    return [
        {**option, "label": word["label"]}
        if isinstance(option, dict) and isinstance(word, dict) and isinstance(word.get("label"), str)
        else option
        for option, word in zip(options, [*words, *[None] * len(options)], strict=False)
    ]
