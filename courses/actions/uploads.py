"""Workbooks handed in with an attempt: taken, kept, read back for grading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Attempt, AttemptQuestion, Upload
from courses.questions import uploads_in
from courses.questions.workbook import Workbook
from courses.questions.xlsx import bare_formulas, read_workbook
from courses.rules import Refusal, Refused, refuse_answer
from courses.states import QuestionKind
from lms.base.actions import Actor, record_event
from lms.base.importing.problems import FileRefused
from lms.base.vietnamese import nfc

MAX_UPLOADS = 30
NAMED = 3


def take_upload(
    *, attempt: Attempt, position: int, name: str, content: bytes, by: Actor | None, at: datetime
) -> tuple[Upload, str]:
    """Keep a workbook that arrived at an instant; return it and what its owner should know. Raises Refused.

    The same bytes again are the same upload. The file is looked at before a transaction is open.
    """
    note = _looked_at(content)
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        question = locked.questions.filter(position=position).first()
        sha256 = hashlib.sha256(content).hexdigest()
        if question is not None and (known := question.uploads.filter(sha256=sha256).first()):
            return known, note
        if refusal := refuse_answer(locked, at) or _refuse_upload(question):
            raise Refused(refusal)
        assert question is not None  # noqa: S101 (refused above)
        upload = _keep(question, name, content, sha256, at)
        record_event(
            by=by,
            action="courses.take_upload",
            target=attempt,
            new={"position": position, "sha256": sha256, "size": upload.size},
        )
    return upload, note


def _looked_at(content: bytes) -> str:
    try:
        bare = bare_formulas(read_workbook(content))
    except FileRefused as refused:
        raise Refused(Refusal("workbook", str(refused))) from None
    if not bare:
        return ""
    return _(
        "Formulas without a stored value do not count (%(cells)s): open the file in a spreadsheet program, save it"
        " there and upload it again."
    ) % {"cells": ", ".join(bare[:NAMED]) + ("…" if len(bare) > NAMED else "")}


def _refuse_upload(question: AttemptQuestion | None) -> Refusal | None:
    if question is None:
        return Refusal("no_question", _("This attempt has no such question."))
    if not _asks_for_a_workbook(question.shown):
        return Refusal("no_workbook", _("This question asks for no workbook."))
    if question.uploads.count() >= MAX_UPLOADS:
        return Refusal("too_many", _("You have uploaded very many workbooks here; the last one counts."))
    return None


def _asks_for_a_workbook(shown: dict[str, Any]) -> bool:
    return shown["kind"] == QuestionKind.SPREADSHEET or any(
        _asks_for_a_workbook(part["shown"]) for part in shown.get("parts", [])
    )


def _keep(question: AttemptQuestion, name: str, content: bytes, sha256: str, at: datetime) -> Upload:
    upload = Upload(
        attempt_question=question,
        name=nfc(PurePath(name.replace("\\", "/")).name)[:200] or "bai-lam.xlsx",
        size=len(content),
        sha256=sha256,
        uploaded_at=at,
    )
    upload.file.save(f"{upload.pk}.xlsx", ContentFile(content), save=False)
    upload.save(force_insert=True)
    return upload


def refuse_uploads(question: AttemptQuestion, response: dict[str, Any]) -> Refusal | None:
    """Refuse a response that names a workbook not handed in with this question of this attempt."""
    named = {UUID(one) for one in uploads_in(response)}
    if not named or question.uploads.filter(pk__in=named).count() == len(named):
        return None
    return Refusal("no_upload", _("The workbook was not handed in with this question: upload it again."))


def workbooks_of(responses: Iterable[Any]) -> dict[str, Workbook]:
    """Return the workbooks that responses name, by id; one that cannot be read any more is left out."""
    named = {one for response in responses for one in uploads_in(response)}
    found = {}
    for upload in Upload.objects.filter(pk__in=named):
        try:
            with upload.file.open("rb") as file:
                found[str(upload.pk)] = read_workbook(file.read())
        except (FileRefused, OSError):
            continue
    return found
