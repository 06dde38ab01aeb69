"""Import leave from a CSV or XLSX file."""

from lms.base.importing import ImportCommand
from lms.people.importing import LeaveImporter


class Command(ImportCommand):
    """See docs/imports.md for the columns."""

    help = "Import leave from CSV or XLSX."
    importer = LeaveImporter
