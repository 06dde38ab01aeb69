"""Corrections people ask for, and what HR answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import record_event
from lms.base.dates import today
from lms.base.vietnamese import fold, nfc
from lms.people.models import CorrectionRequest, Person
from lms.people.rules import may_see_person
from lms.people.words import looks_like_number

MAY_ANSWER = "people.import"


class Refused(ValueError):
    """What was asked cannot be done; the message is a sentence for the one who asked."""


@transaction.atomic
def ask_correction(
    *, person: Person, field: str, new_value: str, explanation: str, evidence: UploadedFile | None, by: Person
) -> CorrectionRequest:
    """Ask for a correction of one's own record."""
    if by.canonical != person.canonical:
        raise Refused(_("Only the person concerned asks for a correction."))
    row = CorrectionRequest.objects.create(
        person=person.canonical,
        field=field,
        old_value=shown_value(person.canonical, field),
        new_value=new_value,
        explanation=explanation,
        evidence=evidence or "",
    )
    record_event(by=by, action="people.ask_correction", target=row, new={"field": field})
    return row


@transaction.atomic
def answer_correction(
    *, request: CorrectionRequest, accept: bool, answer: str, by: Person
) -> CorrectionRequest:
    """Accept (which changes the record where it can) or refuse with a reason. Raises Refused."""
    row = CorrectionRequest.objects.select_for_update().select_related("person").get(pk=request.pk)
    if not row.is_open:
        raise Refused(_("This request has been answered already."))
    if row.person.canonical == by.canonical:
        raise Refused(_("Nobody answers their own request."))
    if not may_see_person(by, MAY_ANSWER, row.person):
        raise Refused(_("This person is outside your agencies."))
    if not answer.strip() and not (accept and row.is_applied_by_accepting):
        raise Refused(_("Say why, or where it was set right."))
    old = _apply(row) if accept and row.is_applied_by_accepting else {}
    row.state = row.State.ACCEPTED if accept else row.State.REFUSED
    row.answer, row.answered_at, row.answered_by = answer.strip(), timezone.now(), by
    row.save()
    new = {name: getattr(row.person, name) for name in old} | {"state": row.state, "field": row.field}
    record_event(
        by=by, action="people.answer_correction", target=row.person, old=old, new=new, reason=row.answer
    )
    return row


def _apply(row: CorrectionRequest) -> dict[str, Any]:
    """Change the record; return what stood there."""
    person = Person.objects.select_for_update().get(pk=row.person_id)
    value = read_value(row.field, row.new_value)
    old = getattr(person, row.field)
    setattr(person, row.field, value)
    person.save(update_fields=[row.field, "name_folded", "name_key"])
    row.person = person
    return {row.field: old}


def shown_value(person: Person, field: str) -> str:
    """Return how the record stands, as the person reads it."""
    if field == CorrectionRequest.Field.BIRTH_DATE:
        return f"{person.birth_date:%d/%m/%Y}" if person.birth_date else ""
    if field == CorrectionRequest.Field.GENDER:
        return str(person.get_gender_display())
    return str(getattr(person, field)) if field in CorrectionRequest.APPLIED else ""


def read_value(field: str, text: str) -> Any:
    """Return what a field should hold; raise Refused with a sentence where it cannot."""
    if field == CorrectionRequest.Field.BIRTH_DATE:
        return _day(text)
    if field == CorrectionRequest.Field.GENDER:
        return _gender(text)
    if field == CorrectionRequest.Field.EMAIL:
        return _email(text)
    if field == CorrectionRequest.Field.FULL_NAME and looks_like_number(text):
        raise Refused(_("A name holds no digits."))
    return nfc(" ".join(text.split()))


def _day(text: str) -> date:
    for layout in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text.strip(), layout).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        if date(1900, 1, 1) <= found <= today():
            return found
    raise Refused(_("Write the day as 31/12/1990; it cannot lie in the future."))


def _gender(text: str) -> str:
    words = {fold(str(label)): value for value, label in Person.Gender.choices}
    words |= {"nam": "male", "nu": "female", "male": "male", "female": "female"}
    if fold(text) not in words:
        raise Refused(_("Write nam or nữ."))
    return words[fold(text)]


def _email(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise Refused(_("This is no e-mail address.")) from error
    return text.strip()
