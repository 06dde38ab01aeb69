"""What the public face gives every template."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return navigation and footer."""
    return {}
