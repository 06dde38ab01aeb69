"""The fields of a template's wording, for the page that explains them."""

from django import template
from django.utils.functional import Promise

from certificates.wording import FIELDS

register = template.Library()


@register.simple_tag
def wording_fields() -> list[tuple[str, Promise | str]]:
    """Return each field as it is written, and what it stands for."""
    return [(f"{{{name}}}", meaning) for name, meaning in FIELDS.items()]
