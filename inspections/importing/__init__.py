"""Importing inspections, and the registers they rest on."""

from inspections.importing.importer import InspectionImporter
from inspections.importing.law import HolidayImporter, LegalBasisImporter
from inspections.importing.plan import PlanLineImporter
from inspections.importing.subjects import SubjectImporter

__all__ = [
    "HolidayImporter",
    "InspectionImporter",
    "LegalBasisImporter",
    "PlanLineImporter",
    "SubjectImporter",
]
