"""Addresses of the floor: health, jobs, language."""

from django.urls import include, path

from lms.base import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("i18n/", include("django.conf.urls.i18n")),
]
