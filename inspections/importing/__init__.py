"""Importing inspections."""

from inspections.importing.importer import InspectionImporter

__all__ = ["InspectionImporter"]
