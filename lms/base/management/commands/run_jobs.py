"""Do what is due in the job table, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.base.jobs import run_due


class Command(BaseCommand):
    """Runs due jobs until nothing is due."""

    help = "Do every job that is due now, then stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and say how many."""
        self.stdout.write(f"{run_due()} jobs run")
