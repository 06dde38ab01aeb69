"""Addresses of this room."""

from django.urls import include, path

urlpatterns = [
    path("", include("courses.h5p.urls")),
]
