"""Asking the register for a book, for the files of a unit or for a round of issuing; closing a year."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import facts as plain
from certificates.actions.withdrawing import RegisterRefused
from certificates.models import Certificate, RegisterCounter, RegisterRequest, RegisterYear
from certificates.states import MAKING, State, Wish
from lms.base.actions import enqueue, record_event
from lms.base.dates import today
from lms.base.models import Job
from lms.people.models import Person
from lms.people.organisation import history
from lms.people.rules import may

REQUEST_JOB = "certificates.request"
NEEDS = {
    Wish.BOOK: "certificates.view",
    Wish.PAPERS: "certificates.view",
    Wish.ISSUE: "certificates.revoke",
}


@transaction.atomic
def ask_register(
    *,
    key: UUID,
    wish: str,
    agency_id: int,
    name: str,
    start: date,
    end: date,
    by: Person,
    course_code: str = "",
    completions: Sequence[int] = (),
) -> Job:
    """Promise what is wanted; the same key again is the same request. Raises PermissionDenied.

    A round issues for the completions that were seen and confirmed, and for no others.
    """
    if not may(by, NEEDS[Wish(wish)], standing_for(agency_id)):
        raise PermissionDenied(_("Your roles do not include this at this agency."))
    asked, created = RegisterRequest.objects.get_or_create(
        key=key,
        defaults={
            "wish": wish,
            "agency_id": agency_id,
            "agency_name": name,
            "course_code": course_code,
            "completions": list(completions),
            "start": start,
            "end": end,
            "asked_by": by,
        },
    )
    if asked.asked_by_id != by.pk:
        raise PermissionDenied(_("This request belongs to somebody else."))
    if created:
        new = {"wish": wish, "agency": name, "course": course_code, "start": start, "end": end}
        if completions:
            new["confirmed"] = len(completions)
        record_event(by=by, action="certificates.ask_register", target=asked, new=new)
    return enqueue(kind=REQUEST_JOB, key=str(key), payload={"request": asked.pk}, by=by)


def keep_request(
    *,
    asked: RegisterRequest,
    counts: dict[str, int],
    files: list[dict[str, Any]],
    refused: list[list[str]],
    by: Person,
) -> None:
    """Freeze the row with what was made; the caller's transaction must be open."""
    asked.counts, asked.files, asked.refused = counts, files, refused
    asked.made_at = timezone.now()
    asked.save()
    record_event(
        by=by,
        action="certificates.make_register",
        target=asked,
        new={**counts, "files": [file["sha256"] for file in files]},
    )


def store_made(asked: RegisterRequest, label: str, content: Any) -> dict[str, Any]:
    """Store an open file and return what the row keeps of it."""
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    size = content.tell()
    content.seek(0)
    name = storages["private"].save(f"certificates/requests/{asked.key}-{label}", File(content))
    return {"label": label, "name": name, "size": size, "sha256": digest}


@transaction.atomic
def close_year(*, agency_id: int, year: int, by: Person) -> RegisterYear:
    """Close the agency's register of a year: nothing is numbered in it any more.

    Raises PermissionDenied or RegisterRefused.
    """
    if not may(by, "certificates.revoke", standing_for(agency_id)):
        raise PermissionDenied(_("Your roles do not include this at this agency."))
    if year >= today().year:
        raise RegisterRefused(_("A register is closed when its year is over."))
    counter = RegisterCounter.objects.select_for_update().filter(agency=agency_id, year=year).first()
    if counter is None:
        raise RegisterRefused(_("There is no register of this agency and year."))
    if RegisterYear.objects.filter(agency=agency_id, year=year).exists():
        raise RegisterRefused(_("The register of %(year)s is closed.") % {"year": year})
    rows = Certificate.objects.for_book().filter(issuer=agency_id, year=year).order_by("number")
    if rows.in_making().exists():
        raise RegisterRefused(_("Certificates of this year are still being made."))
    return _closed(counter, list(rows), by)


def counts_of(rows: list[Certificate]) -> dict[str, int]:
    """Return how many numbers there are, and how they stand."""
    found = Counter[str]()
    for row in rows:
        count_row(found, row)
    return dict(found)


def count_row(found: Counter[str], row: Certificate) -> None:
    """Count one line of the book."""
    found["numbers"] += 1
    if row.state in MAKING:
        found["making"] += 1
    elif row.state != State.ISSUED:
        found[row.state] += 1
    else:
        found["withdrawn" if row.revocation else "issued"] += 1


def standing_for(agency_id: int) -> int:
    """Return the agency that stands today for the one that kept the book."""
    return history().bearer(agency_id, today()) or agency_id


def _closed(counter: RegisterCounter, rows: list[Certificate], by: Person) -> RegisterYear:
    closed = RegisterYear.objects.create(
        agency_id=counter.agency_id,
        agency_name=rows[-1].issuer_name if rows else str(counter.agency),
        year=counter.year,
        closed_at=timezone.now(),
        last=counter.last,
        counts=counts_of(rows),
        sha256=plain.sha256([[row.number, row.state, row.facts_sha256] for row in rows]),
        by=by,
        by_name=by.audit_name,
    )
    record_event(
        by=by,
        action="certificates.close_year",
        target=closed,
        new={"last": closed.last, **closed.counts, "sha256": closed.sha256},
    )
    return closed
