"""The admin's own look: our name and mark, nothing of anybody else's."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_colours() -> str:
    """Give the admin our colours and letters."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_names() -> str:
    """Name what Wagtail leaves unnamed for a screen reader."""
    return format_html('<script type="module" src="{}"></script>', static("cms/admin.js"))


@hooks.register("construct_homepage_panels")
def calm_first_page(request: HttpRequest, panels: list[Any]) -> None:
    """Leave out the panels that advertise Wagtail's own news."""
    panels[:] = [panel for panel in panels if panel.name not in {"whats_new", "upgrade_notification"}]


@hooks.register("construct_help_menu")
def help_of_ours(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out the links to another site; what stays is the list of shortcuts."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]
