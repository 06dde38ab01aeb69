"""Every address of the product, room by room."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import admin_door
from inspections.urls import party_patterns

handler404 = "lms.base.views.errors.not_found"
urlpatterns = [
    path("", include("lms.base.urls")),
    path("", include("lms.people.urls")),
    # E-mail addresses are kept by the HR import, not by their owners.
    path("accounts/email/", RedirectView.as_view(pattern_name="account_change_password")),
    # One's own account is not tied to another: the province's sign-in is asked anew each time.
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="mfa_index")),
    path("accounts/3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
    path("accounts/", include("allauth.urls")),
    path("", include("lms.notices.urls")),
    path("", include("courses.urls")),
    path("", include("certificates.urls")),
    path("inspections/", include("inspections.urls")),
    path("party/", include((party_patterns, "party"))),
    path("", include("lms.followup.urls")),
    path("targets/", include("lms.reports.urls")),
    path("api/v1/", include("lms.api.urls")),
    # One way in: Wagtail's own form would know nothing of ours.
    path("admin/login/", admin_door),
    path("django-admin/", admin_door),
    path("django-admin/login/", admin_door),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures and documents of public pages; a province's own web server may serve them instead.
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include(wagtail_urls)),
]
