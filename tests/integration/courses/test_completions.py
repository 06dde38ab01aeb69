"""Withdrawing a completion, and what counts on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from courses.actions import revoke_completion
from courses.models import Completion, Revocation
from courses.rules import Refused
from courses.signals import revoked
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import people

pytestmark = pytest.mark.django_db
EARNED = date(2024, 3, 1)


@pytest.fixture
def completion():
    return Completion.objects.create(
        person=people.person(),
        person_name="Nguyễn Thị Mỹ Tiên",
        course_code="X",
        course_name="Ngoài",
        hours=Decimal(8),
        is_ds=True,
        is_da=False,
        completed_at=datetime(2024, 3, 1, 8, tzinfo=timezone(timedelta(hours=7))),
        completed_on=EARNED,
        verified_on=date(2024, 4, 1),
        passed=True,
        source="import",
    )


def withdraw(completion, **case) -> Revocation:
    given = {"mode": "from_date", "on": date(2024, 6, 1), "reason": "Thi hộ", "by": None, **case}
    return revoke_completion(completion=completion, **given)


def test_a_withdrawal_is_a_fact_with_who_why_and_when(completion):
    officer, heard = people.person("Trần Văn Đức"), []
    revoked.connect(lambda revocation, **_: heard.append(revocation.pk), weak=False, dispatch_uid="test")
    row = withdraw(completion, by=officer)
    revoked.disconnect(dispatch_uid="test")
    assert (row.by, row.by_name, row.reason, row.mode, row.on) == (
        officer,
        "Trần Văn Đức",
        "Thi hộ",
        "from_date",
        date(2024, 6, 1),
    )
    assert heard == [row.pk]
    event = AuditEvent.objects.get(action="courses.revoke_completion")
    assert (event.reason, event.actor_name) == ("Thi hộ", "Trần Văn Đức")


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"reason": "  "}, "no_reason"),
        ({"mode": "perhaps"}, "no_mode"),
        ({"on": EARNED - timedelta(days=1)}, "before_completion"),
        ({"on": today() + timedelta(days=1)}, "to_come"),
    ],
)
def test_a_withdrawal_is_refused_with_its_reason(completion, case, code):
    with pytest.raises(Refused) as refused:
        withdraw(completion, **case)
    assert refused.value.code == code
    assert not Revocation.objects.exists()
    assert not AuditEvent.objects.filter(action="courses.revoke_completion").exists()


def test_a_completion_is_withdrawn_once(completion):
    withdraw(completion)
    with pytest.raises(Refused) as refused:
        withdraw(completion, mode="ab_initio")
    assert refused.value.code == "revoked"


def counts(day: date, known_at: date | None = None) -> bool:
    return Completion.objects.counting_on(day, known_at).exists()


def test_a_completion_counts_from_its_verification(completion):
    assert counts(date(2024, 3, 31)) is False
    assert counts(date(2024, 4, 1)) is True
    assert counts(date(2024, 3, 15), known_at=date(2024, 4, 1)) is True
    assert counts(date(2024, 2, 28), known_at=date(2024, 4, 1)) is False


def test_a_withdrawal_from_its_date_leaves_the_days_before(completion):
    withdraw(completion, mode="from_date")
    assert counts(date(2024, 5, 31)) is True
    assert counts(date(2024, 6, 1)) is False
    assert counts(date(2024, 5, 31), known_at=date(2024, 12, 31)) is True
    assert counts(date(2024, 6, 30), known_at=date(2024, 5, 31)) is True


def test_a_withdrawal_from_the_beginning_never_counts_once_known(completion):
    withdraw(completion, mode="ab_initio")
    assert counts(date(2024, 5, 31), known_at=date(2024, 5, 31)) is True
    assert counts(date(2024, 5, 31), known_at=date(2024, 6, 1)) is False
    assert counts(date(2024, 6, 1)) is False
