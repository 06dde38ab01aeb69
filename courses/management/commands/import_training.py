"""Import training results from a CSV or XLSX file."""

from courses.importing import TrainingImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """See docs/imports.md for the columns."""

    help = "Import training results from CSV or XLSX."
    importer = TrainingImporter
