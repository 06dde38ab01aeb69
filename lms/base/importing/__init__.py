"""Imports: one framework for every file that comes from outside."""

from lms.base.importing.cells import (
    Column,
    choice,
    code,
    codes,
    day,
    decimal,
    instant,
    local_day,
    text,
    yes_no,
)
from lms.base.importing.command import ImportCommand
from lms.base.importing.dependence import depends_on
from lms.base.importing.importer import Importer
from lms.base.importing.journal import Entry, Journal
from lms.base.importing.outcome import Outcome, Plan, Stop
from lms.base.importing.problems import FileRefused, Problem, Row, last_of_each
from lms.base.importing.registry import importer, importers

__all__ = [
    "Column",
    "Entry",
    "FileRefused",
    "ImportCommand",
    "Importer",
    "Journal",
    "Outcome",
    "Plan",
    "Problem",
    "Row",
    "Stop",
    "choice",
    "code",
    "codes",
    "day",
    "decimal",
    "depends_on",
    "importer",
    "importers",
    "instant",
    "last_of_each",
    "local_day",
    "text",
    "yes_no",
]
