"""Addresses of this room."""

from django.urls import path, re_path

from lms.reports.views import board, cases, inspections_board, lists, readings, reports

urlpatterns = [
    path("", board.board, name="targets"),
    path("readings/", readings.other_readings, name="target-readings"),
    path("inspections/", inspections_board.inspections_board, name="inspections-board"),
    path("lists/people/", lists.people, name="target-people"),
    path("lists/inspections/", lists.inspections, name="target-inspections"),
    path("lists/units/", lists.units_file, name="target-units"),
    path("reports/", reports.reports, name="target-reports"),
    path("reports/new/", reports.ask, name="target-report-ask"),
    path("reports/<uuid:key>/", reports.report, name="target-report"),
    re_path(
        r"^reports/(?P<key>[0-9a-f-]{36})/file\.(?P<layout>pdf|xlsx)$",
        reports.file,
        name="target-report-file",
    ),
    path("inspection-reports/", cases.reports, name="inspection-reports"),
    path("inspection-reports/new/", cases.ask, name="inspection-report-ask"),
    path("inspection-reports/<uuid:key>/", cases.report, name="inspection-report"),
    re_path(
        r"^inspection-reports/(?P<key>[0-9a-f-]{36})/file\.(?P<layout>pdf|docx|xlsx)$",
        cases.file,
        name="inspection-report-file",
    ),
]
