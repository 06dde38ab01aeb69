"""Addresses of this room."""

from django.urls import path, re_path

from lms.reports.views import board, lists, reports

urlpatterns = [
    path("", board.board, name="targets"),
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
]
