"""Telling somebody something, once; reading it; choosing how to be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.base.actions import enqueue
from lms.notices.models import Notice, Preference
from lms.people.importing.lookups import in_chunks
from lms.people.models import Person

MAIL = "notices.mail"


@dataclass(frozen=True)
class Message:
    """What is told: to whom, under which key, in which words (English source, marked for translation)."""

    person: Person
    key: str
    title: str
    text: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    is_grave: bool = False


@transaction.atomic
def tell(*, messages: Iterable[Message]) -> int:
    """Tell each what was not told yet, in the product and, who wants it, by e-mail; return how many were new.

    The mail is a job of the same transaction: a message that was taken back sends none, and a mail server that is
    down loses none.
    """
    wanted = {(one.person.canonical.pk, one.key): one for one in messages}
    told = _told([key for _pk, key in wanted])
    new = [(pk, one) for (pk, key), one in wanted.items() if (pk, key) not in told]
    quiet = set(Preference.objects.filter(by_email=False).values_list("person", flat=True))
    return sum(_tell(pk, one, by_email=pk not in quiet) for pk, one in new)


def _told(keys: list[str]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for chunk in in_chunks(keys):
        found |= set(Notice.objects.filter(key__in=chunk).values_list("person", "key"))
    return found


def _tell(person_pk: int, message: Message, *, by_email: bool) -> bool:
    facts = {
        "title": message.title,
        "text": message.text,
        "params": dict(message.params),
        "url": message.url,
        "is_grave": message.is_grave,
    }
    notice, created = Notice.objects.get_or_create(person_id=person_pk, key=message.key, defaults=facts)
    if created and by_email:
        enqueue(kind=MAIL, key=str(notice.pk), payload={"notice": notice.pk})
    return created


def mail(notice: Notice) -> bool:
    """Send one message by e-mail, in Vietnamese: it leaves from a job, where nobody's language is known."""
    if notice.mailed_at is not None or not notice.person.email or not notice.person.is_active:
        return False
    link = settings.SITE_URL.rstrip("/") + notice.url if notice.url else ""
    with override("vi"):
        greeting = _("Dear %(name)s,") % {"name": notice.person.full_name}
        title = notice.said_title
        body = "\n\n".join(filter(None, [greeting, title, notice.said_text, link]))
    send_mail(
        f"{settings.WAGTAIL_SITE_NAME}: {title}", body, settings.DEFAULT_FROM_EMAIL, [notice.person.email]
    )
    return True


def read(*, by: Person, notices: Iterable[int] | None = None) -> int:
    """Note that the person has read these messages of theirs, or all of them."""
    rows = Notice.objects.of(by).unread()
    if notices is not None:
        rows = rows.filter(pk__in=list(notices))
    return rows.update(read_at=timezone.now())


def prefer(*, by: Person, by_email: bool) -> Preference:
    """Keep how the person wants to be reached."""
    preference, _created = Preference.objects.update_or_create(person=by, defaults={"by_email": by_email})
    return preference


def wants_email(person: Person) -> bool:
    """Tell whether messages go to the person by e-mail, too."""
    return not Preference.objects.filter(person=person, by_email=False).exists()
