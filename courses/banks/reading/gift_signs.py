"""The escapes of GIFT: \\~ \\= \\# \\{ \\} \\: \\\\ and \\n stand for themselves and separate nothing."""

from __future__ import annotations

import re

# Signs that Unicode promises never to use hold the place of escaped ones while the text is taken apart.
_PLACES = {sign: chr(0xFDD1 + place) for place, sign in enumerate("~=#{}:\\%>")}
_PLACES["n"] = chr(0xFDE0)
_SIGNS = {place: ("\n" if sign == "n" else sign) for sign, place in _PLACES.items()}
_ESCAPE = re.compile(r"\\([~=#{}:\\%>n])")
_NEVER = re.compile("[\ufdd0-\ufdef]")
_HELD = re.compile(f"[{''.join(_SIGNS)}]")
# \neq, \nu, \nabla and \not are words of formulas, not line breaks.
_FORMULA_WORD = re.compile(r"\\n(?=(?:eq|u|abla|ot|e|i|eg|mid|leq|geq|parallel|subset|ewline)\b)")


def hidden(text: str) -> str:
    """Return the text with every escaped sign out of the way."""
    return _ESCAPE.sub(_hide, _NEVER.sub("", text))


def _hide(match: re.Match[str]) -> str:
    if match[1] == "n" and _FORMULA_WORD.match(match.string, match.start()):
        return match[0]
    return _PLACES[match[1]]


def revealed(text: str) -> str:
    """Return the text with the escaped signs in their places."""
    return _HELD.sub(lambda match: _SIGNS[match[0]], text)


def escaped(text: str) -> str:
    """Return a text as GIFT writes it, on one line."""
    return re.sub(r"[~=#{}:\\]", r"\\\g<0>", text).replace("\n", "\\n")
