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

# Whom an examiner has something to decide about: courses and how many at each.
HALL = {
    "hurried": ("DS06", 1),
    "neighbours": ("DS02", 3),
    "away": ("DS06", 1),
    "cut": ("DS06", 1),
    "slow": ("DS06", 1),
}


@dataclass(frozen=True)
class Learner:
    """Somebody at an exam, and how many answers they get wrong."""

    number: str
    course_code: str
    wrong: int


def learners(careers: list[Career]) -> Iterator[Learner]:
    """Yield the learners, taken from all over the province."""
    source = chance("learners")
    chosen = iter(source.sample(_serving(careers), sum(SITTINGS.values())))
    for course_code, count in SITTINGS.items():
        for place in range(count):
            fails = course_code == "DS06" and place < FAILING
            wrong = WRONG_AND_FAILING if fails else source.choice(WRONG_AND_PASSING)
            yield Learner(next(chosen).number, course_code, wrong)


def hall(careers: list[Career]) -> dict[str, list[Learner]]:
    """Return who sits an exam so that an examiner has something to look at, by what is to be seen."""
    busy = {learner.number for learner in learners(careers)}
    free = [career for career in _serving(careers) if career.number not in busy]
    chosen = iter(chance("hall").sample(free, sum(count for _course, count in HALL.values())))
    return {
        scene: [Learner(next(chosen).number, course, WRONG_AND_FAILING) for _ in range(count)]
        for scene, (course, count) in HALL.items()
    }


def _serving(careers: list[Career]) -> list[Career]:
    return [c for c in careers if c.still_serves and c.main[-1].start < PROVINCES_MERGED]
