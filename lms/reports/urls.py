"""Addresses of this room."""

from django.urls import path

from lms.reports.views import board, lists

urlpatterns = [
    path("", board.board, name="targets"),
    path("lists/people/", lists.people, name="target-people"),
    path("lists/inspections/", lists.inspections, name="target-inspections"),
]
