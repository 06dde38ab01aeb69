"""What an officer asks of a file: look at it, import it, take it back. Each is promised here and done by a job."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from lms.base.actions import Actor, enqueue, record_event
from lms.base.importing.importer import Importer
from lms.base.importing.registry import kinds_of_domain
from lms.base.models import ImportRun, Job

CHECK, APPLY, UNDO = "imports.check", "imports.apply", "imports.undo"
State = ImportRun.State


class NotNow(Exception):
    """The file is not in a state in which this can be asked."""


@transaction.atomic
def send_file(
    *,
    importer: type[Importer],
    content: bytes,
    name: str,
    full_list: str = "",
    list_on: date | None = None,
    into: str = "",
    by: Actor,
) -> ImportRun:
    """Keep an uploaded file and promise to look at it."""
    run = ImportRun(
        kind=importer.kind,
        file_name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        state=State.CHECKING,
        options={
            "language": get_language() or "vi",
            "full_list": full_list,
            "list_on": list_on.isoformat() if list_on else "",
            **({"into": into} if into else {}),
        },
        uploaded_by_id=str(by.pk),
        uploaded_by_name=by.audit_name,
    )
    run.file.save(f"{run.sha256[:16]}.bin", ContentFile(content), save=False)
    run.save()
    _promise(run, CHECK, by)
    return run


@transaction.atomic
def confirm_import(*, run: ImportRun, confirmed: dict[str, int], by: Actor) -> None:
    """Promise to import a checked file; raise NotNow where it is in another state."""
    _move(run, State.CHECKED, State.APPLYING, confirmed_at=timezone.now())
    new = {"confirmed": confirmed, "sha256": run.sha256, **run.options}
    record_event(by=by, action="import.confirm", target=run, new=new)
    _promise(run, APPLY, by)


@transaction.atomic
def ask_undo(*, run: ImportRun, reason: str, by: Actor) -> None:
    """Promise to take an import back; raise NotNow where that is no longer open."""
    if not run.is_undo_open:
        raise NotNow
    report = {**run.report, "undo_refused": [], "undo_refused_count": 0}
    _move(run, State.APPLIED, State.UNDOING, undo_reason=reason, report=report)
    record_event(by=by, action="import.ask_undo", target=run, reason=reason)
    _promise(run, UNDO, by)


@transaction.atomic
def release(*, run: ImportRun, by: Actor) -> None:
    """Give a file back whose job failed in all its tries; raise NotNow where it has not."""
    back = {State.CHECKING: State.REFUSED, State.APPLYING: State.CHECKED, State.UNDOING: State.APPLIED}
    if run.job is None or run.job.state != Job.State.FAILED or run.state not in back:
        raise NotNow
    _move(run, run.state, back[State(run.state)])
    record_event(by=by, action="import.release", target=run)


def _move(run: ImportRun, old: str, new: str, **values: Any) -> None:
    """Change the state in one statement: of two that click at once, one finds it changed."""
    moved = ImportRun.objects.filter(pk=run.pk, state=old).update(state=new, **values)
    if not moved:
        raise NotNow
    run.refresh_from_db()


def _promise(run: ImportRun, kind: str, by: Actor) -> None:
    """A file may be imported again after its preview grew old: each time is a job of its own."""
    times = Job.objects.filter(kind=kind, key__startswith=f"{run.pk}-").count()
    run.job = enqueue(kind=kind, key=f"{run.pk}-{times + 1}", payload={"run": run.pk}, by=by)
    run.save(update_fields=["job"])


def waits_for(run: ImportRun) -> ImportRun | None:
    """Return the import of the same rows that was confirmed before this one and is not done yet."""
    at_work = ImportRun.objects.filter(
        kind__in=kinds_of_domain(run.kind),
        state__in=[State.APPLYING, State.UNDOING],
        job__state__in=[Job.State.WAITING, Job.State.RUNNING],
        job__lt=run.job_id,
    )
    return at_work.order_by("job").first() if run.job_id else None
