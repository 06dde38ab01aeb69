"""Messages to inspected parties, in Vietnamese: they leave from jobs."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from inspections.models import PartyAccess


def send_party_mail(access: PartyAccess, what: str, secret: str) -> None:
    """Send the link of an invitation, or a code; never both in one message."""
    case = access.subject.inspection
    site = settings.SITE_URL.rstrip("/")
    with override("vi"):
        words = {
            "name": access.name,
            "subject": str(access.subject),
            "decision": case.decision_no,
            "secret": secret,
            "until": f"{timezone.localtime(access.link_until):%d/%m/%Y}",
            "site": site + reverse("party:sign-in"),
            "link": site + reverse("party:invitation", args=[secret]) if what == "link" else "",
        }
        if what == "link":
            subject = _("Inspection %(decision)s: your portal") % words
            body = _(
                "Dear %(name)s,\n\nthe inspection team of decision no. %(decision)s invites you, for %(subject)s, to its portal:"
                " there you read the decision, hand documents over and get a receipt for each, and give your opinion.\n\n"
                "%(link)s\n\nThe link works once, until %(until)s, together with the code the team tells you. Give neither to"
                " anybody. If you do not know of an inspection, do not open the link; ask the agency."
            )
        else:
            subject = _("Inspection %(decision)s: your code") % words
            body = _(
                "Dear %(name)s,\n\nyour code for the portal of %(subject)s (decision no. %(decision)s):\n\n%(secret)s\n\nIt works"
                " once and for fifteen minutes, at %(site)s. If you did not ask for it, do nothing."
            )
        send_mail(
            f"{settings.WAGTAIL_SITE_NAME}: {subject}",
            body % words,
            settings.DEFAULT_FROM_EMAIL,
            [access.email],
        )
