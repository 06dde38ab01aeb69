"""Check that nobody has changed the audit log."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.base.audit import verify
from lms.base.audit.keys import believed_keys, public_text
from lms.base.models import AuditCheck, AuditEvent


class Command(BaseCommand):
    """Walks the chain from its first event and names the first row that does not hold (exit code 1)."""

    help = (
        "Check every event, its place in the chain and every signed head; name the first that does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head as a report printed it."""
        parser.add_argument(
            "--printed", default="", help="the head in a report's footer: day · number · digits"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked and how many."""
        for key_id, key in believed_keys().items():
            self.stdout.write(_("Public key %(id)s: %(key)s") % {"id": key_id, "key": public_text(key)})
        found = verify(printed=options["printed"])
        counted = {"events": found.events, "heads": found.heads, "waiting": found.waiting}
        self.stdout.write(
            _("%(events)d events and %(heads)d signed heads hold; %(waiting)d events wait for their place.")
            % counted
        )
        if not found.holds:
            raise CommandError(_sentence(found))
        self.stdout.write(str(found.words))


def _sentence(found: AuditCheck) -> str:
    parts = [_("The audit log does not hold: %(what)s.") % {"what": found.words}]
    if found.sequence is not None:
        parts.append(_("Number in the chain: %(number)d.") % {"number": found.sequence})
    if found.event_id is not None:
        event = AuditEvent.objects.filter(pk=found.event_id).first()
        shown = f" ({event}, {event.happened_at:%d/%m/%Y %H:%M})" if event else ""
        parts.append(_("Event: %(id)d%(shown)s.") % {"id": found.event_id, "shown": shown})
    return " ".join(parts)
