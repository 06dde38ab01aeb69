"""Checks a bundle under the keys of the settings, by the reader that travels in it."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.base.bundle import verified


class Command(BaseCommand):
    """Prints what holds, what cannot be checked here, and the first that does not hold; then exits 1."""

    help = "Check a bundle (certificate or case) that was exported from here."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and, for a bundle of another system, the names of the keys to believe."""
        parser.add_argument("file")
        parser.add_argument(
            "--key", action="append", default=[], help="name of a key to believe instead of ours"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file."""
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        checked = verified(content, keys=options["key"])
        for line in checked.held:
            self.stdout.write(f"holds: {line}")
        for line in checked.not_checked:
            self.stdout.write(f"not checked: {line}")
        if checked.broken:
            self.stdout.write(self.style.ERROR(checked.broken))
            sys.exit(1)
        self.stdout.write(f"{len(checked.held)} checks hold")
