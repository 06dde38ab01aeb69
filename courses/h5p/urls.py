"""Addresses of H5P. The frame's all lie below /h5p/, so that its policy can name one folder."""

from django.urls import include, path

from courses.h5p.views import authoring, frame

_play = [
    path("", frame.embed, name="h5p_embed"),
    path("state/", frame.state, name="h5p_state"),
    path("statements/", frame.statements, name="h5p_statements"),
    path("libraries/<str:folder>/<path:path>", frame.library_file, name="h5p_library_file"),
    path("content/<path:path>", frame.content_file, name="h5p_content_file"),
]

urlpatterns = [
    path("h5p/play/<str:token>/", include(_play)),
    path("h5p/core/<path:path>", frame.core_file, name="h5p_core_file"),
    path("authoring/h5p/<int:pk>/", authoring.preview, name="h5p_preview"),
    path("authoring/h5p/libraries/", authoring.libraries, name="h5p_libraries"),
    path("authoring/h5p/libraries/<int:pk>/", authoring.library, name="h5p_library"),
    path("authoring/h5p/libraries/approve/", authoring.approve, name="h5p_approve_libraries"),
]
