"""import_inspections FILE."""

from inspections.importing import InspectionImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """Imports inspections, one row per inspected subject."""

    help = "Import inspections from CSV or XLSX, one row per inspected subject."
    importer = InspectionImporter
