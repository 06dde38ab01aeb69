"""Signed heads: what the chain was at an instant."""

from datetime import date, datetime

from lms.base.audit.canonical import utc
from lms.base.audit.keys import key_id, signing_key
from lms.base.models import AuditHead, AuditLink

FORMAT = "Sông Tiền: audit head 1"


def message(head: AuditHead, before: str) -> str:
    """Return the text a head signs; `before` is the signature of the head before it."""
    day = head.day.isoformat() if head.day else "-"
    return "\n".join(
        [
            FORMAT,
            str(head.number),
            str(head.sequence),
            head.hash,
            str(head.last_event_id),
            day,
            utc(head.made_at),
            head.key_id,
            before,
        ]
    )


def sign_head(*, link: AuditLink, last_event_id: int, at: datetime, day: date | None = None) -> AuditHead:
    """Sign the chain up to the link; the sequencer's transaction must be open."""
    before = AuditHead.objects.order_by("-number").first()
    key = signing_key()
    head = AuditHead(
        number=before.number + 1 if before else 1,
        sequence=link.sequence,
        hash=link.hash,
        last_event_id=max(last_event_id, before.last_event_id if before else 0),
        day=day,
        made_at=at,
        key_id=key_id(key.public_key()),
    )
    head.signature = key.sign(message(head, before.signature if before else "").encode()).hex()
    head.save(force_insert=True)
    return head


def last_daily_head() -> AuditHead | None:
    """Return the head that closed the last day, None before the first day's end."""
    return AuditHead.objects.filter(day__isnull=False).order_by("-number").first()


def printed_head() -> str:
    """Return the line every report prints in its footer; empty before the first day's end."""
    head = last_daily_head()
    return f"Nhật ký kiểm toán: {head.short}" if head else ""
