"""Telling Unicode from the encodings that came before it: TCVN3 (.VnTime and kin) and VNI.

Both put Vietnamese letters on the places of Western ones. Shown as Unicode their words hold letters and
signs that no Vietnamese word has: “NguyÔn V¨n” (TCVN3), “Nguyeãn Vaên” (VNI).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lms.base.vietnamese import nfc

TCVN3, VNI = "TCVN3 (.VnTime)", "VNI"

# TCVN3: signs amid letters (¨ © ª « ¬ ® µ ¸ …), a capital after a small letter (NguyÔn), × or ÷ in a word.
_TCVN3_SIGN = "¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿×Þßþ÷ðÐÆæøå"
_TCVN3 = re.compile(rf"[A-Za-z][{_TCVN3_SIGN}]|[{_TCVN3_SIGN}][A-Za-z]|[a-z][À-ÖØ-Ý]")
# VNI: a plain letter with its mark as a second letter, in pairs that Vietnamese never writes.
_VNI = re.compile(
    "[aA][âêáàåãäéèúüëùøûõïÂÊÁÀÅÃÄÉÈÚÜËÙØÛÕÏ]|[eE][âáàåãäùøûõïÂÁÀÅÃÄÙØÛÕÏ]|[oO][âåäùøûõïÂÅÄÙØÛÕÏ]"
    "|[uU][ùøûõïÙØÛÕÏ]|[öÖôÔ][ùøûõïÙØÛÕÏ]|ñ[a-zöôæ]|Ñ[A-Za-zÖÔÆ]|[a-z]ö[aôùøûõï]?[a-z]|[yY][øûõïØÛÕÏ]"
)
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


def legacy_of(text: str) -> str:
    """Return the old encoding a text seems to be in, or nothing.

    >>> legacy_of("NguyÔn V¨n TiÕn"), legacy_of("Nguyeãn Vaên Tieán"), legacy_of("Nguyễn Văn Tiến")
    ('TCVN3 (.VnTime)', 'VNI', '')
    """
    if text.isascii() or _UNICODE.search(composed := nfc(text)):
        return ""
    if _VNI.search(composed):
        return VNI
    return TCVN3 if _TCVN3.search(composed) else ""


def may_be_legacy(text: str) -> bool:
    """Tell whether any word of a text in NFC might be in an old encoding; `legacy_of` says of each line whether it is."""
    return bool(_VNI.search(text) or _TCVN3.search(text))


def legacy_of_all(texts: Iterable[str]) -> str:
    """Return the old encoding most of the texts are in, or nothing where as many are Unicode."""
    counts = {TCVN3: 0, VNI: 0}
    unicode = 0
    for text in texts:
        if text.isascii():
            continue
        if found := legacy_of(text):
            counts[found] += 1
        elif _UNICODE.search(nfc(text)):
            unicode += 1
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] > unicode else ""


def legacy_of_bytes(content: bytes) -> str:
    """Return the old encoding of a file that is not UTF-8, or nothing where it cannot be told."""
    if b"\x00" in content[:1000]:
        return ""
    return legacy_of_all(content[:200_000].decode("latin-1").split())
