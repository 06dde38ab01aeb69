"""What the documents promise of the code."""

from pathlib import Path

import pytest

from lms.base.importing import importers

ROOT = Path(__file__).resolve().parents[2]
HEADERS = [
    (kind, header)
    for kind, importer in importers().items()
    for column in importer.columns
    for header in (column.name, *column.aliases, *column.last_day_aliases)
]


def test_there_are_five_imports():
    assert set(importers()) == {"agencies", "staff", "leave", "training", "inspections"}


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_every_header_is_documented(kind, header):
    page = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    section = page.split(f"`import_{kind} FILE`", 1)[1].split("\n## ", 1)[0]
    assert header in section
