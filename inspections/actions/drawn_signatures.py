"""Signing the draft minutes on the screen: each signature is bound to every word that was shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.evidence import refuse_after_lock
from inspections.actions.gate import pass_gate
from inspections.documents.content import content_of, content_sha256
from inspections.documents.minutes import LEADER, SECRETARY, SigningPlace, places_of
from inspections.models import DrawnSignature, InspectedSubject, Inspection, Minutes
from inspections.rules import sheet_that_counts
from inspections.rules.strokes import strokes_of, svg_of
from inspections.states import Duty, Event
from lms.base.actions import record_event
from lms.base.vietnamese import fold
from lms.people.models import Person

# Whoever has an account signs from it; the others on the screen of the team.
OWN = {LEADER: Duty.LEADER, SECRETARY: Duty.SECRETARY}


@dataclass(frozen=True)
class PlaceToSign:
    """One place under the minutes: what was signed there, and whether it still counts."""

    place: SigningPlace
    signed: DrawnSignature | None
    is_void: bool  # there was a signature, but the words have changed since
    is_mine: bool  # this person may sign or take the signature


@dataclass(frozen=True)
class SigningSheet:
    """The minutes as they are to be signed."""

    sha256: str
    places: list[PlaceToSign]

    @property
    def drawn(self) -> dict[str, dict[str, Any]]:
        """What the paper prints of each signature that counts."""
        return {one.place.key: printed(one.signed) for one in self.places if one.signed}

    @property
    def void(self) -> list[str]:
        """Who has to sign again."""
        return [one.place.name for one in self.places if one.is_void]


def signing_sheet(
    by: Person, subject: InspectedSubject, content: dict[str, Any] | None = None
) -> SigningSheet:
    """Return who signs the subject's draft, and what each has drawn under its present words."""
    content = content or content_of(subject.minutes, sheet_that_counts(subject))
    sha256, rows = content_sha256(content), list(subject.minutes.drawn_signatures.all())
    places = []
    for place in places_of(content):
        mine = [row for row in rows if row.place == place.key]
        counts = next((row for row in mine if row.content_sha256 == sha256), None)
        places.append(
            PlaceToSign(
                place, counts, bool(mine) and counts is None, is_theirs(by, place, subject.inspection)
            )
        )
    return SigningSheet(sha256, places)


def is_theirs(by: Person, place: SigningPlace, case: Inspection) -> bool:
    """Tell whether this person signs at the place, or holds the screen for whoever does."""
    duty = OWN.get(place.key)
    return duty is None or any(one.person_id == by.pk and one.duty == duty for one in case.team.all())


def printed(row: DrawnSignature) -> dict[str, Any]:
    """Return what the paper prints of a signature."""
    return {
        "name": row.name,
        "strokes": row.strokes,
        "typed": row.typed,
        "at": timezone.localtime(row.signed_at).isoformat(timespec="seconds"),
        "sha256": row.sha256,
    }


@transaction.atomic
def sign_on_screen(
    *, by: Person, subject: InspectedSubject, place: str, shown: str, strokes: Any = None, typed: str = ""
) -> DrawnSignature:
    """Keep what was drawn at a place, or the name typed there. ``shown``: the hash of the words that were read."""
    case = pass_gate(Event.RECORD, subject.inspection, by)
    refuse_after_lock(subject)
    held = Minutes.objects.select_for_update(of=("self",)).filter(subject=subject).first()
    if held is None:
        raise ValidationError(_("Write the minutes first."))
    held.subject = subject
    content = content_of(held, sheet_that_counts(subject))
    if not content["items"]:
        raise ValidationError(_("Finalise the checklist first: the minutes are made from its answers."))
    where = next((one for one in places_of(content) if one.key == place), None)
    if where is None:
        raise ValidationError(_("Nobody signs these minutes in that place."))
    if not is_theirs(by, where, case):
        raise PermissionDenied(_("%(name)s signs from their own account.") % {"name": where.name})
    if shown != content_sha256(content):
        raise ValidationError(
            _("The minutes have changed since this page was opened: read them again, then sign.")
        )
    row = DrawnSignature(
        minutes=held,
        place=place,
        name=where.name,
        content_sha256=shown,
        taken_by=by,
        **_ink(where, strokes, typed),
    )
    row.full_clean()
    row.save()
    record_event(
        by=by,
        action="inspections.sign_on_screen",
        target=case,
        new={"subject": str(subject), "place": place, "name": row.name, "sha256": row.sha256, "of": shown},
    )
    return row


def _ink(place: SigningPlace, strokes: Any, typed: str) -> dict[str, Any]:
    if typed.strip():
        if fold(typed) != fold(place.name):
            raise ValidationError(
                {"typed": _("Type the name as the minutes have it: %(name)s.") % {"name": place.name}}
            )
        return {"typed": place.name, "sha256": hashlib.sha256(place.name.encode()).hexdigest()}
    drawn = strokes_of(strokes)
    if drawn is None:
        raise ValidationError({"strokes": _("Draw the signature in the box, or type the name instead.")})
    svg = svg_of(drawn)
    return {"strokes": drawn, "svg": svg, "sha256": hashlib.sha256(svg.encode()).hexdigest()}
