"""Writing a bank as a file; whatever the file cannot carry is named."""

from courses.banks.writing.gift import write_gift
from courses.banks.writing.moodle import write_moodle
from courses.banks.writing.sheet import write_workbook
from courses.banks.writing.written import Written

__all__ = ["Written", "write_gift", "write_moodle", "write_workbook"]
