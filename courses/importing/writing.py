"""Writing imported completions and their withdrawals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from courses.importing.comparing import Facts, TrainingItem
from courses.importing.people_known import PeopleKnown
from courses.models import Completion, Revocation
from courses.rules import frozen_place
from courses.states import CompletionSource
from lms.base.actions import Actor
from lms.base.dates import local_date
from lms.base.importing import Journal
from lms.people.organisation import History, history

IMPORTED = "Theo tệp nhập dữ liệu"  # a fact's reason is data, kept in the language of the files
BATCH = 1000
HUNDREDTH = Decimal("0.01")
# What a file says of them: taking the file back asks whether they still say so.
SAID_OF_COMPLETION = (
    "course_name", "hours", "is_ds", "is_da", "passed", "verified_on", "provider", "certificate_no", "valid_until",
)  # fmt: skip
SAID_OF_REVOCATION = ("completion_id", "on", "mode")


def add_completions(items: Sequence[TrainingItem], *, by: Actor | None, journal: Journal) -> None:
    """Write new completions with the agency and post of their day, then their withdrawals."""
    people, known = PeopleKnown([item.row for item in items], None), history()
    completions = [_completion(item, people, known) for item in items]
    Completion.objects.bulk_create(completions, batch_size=BATCH)
    withdrawals = [
        _revocation(completion, item.new, by)
        for item, completion in zip(items, completions, strict=True)
        if item.new["revoked_on"]
    ]
    Revocation.objects.bulk_create(withdrawals, batch_size=BATCH)
    journal.made(completions, SAID_OF_COMPLETION)
    journal.made(withdrawals, SAID_OF_REVOCATION)


def correct_completions(items: Iterable[TrainingItem], *, by: Actor | None, journal: Journal) -> None:
    """Rewrite imported completions whose file was corrected; the importer audits old and new."""
    for item in items:
        assert item.completion is not None and item.old is not None  # noqa: S101 (only known ones are corrected)
        own, withdrawal = _split(item.differences)
        if own:
            Completion.objects.filter(pk=item.completion.pk).correct(**own)
            for name, value in _as_held(own).items():
                setattr(item.completion, name, value)
            journal.changed(item.completion, {name: item.old[name] for name in own})
        if withdrawal:
            _correct_withdrawal(item.completion, item.new, by, journal)


def _correct_withdrawal(completion: Completion, facts: Facts, by: Actor | None, journal: Journal) -> None:
    old = Revocation.objects.filter(completion=completion)
    journal.deleted(old)
    old.delete()
    if facts["revoked_on"]:
        revocation = _revocation(completion, facts, by)
        revocation.save()
        journal.made([revocation], SAID_OF_REVOCATION)


def _split(facts: Facts) -> tuple[Facts, Facts]:
    withdrawal = {name: value for name, value in facts.items() if name.startswith("revoked_")}
    return {name: value for name, value in facts.items() if name not in withdrawal}, withdrawal


def _as_held(facts: Facts) -> Facts:
    """Return the facts as their columns hold them, so that taking back finds them unchanged: 8 periods are 8.00."""
    return {name: value.quantize(HUNDREDTH) if name == "hours" else value for name, value in facts.items()}


def _completion(item: TrainingItem, people: PeopleKnown, known: History) -> Completion:
    own, _withdrawal = _split(item.new)
    on = local_date(item.row["completed_at"])
    return Completion(
        person=item.person,
        person_name=item.person.full_name,
        course=item.course,
        course_code=item.row["course_code"],
        course_version=item.course.version if item.course else None,
        completed_at=item.row["completed_at"],
        completed_on=on,
        source=CompletionSource.IMPORT,
        evidence={"row": item.row.number},
        **_as_held(own),
        **frozen_place(people.post_on(item.person, on), on, known),
    )


def _revocation(completion: Completion, facts: Facts, by: Actor | None) -> Revocation:
    return Revocation(
        completion=completion,
        on=facts["revoked_on"],
        mode=facts["revoked_mode"],
        reason=IMPORTED,
        by_id=by.pk if by else None,
        by_name=by.audit_name if by else "",
    )
