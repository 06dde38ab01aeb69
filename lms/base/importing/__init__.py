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
from lms.base.importing.importer import Importer, Outcome, Plan, importer, importers
from lms.base.importing.problems import FileRefused, Problem, Row, last_of_each

__all__ = [
    "Column",
    "FileRefused",
    "ImportCommand",
    "Importer",
    "Outcome",
    "Plan",
    "Problem",
    "Row",
    "choice",
    "code",
    "codes",
    "day",
    "decimal",
    "importer",
    "importers",
    "instant",
    "last_of_each",
    "local_day",
    "text",
    "yes_no",
]
