"""import_legal_bases FILE."""

from inspections.importing import LegalBasisImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """Imports legal texts."""

    help = "Import legal texts from CSV or XLSX."
    importer = LegalBasisImporter
