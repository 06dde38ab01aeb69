"""What the form of a course shows beside its fields."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from courses.ports import printed_with


class PrintedWithPanel(Panel):
    """Says with which template the course's certificates are printed today."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one course."""

        template_name = "courses/admin/printed_with.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add what the room above answers; a new course has nothing yet."""
            words, url = printed_with(self.instance) if self.instance.pk else ("", "")
            return {**super().get_context_data(parent_context), "words": words, "url": url}
