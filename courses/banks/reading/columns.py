"""The columns of the workbook: headers in English and Vietnamese, and how each cell is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.banks.numbers import number_of
from courses.banks.reading.categories import SEPARATOR, level_of
from courses.banks.words import one_line, tidy
from lms.base.importing import Column, choice
from lms.base.importing.cells import Unreadable, yes_no

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USUAL_OPTIONS = 10
MAX_TEXT = 20_000
KINDS: Mapping[str, tuple[str, ...]] = {
    "single": (
        "một đáp án",
        "một lựa chọn",
        "trắc nghiệm",
        "chọn một",
        "một phương án đúng",
        "MC",
        "single choice",
    ),
    "multiple": ("nhiều đáp án", "nhiều lựa chọn", "chọn nhiều", "nhiều phương án đúng", "multiple choice"),
    "true_false": ("đúng sai", "đúng/sai", "đúng - sai", "true/false", "true-false", "true false", "TF"),
    "matching": ("ghép cặp", "ghép đôi", "nối", "ghép nối"),
    "ordering": ("sắp xếp", "sắp thứ tự", "thứ tự"),
    "numeric": ("số", "điền số", "nhập số", "numerical", "number"),
    "short_text": ("trả lời ngắn", "tự luận ngắn", "short answer", "short text"),
    "blanks": ("điền chỗ trống", "điền khuyết", "điền vào chỗ trống", "cloze", "fill in the blanks"),
    "case": ("tình huống", "bài tập tình huống", "câu hỏi chùm", "case study"),
    "spreadsheet": ("bảng tính", "bài tập bảng tính", "Excel"),
}
PARTIALS: Mapping[str, tuple[str, ...]] = {
    "none": ("không", "tất cả hoặc không", "đúng hết mới có điểm", "không chia điểm"),
    "per_right": ("theo từng ý đúng", "mỗi ý đúng"),
    "right_minus_wrong": ("đúng trừ sai", "ý đúng trừ ý sai"),
    "per_pair": ("theo từng cặp", "mỗi cặp đúng"),
    "per_position": ("theo vị trí", "mỗi vị trí đúng"),
    "per_neighbours": ("theo cặp liền kề", "cặp liền kề"),
}
IGNORED: Mapping[str, tuple[str, ...]] = {
    "case": ("hoa thường", "chữ hoa", "chữ hoa thường"),
    "accents": ("dấu", "dấu tiếng Việt", "dấu thanh"),
    "punctuation": ("dấu câu",),
    "nothing": ("không", "không bỏ qua gì"),
}


def named(values: Mapping[str, tuple[str, ...]]) -> Callable[[str], str]:
    """Read one of a list; a refusal names the list in the words of the template."""
    read = choice(values)

    def parse(value: str) -> str:
        try:
            return read(unguarded(value))
        except Unreadable:
            words = ", ".join(others[0] for others in values.values())
            raise Unreadable(_("must be one of: %(values)s") % {"values": words}) from None

    return parse


_one_ignored = named(IGNORED)
HELD_AS_TEXT = ("'=", "'+", "'-", "'@", "'\t", "'\r", "''")


def unguarded(value: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return value[1:] if value.startswith(HELD_AS_TEXT) else value


def words(limit: int = MAX_TEXT) -> Callable[[str], str]:
    """Read a text of several lines."""

    def parse(value: str) -> str:
        text = tidy(unguarded(value))
        if len(text) > limit:
            raise Unreadable(_("is longer than %(limit)d characters") % {"limit": limit})
        return text

    return parse


def topic(value: str) -> str:
    """Read a topic; steps are separated by /."""
    return SEPARATOR.join(part for one in unguarded(value).split("/") if (part := one_line(one)))


def difficulty(value: str) -> int:
    """Read 1 to 3, or its word."""
    level = level_of(value)
    if level is None:
        raise Unreadable(_("must be 1 (easy), 2 (medium) or 3 (hard)"))
    return level


def points(value: str) -> Decimal:
    """Read how many points a question counts."""
    number = number_of(unguarded(value))
    if number is None or not 0 < number <= 100:
        raise Unreadable(_("must be a number above 0, at most 100"))
    return number


def part_number(value: str) -> int:
    """Read which question of a case a row is."""
    if not value.isdigit() or not 1 <= int(value) <= 50:
        raise Unreadable(_("must be a whole number from 1 to 50"))
    return int(value)


def ignored(value: str) -> tuple[str, ...]:
    """Read what two answers may differ in."""
    found = {_one_ignored(part) for part in value.replace(",", ";").split(";") if part.strip()}
    return tuple(sorted(found - {"nothing"}))


COLUMNS: tuple[Column, ...] = (
    Column("code", words(100), aliases=("mã câu hỏi", "mã câu", "mã")),
    Column("kind", named(KINDS), required=True, aliases=("loại câu hỏi", "loại", "dạng câu hỏi", "dạng")),
    Column("part", part_number, aliases=("câu hỏi con", "câu con", "ý")),
    Column("topic", topic, aliases=("chủ đề", "chuyên đề", "chương", "nội dung kiến thức")),
    Column("difficulty", difficulty, aliases=("độ khó", "mức độ", "mức độ nhận thức")),
    Column("points", points, aliases=("điểm", "số điểm")),
    Column("text", words(), required=True, aliases=("nội dung câu hỏi", "câu hỏi", "nội dung", "đề bài")),
    Column("passage", words(), aliases=("văn bản", "đoạn văn", "tình huống", "đề dẫn")),
    *(
        Column(
            f"option_{letter.lower()}",
            words(),
            aliases=(f"phương án {letter}", f"lựa chọn {letter}", f"đáp án {letter}", letter),
        )
        for letter in LETTERS
    ),
    Column("answer", words(), aliases=("đáp án đúng", "đáp án", "phương án đúng", "trả lời đúng", "đúng")),
    Column("tolerance", words(40), aliases=("sai số",)),
    Column("units", words(), aliases=("đơn vị", "đơn vị đo")),
    Column("unit_required", yes_no, aliases=("bắt buộc đơn vị", "phải ghi đơn vị")),
    Column("partial", named(PARTIALS), aliases=("cách cho điểm", "chia điểm", "điểm từng phần")),
    Column("ignore", ignored, aliases=("bỏ qua", "không phân biệt")),
    Column("explanation", words(), aliases=("giải thích", "lời giải", "hướng dẫn giải")),
)
