"""How a cell of a person's record looks."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lms.base.templatetags.presentation import day, moment, number
from lms.people.ports import Link, Section

register = template.Library()


@register.filter
def cell(value: Any) -> str:
    """Return the cell as a page shows it: days, numbers, links; a dash for nothing."""
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.text)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return str(moment(value))
    if isinstance(value, date):
        return str(day(value))
    if isinstance(value, int | float | Decimal):
        return str(number(value))
    return str(value) if value else "–"


@register.filter
def with_headers(row: Sequence[Any], section: Section) -> list[tuple[Any, str]]:
    """Return each cell with the head of its column, which names it on a narrow screen."""
    return list(zip(row, section.headers, strict=True))
