"""Import agencies from a CSV or XLSX file."""

from lms.base.importing import ImportCommand
from lms.people.importing import AgencyImporter


class Command(ImportCommand):
    """See docs/imports.md for the columns."""

    help = "Import agencies from CSV or XLSX."
    importer = AgencyImporter
