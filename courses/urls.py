"""Addresses of this room."""

from django.urls import include, path

urlpatterns = [
    path("h5p/", include("courses.h5p.urls")),
]
