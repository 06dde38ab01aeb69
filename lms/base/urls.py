"""Addresses of the floor: health, jobs, imports, language."""

from django.urls import include, path

from lms.base.views import health, imports, jobs

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("imports/", imports.kinds, name="imports"),
    path("imports/runs/<int:pk>/", imports.run_page, name="import-run"),
    path("imports/runs/<int:pk>/apply/", imports.apply, name="import-apply"),
    path("imports/runs/<int:pk>/undo/", imports.undo, name="import-undo"),
    path("imports/runs/<int:pk>/again/", imports.again, name="import-again"),
    path("imports/<slug:kind>/", imports.send, name="import-send"),
    path("imports/<slug:kind>/template.xlsx", imports.template, name="import-template"),
    path("i18n/", include("django.conf.urls.i18n")),
]
