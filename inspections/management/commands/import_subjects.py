"""import_subjects FILE."""

from inspections.importing import SubjectImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """Imports inspected parties."""

    help = "Import inspected parties from CSV or XLSX."
    importer = SubjectImporter
