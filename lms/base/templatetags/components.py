"""The parts pages are made of. docs/design-system.md shows each with an example."""

from typing import Any

from django import forms, template
from django.utils.translation import gettext_lazy as _

register = template.Library()

STATUS_WORDS = {
    "met": _("Met"),
    "near": _("Near"),
    "late": _("Late"),
    "not_met": _("Not met"),
    "active": _("In progress"),
    "pending": _("Not started"),
}


@register.inclusion_tag("base/components/mark.html")
def mark() -> dict[str, Any]:
    """Draw the product's mark: a river bend."""
    return {}


@register.inclusion_tag("base/components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """Show where the page stands: label, address, label, address, …, label of this page."""
    steps = [str(part) for part in parts]
    crumbs = [
        {"label": label, "url": url} for label, url in zip(steps[::2], [*steps[1::2], ""], strict=False)
    ]
    return {"crumbs": crumbs}


@register.inclusion_tag("base/components/status.html")
def status(kind: str, label: str = "") -> dict[str, Any]:
    """Show a state by word and shape; colour only repeats them. Unknown kinds look neutral and keep their word."""
    return {"kind": kind, "label": label or STATUS_WORDS.get(kind, kind)}


@register.inclusion_tag("base/components/empty.html")
def empty_state(title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict[str, Any]:
    """Say that there is nothing here yet, and what to do next."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("base/components/figure_card.html")
def figure_card(
    *,
    name: str,
    percent: Any,
    num: Any = None,
    den: Any = None,
    unit: str = "",
    threshold: Any = None,
    status: str = "",
    status_label: str = "",
    url: str = "",
) -> dict[str, Any]:
    """Show one figure against its threshold, opening its list."""
    return {
        "name": name,
        "percent": percent,
        "num": num,
        "den": den,
        "unit": unit,
        "threshold": threshold,
        "status": status,
        "status_label": status_label,
        "url": url,
    }


@register.inclusion_tag("base/components/sort_header.html")
def sort_header(listing: Any, name: str, label: str) -> dict[str, Any]:
    """Show a column head that sorts the list by that column, and back."""
    return {"label": label, "direction": listing.direction(name), "query": listing.sorted_query(name)}


@register.inclusion_tag("base/components/chart.html")
def chart(
    *,
    table: str,
    label: str,
    kind: str = "bar",
    threshold: Any = None,
    threshold_label: str = "",
    suffix: str = "",
) -> dict[str, Any]:
    """Draw the chart of the table with that id: first column names, `data-value` cells numbers."""
    return {
        "table": table,
        "label": label,
        "kind": kind,
        "threshold": threshold,
        "threshold_label": threshold_label,
        "suffix": suffix,
    }


@register.filter
def is_choice_group(field: forms.BoundField) -> bool:
    """Tell whether the field is several buttons that need a legend."""
    return bool(getattr(field.field.widget, "use_fieldset", False))
