"""import_plan_lines FILE --into DRAFT."""

from inspections.importing import PlanLineImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    """Imports lines of an inspection plan."""

    help = "Import lines into the draft of an inspection plan from CSV or XLSX."
    importer = PlanLineImporter
