"""What decides an exam: draw, order, grade. Pure functions; instants are the server's."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Attempt
from courses.rules.refusal import Refusal


def draw(question_ids: Iterable[int], count: int, seed: str) -> list[int]:
    """Return `count` ids in the order they are put; the same seed and bank give the same draw."""
    # Fairness, not secrecy: the seed itself comes from `secrets`.
    return random.Random(seed).sample(sorted(question_ids), count)  # noqa: S311


def order_of(seed: str, question_id: int) -> random.Random:
    """Return what shuffles one question of one attempt; the same attempt and question give the same order."""
    return random.Random(f"{seed}:{question_id}")  # noqa: S311 (see above)


def score(earned: Fraction, points: int) -> Decimal:
    """Return the share of the points in %, two decimals, half up; shown, never decided on."""
    if points == 0:
        return Decimal("0.00")
    hundredths = (20_000 * Fraction(earned) / points + 1) // 2
    return Decimal(hundredths).scaleb(-2)


def has_passed(earned: Fraction, points: int, pass_mark: int) -> bool:
    """Decide on exact numbers, so that rounding neither gives nor takes a pass."""
    return points > 0 and 100 * earned >= pass_mark * points


def refuse_bank(drawn: int, drawable: int) -> Refusal | None:
    """Say that an exam is larger than its bank, or None where it is not."""
    if drawable >= drawn:
        return None
    sentence = ngettext(
        "The exam cannot start: it draws %(draw)s questions and the bank holds %(held)s question.",
        "The exam cannot start: it draws %(draw)s questions and the bank holds %(held)s questions.",
        drawable,
    )
    return Refusal("bank", sentence % {"draw": drawn, "held": drawable})


def refuse_answer(attempt: Attempt, arrived_at: datetime) -> Refusal | None:
    """Say why an answer that arrived at an instant is not taken, or None where it is."""
    if attempt.closed_at is not None:
        return Refusal("closed", _("This attempt is closed; the answer was not saved."))
    if attempt.is_past_time(arrived_at):
        return Refusal("late", _("The time was over when this answer arrived; it was not saved."))
    return None
