"""What every template may know of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the product's name and whether this is a demonstration."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "demonstration": settings.DEMONSTRATION}
