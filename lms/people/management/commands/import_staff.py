"""Import staff from a CSV or XLSX file."""

from lms.base.importing import ImportCommand
from lms.people.importing import StaffImporter


class Command(ImportCommand):
    """See docs/imports.md for the columns."""

    help = "Import staff from CSV or XLSX."
    importer = StaffImporter
