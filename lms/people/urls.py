"""Addresses of this room."""

from django.urls import path

from lms.people import views

urlpatterns = [
    path("people/roles/", views.roles, name="roles"),
    path("people/grants/<int:pk>/end/", views.end, name="grant-end"),
]
