"""The period report on paper and as a workbook. Paper is Vietnamese, whatever language the screen has."""

from lms.reports.documents.paper import period_pdf
from lms.reports.documents.workbook import period_xlsx

__all__ = ["period_pdf", "period_xlsx"]
