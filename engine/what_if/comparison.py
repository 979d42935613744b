"""What a comparison says: facts and figures by scenario, each with its difference to the base."""

import datetime as dt
from enum import StrEnum

from engine.practice import Frozen
from engine.result import Result


class Noise(StrEnum):
    """Whether a difference says anything.

    GAP: it is no larger than what the solver has not proven. REPEATS: no larger than what another
    seed changes, or no other seed was solved and the figure has no price.
    """

    CLEAR = "clear"
    GAP = "gap"
    REPEATS = "repeats"
    BOTH = "gap and repeats"


class FigureRow(Frozen):
    """One figure, means over the repeats. `spread`: largest change that another seed alone made.

    It is None where each was solved once. `points`: what the difference is in the objective, None
    where it has no price. `better`: True where the difference is what a practice wants; None where
    that cannot be said.
    """

    figure: str
    unit: str
    base: float
    value: float
    spread: float | None
    noise: Noise
    points: float | None = None
    better: bool | None = None

    @property
    def difference(self) -> float:
        """Scenario less base."""
        return self.value - self.base


class VisitChange(Frozen):
    """A visit that gains or loses by the scenario. `points`: less cost is above zero, a gain.

    `before`, `after`: its time in the base's and in the scenario's best schedule; None: none.
    `always`: it gains (or loses) in every repeat; None where there was but one.
    """

    visit: str
    patient: str
    procedure: str
    before: dt.datetime | None
    after: dt.datetime | None
    points: float
    why: str
    always: bool | None
    called: bool = False


class Solved(Frozen):
    """The full solves of a scenario: one result a seed, in the order of the seeds.

    `objectives` and `bounds` of each hold what comes on top of its fill: calls, lost times, visits
    left out.
    """

    results: tuple[Result, ...]
    objectives: tuple[float | None, ...]
    bounds: tuple[float | None, ...]

    @property
    def best(self) -> Result:
        """The cheapest schedule; of equals the first seed's."""
        pairs = zip(self.objectives, self.results, strict=True)
        known = [(points, one) for points, one in pairs if points is not None]
        return min(known, key=lambda pair: pair[0])[1] if known else self.results[0]

    @property
    def bound(self) -> float | None:
        """The highest bound of all seeds, points."""
        return max((bound for bound in self.bounds if bound is not None), default=None)


class Outcome(Frozen):
    """A scenario beside the base. Amounts in points; an objective less than the base's is better.

    `bound`: of the relaxation, by prices alone, with the least that comes on top of a fill.
    `bound_difference`: to the base's bound, what screening ranks by: with a call for everybody who
    is called, and a lost time for whom the dates do not take even alone. `objective`: the best of
    the repeats, None where it was not solved in full; `difference`: to the base's best. `least`,
    `most`: the true difference lies between them, as far as bounds prove. `called`: bookings that
    lose their time; `calls_needed`: so many calls are needed whatever is done, as far as is proven.
    """

    name: str
    bound: float
    bound_difference: float
    objective: float | None = None
    difference: float | None = None
    least: float | None = None
    most: float | None = None
    noise: Noise | None = None
    called: tuple[str, ...] = ()
    calls_needed: int = 0
    called_without: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    visits: tuple[VisitChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def only_called(self) -> bool:
        """Better for nobody but those who are called: they lose a time and find a cheaper one.

        A frozen booking that loses its time may come sooner than the practice had planned. That is
        worth points, and no reason to send an assistant home.
        """
        if self.difference is None or self.difference >= 0:
            return False
        return self.difference + sum(one.points for one in self.visits if one.called) >= 0

    @property
    def gains(self) -> tuple[VisitChange, ...]:
        """Who is better off, most first."""
        return tuple(sorted((v for v in self.visits if v.points > 0), key=lambda v: -v.points))

    @property
    def losses(self) -> tuple[VisitChange, ...]:
        """Who is worse off, most first."""
        return tuple(sorted((v for v in self.visits if v.points < 0), key=lambda v: v.points))
