"""The jobs behind the import pages: look at a file, write it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.base.actions import record_event
from lms.base.bell import ring
from lms.base.importing.importer import Importer
from lms.base.importing.lock import Busy, prepare_lock, take_lock
from lms.base.importing.outcome import Line, Outcome, Plan, digest_of
from lms.base.importing.problems import FileRefused, Problem, Row
from lms.base.importing.registry import importers, kinds_of_domain
from lms.base.importing.runs import APPLY, UNDO, waits_for
from lms.base.importing.undo import NotUndone, undo_import
from lms.base.jobs import Running
from lms.base.models import ImportLine, ImportRun, Job
from lms.base.models.import_run import UNDO_WITHIN
from lms.base.origin import coming_from
from lms.base.vietnamese import fold

State = ImportRun.State
BATCH = 1_000
# A waiting import is called as soon as the one before it ends; this is for a call that got lost.
WAIT = timedelta(seconds=20)
# Above so many rows the figures are not tried out beforehand: the trial would hold the database too long.
TRIED_OUT = 100_000


def check_file(job: Running) -> None:
    """Read the file, compare it, try out its effect, and keep the preview."""
    run = ImportRun.objects.get(pk=job.payload["run"])
    if run.state != State.CHECKING:
        with job.finish():
            return
    with _as_officer(run) as importer:
        try:
            rows = _read(run, importer, job)
            plan, outcome = importer.compare(rows, skip_errors=importer.skips_errors)
        except FileRefused as refusal:
            with job.finish():
                _refuse_file(run, str(refusal))
            return
        lines = importer.lines(plan)
        is_blocked = _is_blocked(importer, plan, outcome)
        effect = [] if is_blocked else _tried_out(importer, plan, outcome)
        with job.finish():
            _keep_preview(run, outcome, lines, effect, blocked=is_blocked)


def _is_blocked(importer: Importer, plan: Plan, outcome: Outcome) -> bool:
    """Tell whether refused rows stand against the file: all of it, or nothing is left to write."""
    return bool(outcome.errors) and (not importer.skips_errors or plan.is_empty)


def _in_turn(work: Callable[[ImportRun, Running], None]) -> Callable[[Running], None]:
    """Wait where another import of the same rows came first; the page says for whom."""

    @wraps(work)
    def turn(job: Running) -> None:
        run = ImportRun.objects.get(pk=job.payload["run"])
        prepare_lock(importers()[run.kind].domain or run.kind)
        if waits_for(run) is not None:
            job.postpone(WAIT)
            return
        try:
            work(run, job)
        except Busy:
            job.postpone(WAIT)
        except OperationalError as error:
            if not _is_locked(error):
                raise
            job.postpone(WAIT)

    return turn


def _is_locked(error: OperationalError) -> bool:
    """SQLite has one writer; who waits for it too long comes again."""
    return connection.vendor == "sqlite" and "locked" in str(error)


@_in_turn
def apply_file(run: ImportRun, job: Running) -> None:
    """Write a confirmed file in one transaction; where the records moved since, show what it would do now."""
    if run.state != State.APPLYING:
        with job.finish():
            return
    with _as_officer(run) as importer:
        rows = _read(run, importer, job)
        with transaction.atomic():
            take_lock(importer.lock_domain)
            plan, outcome = importer.compare(rows, skip_errors=importer.skips_errors)
            lines = importer.lines(plan)
            is_blocked = _is_blocked(importer, plan, outcome)
            if is_blocked or digest_of(lines) != run.digest:
                run.confirmed_at = None
                _keep_preview(run, outcome, lines, [], stale=True, blocked=is_blocked)
            else:
                outcome.written = True
                importer.write_as(run, plan, outcome)
            # Last: a worker that lost its lease meanwhile takes all of it back.
            with job.finish():
                _call_next(run)


@_in_turn
def undo_file(run: ImportRun, job: Running) -> None:
    """Take an import back, or say which rows stand against it."""
    if run.state != State.UNDOING:
        with job.finish():
            return
    with _as_officer(run) as importer:
        job.progress(0, 1)
        try:
            with transaction.atomic():
                take_lock(importer.lock_domain)
                undo_import(run=run, importer=importer, by=importer.by, reason=run.undo_reason)
                with job.finish():
                    _call_next(run)
        except NotUndone as refusal:
            with job.finish():
                _keep_refusal(run, refusal)
                _call_next(run)


@contextmanager
def _as_officer(run: ImportRun) -> Iterator[Importer]:
    """Work as the officer who sent the file: with their reach, in their language, from their page."""
    officer = get_user_model()._base_manager.get(pk=run.uploaded_by_id)
    on = run.options.get("list_on")
    with translation.override(run.options.get("language", "vi")), coming_from("page"):
        yield importers()[run.kind](
            by=officer,
            full_list=run.options.get("full_list", ""),
            list_on=date.fromisoformat(on) if on else None,
            into=run.options.get("into", ""),
        )


def _read(run: ImportRun, importer: Importer, job: Running) -> Sequence[Row]:
    with run.file.open("rb") as file:
        content = file.read()
    return importer.read(content, run.file_name, job.progress)


def _tried_out(importer: Importer, plan: Plan, outcome: Outcome) -> list[dict[str, Any]]:
    """Write, look at the figures, and roll everything back."""
    if plan.is_empty:
        return []
    if outcome.added + outcome.changed + outcome.ended > TRIED_OUT:
        outcome.notes.append(_("The file is too long to try out its effect on the figures beforehand."))
        return []
    with transaction.atomic():
        effect = importer.effect(plan)
        transaction.set_rollback(True)
    return effect


def _keep_preview(
    run: ImportRun,
    outcome: Outcome,
    lines: list[Line],
    effect: list[dict[str, Any]],
    *,
    stale: bool = False,
    blocked: bool,
) -> None:
    run.state = State.REFUSED if blocked else State.CHECKED
    run.digest = digest_of(lines)
    run.report = {**outcome.as_dict(), "effect": effect, "stale": stale}
    run.save()
    run.lines.all().delete()
    kept = [*_problem_lines(run, outcome.problems), *_plan_lines(run, lines)]
    ImportLine.objects.bulk_create(kept, batch_size=BATCH)


def _problem_lines(run: ImportRun, problems: Iterable[Problem]) -> Iterator[ImportLine]:
    effects = {"error": ImportLine.Effect.REFUSED, "warning": ImportLine.Effect.WARNING}
    for problem in problems:
        yield ImportLine(
            run=run,
            effect=effects[problem.severity],
            row=problem.row,
            column=problem.column[:100],
            value=problem.value[:300],
            message=problem.message,
            folded=fold(f"{problem.value} {problem.message}")[:400],
        )


def _plan_lines(run: ImportRun, lines: Iterable[Line]) -> Iterator[ImportLine]:
    for line in lines:
        yield ImportLine(
            run=run,
            effect=line.effect,
            row=line.row,
            label=line.what[:400],
            changes=line.changes,
            folded=fold(line.what)[:400],
        )


def _refuse_file(run: ImportRun, sentence: str) -> None:
    outcome = Outcome(problems=[Problem(1, "", "", sentence, "error")])
    _keep_preview(run, outcome, [], [], blocked=True)
    run.report["file_refused"] = sentence
    run.save(update_fields=["report"])


def _keep_refusal(run: ImportRun, refusal: NotUndone) -> None:
    run.refresh_from_db()
    run.state = State.APPLIED
    run.report["undo_refused"] = [list(reason) for reason in refusal.reasons]
    run.report["undo_refused_count"] = refusal.count
    run.save()
    record_event(by=None, action="import.undo_refused", target=run, new={"rows": refusal.count})


def _call_next(run: ImportRun) -> None:
    """Let the imports that waited for this one start now."""
    kinds = kinds_of_domain(run.kind)
    waiting = ImportRun.objects.filter(kind__in=kinds, state__in=[State.APPLYING, State.UNDOING])
    Job.objects.filter(
        pk__in=waiting.exclude(pk=run.pk).values("job"), kind__in=[APPLY, UNDO], state=Job.State.WAITING
    ).update(run_after=timezone.now())
    transaction.on_commit(ring, robust=True)


def forget_old(job: Job) -> None:
    """Let go of files, previews and journals whose time to be taken back is over: they hold personal data."""
    limit = timezone.now() - UNDO_WITHIN
    old = ImportRun.objects.filter(uploaded_at__lt=limit).exclude(applied_at__gte=limit)
    ImportLine.objects.filter(run__in=old).delete()
    for run in old.exclude(file="", journal=""):
        for kept in (run.file, run.journal):
            if kept:
                kept.delete(save=False)
        run.save(update_fields=["file", "journal"])
