"""import_holidays FILE."""

from inspections.importing import HolidayImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """Imports days off and days worked."""

    help = "Import days off and days worked from CSV or XLSX."
    importer = HolidayImporter
