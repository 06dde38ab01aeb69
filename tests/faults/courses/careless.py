"""The control: a server that acknowledges an answer first and writes a handful of them together later."""

from __future__ import annotations

import threading
from types import SimpleNamespace

from django.utils import timezone

from courses.actions import save_answer
from courses.views import exams
from lms.wsgi import application

_kept: list[dict] = []
_lock = threading.Lock()
HANDFUL = 5


def save_later(**given):
    """Say that it is saved; write when there is a handful."""
    with _lock:
        _kept.append(given)
        due = _kept[:] if len(_kept) >= HANDFUL else []
        del _kept[: len(due)]
    for one in due:
        save_answer(**one)
    return SimpleNamespace(client_id=given["client_id"], sequence=given["sequence"], saved_at=timezone.now())


exams.save_answer = save_later
__all__ = ["application"]
