"""How the decree writes numbers, dates and points: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II."""

from datetime import date

# Điểm are lettered by the Vietnamese alphabet without its marked vowels: đ follows d; no f, j, w, z.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
BLANK_NUMBER = "\u00a0" * 8
BLANK_DAY = "\u00a0" * 6
END_OF_TEXT = "./."


def two_digits(number: int) -> str:
    """Return the number with a leading zero below ten, so that nothing can be added before it."""
    return f"{number:02d}"


def month_digits(month: int) -> str:
    """Return the month: January and February get a zero, the others do not."""
    return f"{month:02d}" if month <= 2 else str(month)


def written_date(on: date) -> str:
    """Return "ngày 05 tháng 01 năm 2026"."""
    return f"ngày {two_digits(on.day)} tháng {month_digits(on.month)} năm {on.year}"


def place_and_date(place: str, on: date | None) -> str:
    """Return "Đồng Tháp, ngày 05 tháng 01 năm 2026"; a draft without a day leaves room to write one."""
    day = written_date(on) if on else f"ngày{BLANK_DAY}tháng{BLANK_DAY}năm{BLANK_DAY}"
    return f"{place}, {day}"


def document_number(number: str | int, symbol: str) -> str:
    """Return "Số: 05/QĐ-SNV"; a draft leaves room for the registry's number."""
    text = str(number).strip()
    shown = two_digits(int(text)) if text.isdecimal() else text or BLANK_NUMBER
    return f"Số: {shown}/{symbol}" if symbol else f"Số: {shown}"


def point_letter(index: int) -> str:
    """Return the letter of the point at `index` (0 is a); after y they go on as aa, ab …"""
    rounds, place = divmod(index, len(POINT_LETTERS))
    return (POINT_LETTERS[rounds - 1] if rounds else "") + POINT_LETTERS[place]


def ended(text: str, end: str) -> str:
    """Return the text closed by `end` instead of the mark it closes with."""
    return text.rstrip().rstrip(".;,") + end
