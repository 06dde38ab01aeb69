"""Addresses of this room."""

from django.urls import path

from lms.followup.views import national, training

urlpatterns = [
    path("remedies/<int:remedy_pk>/courses/", training.propose, name="propose-course"),
    path("national-hr/", national.queue, name="national-hr"),
    path("national-hr/files/", national.make, name="national-hr-make"),
    path("national-hr/files/<int:pk>/", national.download, name="national-hr-file"),
    path("national-hr/files/<int:pk>/accept/", national.accept, name="national-hr-accept"),
    path("national-hr/files/<int:pk>/return/", national.give_back, name="national-hr-return"),
]
