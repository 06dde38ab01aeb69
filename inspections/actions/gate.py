"""The gate every action on a case goes through, and the log behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from inspections.models import Inspection, TransitionEntry
from inspections.rules import hands
from inspections.rules.files import MAX_EVIDENCE, true_type
from inspections.states import BY_EVENT, UNLOGGED, Event
from inspections.words import PaperType
from lms.base.actions import record_event
from lms.base.dates import today
from lms.people.models import Person

# Documents an event may rest on, where the table does not insist.
PAPER_OF: dict[Event, PaperType] = {
    Event.RESUME: PaperType.RESUMPTION,
    Event.CANCEL: PaperType.CANCELLATION,
    Event.SUBMIT_PLAN: PaperType.WORK_PLAN,
    Event.APPROVE_PLAN: PaperType.WORK_PLAN,
}


@dataclass(frozen=True)
class Paper:
    """The document an event rests on; its type is the one the table of states names."""

    number: str
    on: date
    file: UploadedFile | None = None


def pass_gate(event: Event, inspection: Inspection, by: Any) -> Inspection:
    """Lock the case and return it fresh; refuse a wrong hand or a wrong status with a sentence.

    The caller's transaction must be open. Raises PermissionDenied or ValidationError.
    """
    fresh = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    row = BY_EVENT[event]
    if row.who not in hands(by, fresh):
        raise PermissionDenied(_("In this inspection this is for: %(who)s.") % {"who": row.who.label})
    if not fresh.is_run_here:
        raise ValidationError(_("This inspection was registered, not run here: its records are elsewhere."))
    if fresh.status not in row.sources:
        raise ValidationError(
            _("“%(event)s” is not possible while the inspection is “%(status)s”.")
            % {"event": row.event.label, "status": fresh.get_status_display()}
        )
    fresh.came_from = fresh.status
    return fresh


def log(
    event: Event, inspection: Inspection, by: Any, *, reason: str = "", paper: Paper | None = None, **new: Any
) -> TransitionEntry | None:
    """Write the audit event of a transition and its entry in the case's log.

    Raises ValidationError where the table asks for a reason or a paper that is not given.
    """
    row = BY_EVENT[event]
    if row.reason:
        reason = need_reason(reason)
    if row.paper and paper is None:
        raise ValidationError(
            {
                "paper_number": _("Give number and date of its document: %(paper)s.")
                % {"paper": row.paper.label}
            }
        )
    if paper is not None:
        new["paper"] = paper.number
    record_event(by=by, action=f"inspections.{event.value}", target=inspection, new=new, reason=reason)
    if event in UNLOGGED:
        return None
    entry = TransitionEntry(
        inspection=inspection,
        event=event,
        source=inspection.came_from,
        target=inspection.status,
        reason=reason,
        by=by if isinstance(by, Person) else None,
        by_name=by.audit_name if by else "",
        detail={name: _plain(value) for name, value in new.items()},
    )
    if paper is not None:
        _attach(entry, paper)
    entry.save()
    return entry


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list | dict | None) else str(value)


def _attach(entry: TransitionEntry, paper: Paper) -> None:
    """Put the paper on the entry, its file under a name of ours with its hash."""
    event = Event(entry.event)
    entry.paper_type = str(BY_EVENT[event].paper or PAPER_OF.get(event) or "")
    entry.paper_number, entry.paper_on = paper.number.strip(), paper.on
    if not entry.paper_number:
        raise ValidationError({"paper_number": _("Give the number of the document.")})
    refuse_future("paper_on", paper.on)
    decided = entry.inspection.decided_on
    if decided and paper.on < decided:
        raise ValidationError({"paper_on": _("The document is not older than the decision.")})
    if paper.file is not None:
        content = pdf_content(paper.file)
        entry.paper_sha256 = hashlib.sha256(content).hexdigest()
        entry.paper_file.save(
            f"{entry.paper_type}-{entry.paper_sha256[:16]}.pdf", ContentFile(content), save=False
        )


def pdf_content(file: UploadedFile) -> bytes:
    """Return the bytes of a PDF that was sent; refuse what is none, or is too large."""
    if file.size is None or file.size > MAX_EVIDENCE:
        raise ValidationError({"paper_file": _("The document is larger than 20 MB.")})
    content: bytes = file.read()
    if true_type(content[:16]) != "application/pdf":
        raise ValidationError({"paper_file": _("The document is no PDF.")})
    return content


def need_reason(reason: str) -> str:
    """Return the reason, stripped; refuse none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    return reason.strip()


def refuse_future(field: str, day: date) -> None:
    """Refuse a day that has not come."""
    if day > today():
        raise ValidationError({field: _("This day has not come yet.")})
