"""A browser's own words, in words people know."""

from django import template
from django.utils.translation import gettext as _
from ua_parser import parse

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system ("Chrome 130, Android 14"); a sentence where they are not known.

    >>> device("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox 128, Windows 10'
    """
    found = parse(user_agent)
    parts = [
        " ".join(filter(None, (part.family, part.major))) for part in (found.user_agent, found.os) if part
    ]
    return ", ".join(parts) or _("a program that does not say what it is")
