"""print_states: the table of states as the page docs/inspection-states.md."""

from typing import Any

from django.core.management.base import BaseCommand

from inspections.law.states_page import states_page


class Command(BaseCommand):
    """Prints the table of states for a lawyer, as Markdown in Vietnamese."""

    help = "Print the table of states as Markdown: manage.py print_states > docs/inspection-states.md"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(states_page(), ending="")
