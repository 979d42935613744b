"""What a change is held against: the base, the dates, and what else its scenario brings along."""

import datetime as dt
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.practice.calendar import is_open
from engine.problems import PracticeProblem
from engine.units import Interval

WHOLE_DAY: Interval = (0, 1440)


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario's surroundings. `opened`: dates that it opens; the id sets hold what it adds."""

    problem: Problem
    horizon: Horizon
    scenario: str
    opened: frozenset[dt.date] = frozenset()
    staff: frozenset[str] = frozenset()
    chairs: frozenset[str] = frozenset()

    def is_open(self, day: dt.date) -> bool:
        """Whether patients are seen on the date, in the base or because the scenario opens it."""
        return day in self.opened or is_open(self.problem.practice, day)

    @property
    def open_dates(self) -> tuple[dt.date, ...]:
        """The open dates of the horizon."""
        return tuple(day for day in self.horizon.dates if self.is_open(day))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a change decides, and when: two changes of a scenario may not decide the same."""

    what: str
    day: dt.date | None = None
    span: Interval = WHOLE_DAY

    def meets(self, other: "Claim") -> bool:
        """True where both decide the same thing at the same time."""
        return (
            (self.what, self.day) == (other.what, other.day)
            and self.span[0] < other.span[1]
            and other.span[0] < self.span[1]
        )


def fault(code: str, where: str, cause: str, remedy: str) -> PracticeProblem:
    """A fault of a scenario: it refuses the whole file."""
    return PracticeProblem(f"scenario-{code}", where, cause, remedy)
