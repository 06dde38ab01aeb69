"""Checklists as XLSForms: our own as CSV sheets beside this file, anybody's as XLSX."""
