"""Take an import back from the shell: one made by a command has no page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.base.importing.problems import FileRefused
from lms.base.importing.undo import NotUndone, undo_now


class Command(BaseCommand):
    """Takes back everything an import wrote, within thirty days and while nothing depends on it."""

    help = "Take back an import by its number; import commands print it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number and the reason, which the audit log keeps."""
        parser.add_argument("number", type=int, help="the import's number")
        parser.add_argument("--reason", required=True, help="why; kept in the audit log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo; exit 1 and name the rows that stand against it."""
        reason = options["reason"].strip()
        if not reason:
            raise CommandError(_("Taking an import back needs a reason."))
        try:
            run, rows = undo_now(number=options["number"], by=None, reason=reason, on_wait=self._say_waiting)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from None
        except NotUndone as refusal:
            for what, why in refusal.reasons:
                self.stderr.write(f"{what}: {why}")
            words = {"count": refusal.count}
            raise CommandError(
                _("%(count)d rows stand against it: nothing was taken back.") % words
            ) from None
        self.stdout.write(_("%(run)s: %(rows)d rows taken back.") % {"run": run, "rows": rows})

    def _say_waiting(self) -> None:
        self.stderr.write(_("Waiting: another import is writing the same records."))
