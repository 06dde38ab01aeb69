"""The registry clerk gives a signed document its number and day (NĐ 30/2020/NĐ-CP, Điều 15)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inspections.actions.document import held_for
from inspections.actions.gate import refuse_future
from inspections.actions.legal_bases import refuse_expired
from inspections.documents.facts import facts_of
from inspections.documents.templates import signable_pdf
from inspections.models import CaseDocument, Inspection, PlanVersion, SigningImage
from inspections.paper_states import PaperEvent, PaperState
from inspections.words import PaperType
from lms.base.actions import record_event
from lms.base.dates import local_date, today
from lms.base.documents.signatures import SEAL_DIAMETER
from lms.people.models import Agency, Person

DECISIONS, PLANS = "QĐ", "KH"
LEADING = {series: re.compile(rf"\s*(\d{{1,6}})\s*/\s*{series}") for series in (DECISIONS, PLANS)}


@transaction.atomic
def number_document(
    *, by: Person, document: CaseDocument, number: int | None = None, issued_on: date | None = None
) -> CaseDocument:
    """Give the next number of the series, or the one told; make the PDF and keep its hash.

    Two clerks at once: one waits at the agency's row and gets the next. A number already used is refused.
    """
    held = held_for(PaperEvent.NUMBER, document, by)
    # No key is changed, so nobody who only points at the agency waits.
    Agency.objects.select_for_update(no_key=True).get(pk=held.agency_id)
    if held.type == PaperType.DECISION and held.replaces_id is None:
        number, day = _as_the_case_says(held, number, issued_on)
    else:
        day = issued_on or today()
        _check_day(held, day, follows=number is None)
    held.year, held.issued_on = day.year, day
    held.number = number or next_number(held.agency_id, held.series, day.year)
    _refuse_used(held)
    _check_words(held, day)
    held.content = {**held.content, "number": str(held.number), "on": day.isoformat()}
    pdf = signable_pdf(held.template_code, held.content, seal_mm=_seal_mm(held.agency_id))
    held.sha256 = hashlib.sha256(pdf).hexdigest()
    held.state, held.numbered_at, held.numbered_by = PaperState.NUMBERED, timezone.now(), by
    held.pdf.save(f"{held.type}-{held.inspection.code}-{held.pk}.pdf", ContentFile(pdf), save=False)
    held.full_clean()
    held.save()
    record_event(
        by=by,
        action="inspections.number_document",
        target=held.inspection,
        new={"document": held.pk, "type": held.type, "number": held.written_number, "sha256": held.sha256},
    )
    return held


def next_number(agency_id: int, series: str, year: int) -> int:
    """Return the number after the last one of the agency's series in the year, 1 at its beginning."""
    last = CaseDocument.objects.in_series(agency_id, series, year).aggregate(last=Max("number"))["last"] or 0
    return max([int(last), *(number for number, _text in borne_elsewhere(agency_id, series, year))]) + 1


def borne_elsewhere(
    agency_id: int, series: str, year: int, *, but: Inspection | None = None
) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the series that no document of a case bears, each with its whole text.

    They are those of decisions entered with their cases and of the agency's inspection plans.
    """
    texts: QuerySet[Any, str]
    if series == DECISIONS:
        cases = Inspection.objects.filter(lead=agency_id, decided_on__year=year)
        texts = (cases.exclude(pk=but.pk) if but else cases).values_list("decision_no", flat=True)
    elif series == PLANS:
        plans = PlanVersion.objects.filter(plan__agency=agency_id, issued_on__year=year)
        texts = plans.values_list("paper_number", flat=True)
    else:
        return
    for text in texts:
        if found := LEADING[series].match(text):
            yield int(found[1]), text


def _seal_mm(agency_id: int) -> float:
    """Return the diameter of the agency's seal, which its place on the sheet is cut to."""
    seal = SigningImage.objects.of_agency(agency_id)
    return float(seal.diameter_mm or SEAL_DIAMETER) if seal else SEAL_DIAMETER


def _as_the_case_says(document: CaseDocument, number: int | None, issued_on: date | None) -> tuple[int, date]:
    """Return number and day of the case's decision, which were entered when it was opened."""
    case = document.inspection
    found = LEADING[DECISIONS].match(case.decision_no)
    if found is None or case.decided_on is None:
        raise ValidationError(
            _("The decision's number “%(number)s” does not begin like 15/QĐ-…: it cannot be printed.")
            % {"number": case.decision_no}
        )
    if number not in (None, int(found[1])) or issued_on not in (None, case.decided_on):
        raise ValidationError(
            _("The case's decision bears %(number)s of %(day)s: its document bears the same.")
            % {"number": case.decision_no, "day": date_format(case.decided_on, "d/m/Y")}
        )
    return int(found[1]), case.decided_on


def _check_day(document: CaseDocument, day: date, *, follows: bool) -> None:
    refuse_future("issued_on", day)
    if document.signed_at and day < local_date(document.signed_at):
        raise ValidationError({"issued_on": _("A document is numbered on the day it is signed, or later.")})
    series = CaseDocument.objects.in_series(document.agency_id, document.series, day.year)
    last = series.aggregate(last=Max("issued_on"))["last"]
    if follows and last and day < last:
        raise ValidationError(
            {
                "issued_on": _("The last number of this series is of %(day)s.")
                % {"day": date_format(last, "d/m/Y")}
            }
        )


def _refuse_used(document: CaseDocument) -> None:
    """Refuse a number borne outside the documents of cases; the database refuses those of other documents."""
    if document.year is None:
        return
    own = document.inspection if document.type == PaperType.DECISION else None
    for number, text in borne_elsewhere(document.agency_id, document.series, document.year, but=own):
        if number == document.number:
            raise ValidationError(
                {"number": _("This number is already used: %(number)s.") % {"number": text}}
            )


def _check_words(document: CaseDocument, day: date) -> None:
    """Refuse where the names or the law of that day are not those that were signed."""
    now = facts_of(document, day)
    for name in ("lead", "superior", "place"):
        if now[name] != document.content[name]:
            raise ValidationError(
                _(
                    "On %(day)s it is “%(now)s”, but “%(signed)s” was signed: return the document to its draft."
                )
                % {"day": date_format(day, "d/m/Y"), "now": now[name], "signed": document.content[name]}
            )
    if document.inspection.kind_version:
        refuse_expired(bases=document.inspection.kind_version.bases.all(), on=day)
    refuse_expired(text="\n".join(document.inputs.values()), on=day)
