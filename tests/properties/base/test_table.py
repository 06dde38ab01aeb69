"""A column read at once says what its cells say one by one; a row of which something is to be said is doubtful."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.base.importing.headers import Headers
from lms.base.importing.sheets import Sheet
from lms.base.importing.table import Table
from lms.people.importing.staff_columns import COLUMNS

TEXTS = [
    "",
    " ",
    "082190000001",
    "08219000001",
    "8219000001",
    "8.2E+10",
    "8,2190000E+9",
    "CB-1",
    " CB-1 ",
    "CB 1",
    "x" * 41,
    "Nguyễn Thị Mỹ",
    "Nguye\u0302\u0303n Thi\u0323 My\u0303",
    "Nguyễn  Thị",
    "Nguyễn\u00a0Thị",
    "Nguyễn\nThị",
    "NguyÔn V¨n TiÕn",
    "Nguyeãn Vaên Tieán",
    "nữ",
    "m",
    "CC",
    "công chức",
    "XX",
    "2020-02-30",
    "2020-02-29",
    "31/12/2024",
    "31/12/9999",
    "yes",
    "không",
    "²" * 12,
]
CELLS = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(
        [1, 1.0, True, 0, False, 82190000001.0, 1.5, None, date(2020, 1, 1), datetime(2020, 1, 1)]
    ),
    st.text(max_size=8),
)
NAMES = [column.name for column in COLUMNS]
HEADERS = st.lists(st.sampled_from(NAMES), unique=True).map(
    lambda more: list(dict.fromkeys(["person_id", "full_name", "category", *more]))
)
TYPED = st.lists(st.lists(CELLS, max_size=len(NAMES)), max_size=12)
TEXT_ONLY = st.lists(st.lists(st.sampled_from(TEXTS), max_size=len(NAMES)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(header=HEADERS, rows=TYPED | TEXT_ONLY)
def test_by_columns_as_by_rows(header, rows):
    sheet = Sheet(header, 1, list(enumerate(rows, start=2)))
    places, _warnings = Headers(COLUMNS).find(Sheet(header, 1, []))
    table, by_rows = Table(COLUMNS, places, sheet), Table(COLUMNS, places, sheet)
    table.read_columns(None)
    told = by_rows.read_rows(None)
    for place, row in enumerate(told):
        assert (place in table.doubtful) == bool(row.problems)
        assert table[place] == row
        if not row.problems:
            assert {name: table.column(name)[place] for name in NAMES} == row.values
            assert all(type(table.column(name)[place]) is type(row.values[name]) for name in NAMES)
    assert table.oddities() == by_rows.oddities()
