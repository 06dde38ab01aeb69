"""`manage.py import_questions FILE --into BANK`."""

from courses.banks.importing import QuestionImporter
from lms.base.importing import ImportCommand


class Command(ImportCommand):
    help = "Import questions into a bank from the workbook of the template, Moodle XML or GIFT, as drafts."
    importer = QuestionImporter
