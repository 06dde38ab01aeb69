"""Addresses under /api/v1/."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from lms.api.viewsets import AgencyViewSet, FiguresView, MyCertificatesView

router = SimpleRouter()
router.register("agencies", AgencyViewSet, basename="api-agencies")

# The reader of the schema writes its styles into the page; its scripts are our own files.
docs = csp_replace({"style-src": [SELF, "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(
        url_name="api-schema", permission_classes=[AllowAny], authentication_classes=[]
    )
)

urlpatterns = [
    path("", include(router.urls)),
    path("figures/", FiguresView.as_view(), name="api-figures"),
    path("certificates/", MyCertificatesView.as_view(), name="api-certificates"),
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]),
        name="api-schema",
    ),
    path("docs/", docs, name="api-docs"),
]
