"""Reports on paper and as workbooks. Paper is Vietnamese, whatever language the screen has."""

from lms.reports.documents.cases import inspections_document
from lms.reports.documents.cases_workbook import inspections_xlsx
from lms.reports.documents.paper import period_pdf
from lms.reports.documents.workbook import period_xlsx

__all__ = ["inspections_document", "inspections_xlsx", "period_pdf", "period_xlsx"]
