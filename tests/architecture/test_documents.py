"""What the documents promise of the code."""

from pathlib import Path

import pytest

from inspections.law.states_page import states_page
from lms.base.importing import importers

ROOT = Path(__file__).resolve().parents[2]
HEADERS = [
    (kind, header)
    for kind, importer in importers().items()
    for column in importer.columns
    for header in (column.name, *column.aliases, *column.last_day_aliases)
]


def test_the_page_of_states_is_made_from_the_table():
    written = (ROOT / "docs" / "inspection-states.md").read_text(encoding="utf-8")
    assert written == states_page(), "manage.py print_states > docs/inspection-states.md"


def test_the_imports_are_these():
    contract = {"agencies", "staff", "leave", "training", "inspections"}
    assert set(importers()) == contract | {"subjects", "legal_bases", "holidays", "questions", "plan_lines"}


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_every_header_is_documented(kind, header):
    page = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    section = page.split(f"`import_{kind} FILE`", 1)[1].split("\n## ", 1)[0]
    assert header in section
