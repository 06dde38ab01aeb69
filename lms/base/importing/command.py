"""The shape of the five import commands."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.base.importing.importer import Importer
from lms.base.importing.outcome import Outcome
from lms.base.importing.parts import LARGE, run_in_parts
from lms.base.importing.problems import FileRefused, Problem
from lms.base.importing.sheets import XLSX


class ImportCommand(BaseCommand):
    """Imports one CSV or XLSX file; everything is one transaction."""

    importer: ClassVar[type[Importer]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the three switches of every import."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--report", type=Path, help="write one row per problem to this CSV file")
        parser.add_argument("--skip-errors", action="store_true", help="write the good rows")
        if self.importer.goes_into:
            parser.add_argument("--into", metavar="CODE", required=True, help="what the file goes into")
        if self.importer.takes_full_list:
            parser.add_argument("--full-list", metavar="CODE", help="the file names everybody of this agency")
            parser.add_argument(
                "--list-on",
                type=date.fromisoformat,
                metavar="DAY",
                help="the day it speaks of (default: today)",
            )
        for stop, (option, words) in self.importer.confirmed_by.items():
            parser.add_argument(option, dest=f"confirm_{stop}", type=int, metavar="N", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit 1 when rows are refused and not skipped."""
        path: Path = options["file"]
        importer = self.importer(
            full_list=options.get("full_list") or "",
            list_on=options.get("list_on"),
            into=options.get("into") or "",
        )
        try:
            outcome = self._work(importer, path, options)
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
            ) from None
        except FileRefused as refusal:
            problem = Problem(1, "", "", str(refusal), "error")
            self._report(options["report"], [problem])
            raise CommandError(f"{path.name}: {refusal}") from None
        self._report(options["report"], outcome.problems)
        self._say(outcome, dry_run=options["dry_run"])
        if outcome.errors and not options["skip_errors"]:
            raise CommandError(_("%(count)d errors: nothing was written.") % {"count": len(outcome.errors)})

    def _work(self, importer: Importer, path: Path, options: dict[str, Any]) -> Outcome:
        confirmed = {stop: options[f"confirm_{stop}"] for stop in importer.confirmed_by}
        if importer.parted_by and not importer.full_list and _is_large_csv(path):
            return run_in_parts(
                importer,
                path,
                skip_errors=options["skip_errors"],
                dry_run=options["dry_run"],
                confirmed=confirmed,
                on_wait=self._say_waiting,
            )
        content = path.read_bytes()
        if options["dry_run"]:
            return importer.check(content, path.name, skip_errors=options["skip_errors"])
        return importer.run(
            content,
            path.name,
            skip_errors=options["skip_errors"],
            confirmed=confirmed,
            on_wait=self._say_waiting,
        )

    def _say_waiting(self) -> None:
        self.stderr.write(_("Waiting: another import is writing the same records."))

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
        for sentence in [*outcome.notes, *(stop.in_full for stop in outcome.stops)]:
            self.stdout.write(sentence)
        if outcome.run_number is not None and not self.importer.not_undone:
            self.stdout.write(
                _("Import %(number)d; for 30 days `undo_import %(number)d` takes it back.")
                % {"number": outcome.run_number}
            )
        summary = _("%(added)d added, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused")
        counts = outcome.as_dict()
        self.stdout.write(summary % counts)
        if outcome.ended:
            self.stdout.write(_("%(ended)d ended, not named by the full list") % counts)
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))


def _is_large_csv(path: Path) -> bool:
    with path.open("rb") as file:
        return path.stat().st_size > LARGE and file.read(4) != XLSX
