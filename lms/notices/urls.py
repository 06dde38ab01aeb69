"""Addresses of this room."""

from django.urls import path

from lms.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
]
