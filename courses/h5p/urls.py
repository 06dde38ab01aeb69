"""Addresses of the frame, all below /h5p/ so that its policy can name one folder."""

from django.urls import path

from courses.h5p import views

urlpatterns = [
    path("play/<str:token>/", views.embed, name="h5p_embed"),
    path("play/<str:token>/state/", views.state, name="h5p_state"),
    path("play/<str:token>/statements/", views.statements, name="h5p_statements"),
    path("play/<str:token>/libraries/<str:folder>/<path:path>", views.library_file, name="h5p_library_file"),
    path("play/<str:token>/content/<path:path>", views.content_file, name="h5p_content_file"),
]
