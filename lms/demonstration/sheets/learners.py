"""Who sits an exam in the product itself, on the day the demonstration is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.demonstration.sheets.agencies import PROVINCES_MERGED
from lms.demonstration.sheets.careers import Career
from lms.demonstration.sheets.chance import chance

# 20 of them pass and earn a certificate; two fail the first time.
SITTINGS = {"DS06": 14, "DS02": 4, "DA02": 4}
FAILING = 2
# Wrong answers that still pass (7 of 10, 6 of 8) and that do not.
WRONG_AND_PASSING, WRONG_AND_FAILING = (0, 1, 1, 2), 5


@dataclass(frozen=True)
class Learner:
    """Somebody at an exam, and how many answers they get wrong."""

    number: str
    course_code: str
    wrong: int


def learners(careers: list[Career]) -> Iterator[Learner]:
    """Yield the learners, taken from all over the province."""
    source = chance("learners")
    serving = [c for c in careers if c.still_serves and c.main[-1].start < PROVINCES_MERGED]
    chosen = iter(source.sample(serving, sum(SITTINGS.values())))
    for course_code, count in SITTINGS.items():
        for place in range(count):
            fails = course_code == "DS06" and place < FAILING
            wrong = WRONG_AND_FAILING if fails else source.choice(WRONG_AND_PASSING)
            yield Learner(next(chosen).number, course_code, wrong)
