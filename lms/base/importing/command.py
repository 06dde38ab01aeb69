"""The shape of the five import commands."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.base.importing.importer import Importer, Outcome
from lms.base.importing.problems import FileRefused, Problem


class ImportCommand(BaseCommand):
    """Imports one CSV or XLSX file; everything is one transaction."""

    importer: ClassVar[type[Importer]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the three switches of every import."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--report", type=Path, help="write one row per problem to this CSV file")
        parser.add_argument("--skip-errors", action="store_true", help="write the good rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit 1 when rows are refused and not skipped."""
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
            ) from None
        importer = self.importer()
        work = importer.check if options["dry_run"] else importer.run
        try:
            outcome = work(content, path.name, skip_errors=options["skip_errors"])
        except FileRefused as refusal:
            problem = Problem(1, "", "", str(refusal), "error")
            self._report(options["report"], [problem])
            raise CommandError(f"{path.name}: {refusal}") from None
        self._report(options["report"], outcome.problems)
        self._say(outcome, dry_run=options["dry_run"])
        if outcome.errors and not options["skip_errors"]:
            raise CommandError(_("%(count)d errors: nothing was written.") % {"count": len(outcome.errors)})

    @staticmethod
    def _report(path: Path | None, problems: list[Problem]) -> None:
        if path is None:
            return
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["row", "column", "value", "severity", "message"])
            writer.writeheader()
            writer.writerows(problem.as_dict() for problem in problems)

    def _say(self, outcome: Outcome, *, dry_run: bool) -> None:
        for problem in outcome.problems[:200]:
            words = _("row %(row)d, column %(column)s: %(message)s") % problem.as_dict()
            value = f" ({problem.value})" if problem.value else ""
            (self.stderr if problem.severity == "error" else self.stdout).write(f"{words}{value}")
        if len(outcome.problems) > 200:
            self.stdout.write(_("… and %(count)d more") % {"count": len(outcome.problems) - 200})
        summary = _("%(added)d added, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused")
        counts = outcome.as_dict()
        self.stdout.write(summary % counts)
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
