"""What a document consists of, in the decree's words; `render.render_pdf` puts it on paper."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from lms.base.documents.markup import Text
from lms.base.documents.measures import LARGE, Sizes

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Letterhead:
    """Issuing body, name of the State, number, place and date: ô số 1–4.

    Without a place there is no place-and-date line (biên bản); without a number room is left for it.
    `show_number` is off for papers that bear none.
    """

    issuer: str
    superior: str = ""
    number: str | int = ""
    symbol: str = ""
    place: str = ""
    on: date | None = None
    subject: str = ""  # "V/v …" of a công văn, ô số 5b
    show_number: bool = True


@dataclass(frozen=True)
class DocumentHead:
    """Name of the kind, what it is about, and the authority that decides: ô số 5a."""

    kind: str
    subject: str = ""
    authority: str = ""  # "GIÁM ĐỐC SỞ NỘI VỤ", centred under the rule of a decision


@dataclass(frozen=True)
class Basis:
    """The "Căn cứ …" lines: in italics, each closed by a semicolon, the last by a full stop."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. ☐ and ☑ in it are drawn."""

    text: Text
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: bool = True


@dataclass(frozen=True)
class Heading:
    """A bold line over what follows: "I. NỘI DUNG KIỂM TRA", or centred "QUYẾT ĐỊNH:"."""

    text: str
    centred: bool = False


@dataclass(frozen=True)
class Chapter:
    """Chương I and its title in capitals under it; numbered by the layout."""

    title: str


@dataclass(frozen=True)
class Clause:
    """Khoản: a numbered paragraph with lettered points under it."""

    text: Text
    points: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Article:
    """Điều: numbered by the layout; with a heading it is bold, otherwise the text follows the number."""

    text: Text = ""
    heading: str = ""
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Clauses:
    """Khoản outside any Điều, numbered from 1: the parts of minutes or a report."""

    items: tuple[Clause, ...]


@dataclass(frozen=True)
class Dashes:
    """Lines that begin with a dash."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Column:
    """A column of a grid: its title, its share of the width, and the title it stands under with its neighbours."""

    title: str
    share: float = 1.0
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True)
class Grid:
    """A table whose header repeats on every page. Cells are text; rows in `strong` (by index) are bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""  # "Đơn vị tính: người", over the table's right end
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A picture with its line below, at most `width_mm` wide."""

    content: bytes
    caption: str = ""
    width_mm: float = 120
    height_mm: float = 90


@dataclass(frozen=True)
class Gap:
    """Empty room."""

    height_mm: float = 4


@dataclass(frozen=True)
class OneSheet:
    """What must not run over to a second sheet: set smaller as a whole where it would."""

    body: "tuple[Block, ...]"


Block = (
    Basis | Paragraph | Heading | Chapter | Article | Clauses | Dashes | Grid | Picture | Gap | OneSheet
)  # fmt: skip


@dataclass(frozen=True)
class Ink:
    """What was drawn on a screen: strokes of points in a box 1000 wide and 400 high, from its upper left corner.

    Without strokes the name typed instead; `caption` says how and when, in small letters under it.
    """

    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    typed: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Signature:
    """One who signs: authority and post ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), name, and a post of their own below."""

    title: tuple[str, ...]
    name: str = ""
    note: str = ""  # "(Ký, ghi rõ họ tên)"
    below: str = ""
    ink: Ink | None = None
    key: str = ""  # whose place it is, for whoever puts a signature there afterwards


@dataclass(frozen=True)
class Annex:
    """Phụ lục: on pages of its own, numbered by itself."""

    title: str
    body: tuple[Block, ...]
    number: str = ""  # "I"; empty where there is only one
    accompanying: str = ""  # "Kèm theo Quyết định số …"
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document. The same document gives the same bytes."""

    letterhead: Letterhead | None
    head: DocumentHead | None
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    sizes: Sizes = field(default=LARGE)
    title: str = ""  # the file's own title; else kind and subject
    author: str = ""
    made_at: datetime | None = None  # the file's own date; else the letterhead's
    end_mark: bool = True
    draft: bool = False
    landscape: bool = False
    footer: str = ""  # a small line at the foot of every sheet
