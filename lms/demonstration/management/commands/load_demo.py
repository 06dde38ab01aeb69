"""Load the demonstration province."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from lms.base.origin import coming_from
from lms.demonstration.actions import load_demonstration


class Command(BaseCommand):
    """Loads invented people into real agencies; a second run changes nothing."""

    help = "Load the demonstration province: agencies, staff, courses, inspections, accounts. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how long each step took."""
        started = before = time.monotonic()

        def say(line: str) -> None:
            nonlocal before
            now = time.monotonic()
            self.stdout.write(f"  {line} ({now - before:.1f} s)")
            self.stdout.flush()
            before = now

        with coming_from("command"):
            load_demonstration(say=say)
        self.stdout.write(f"The demonstration is loaded ({time.monotonic() - started:.1f} s).")
