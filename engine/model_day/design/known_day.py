"""What a search knows of one model: the cheapest day and the highest bound, told as they come."""

import math
from dataclasses import dataclass, field

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.result import Status
from engine.solver.job import Tell
from engine.solver.solved import Solved


def _nothing_known() -> Solved:
    """Before anything is known: nothing costs less than nothing."""
    return Solved(Status.UNKNOWN, None, None, 0.0)


@dataclass(slots=True)
class KnownDay:
    """The best so far of one search; whatever is better is told to whoever waits for it."""

    model: DayModel
    tell: Tell
    best: Solved = field(default_factory=_nothing_known)

    def see(self, values: Values | None, bound: float | None = None) -> None:
        """A day that keeps every row, or none, and a bound, or none."""
        found = better_of(self.best, solved_day(self.model, values, bound or 0.0))
        news = (found.objective, found.bound) != (self.best.objective, self.best.bound)
        self.best = found
        if news:
            self.tell(found)


def solved_day(model: DayModel, values: Values | None, bound: float) -> Solved:
    """The answer that a day and a bound are; costs are whole, so less than one point is equal."""
    if values is None:
        return Solved(Status.UNKNOWN, None, None, bound)
    cost = float(model.program.objective_of(values))
    status = Status.OPTIMAL if cost - bound < 1 - 1e-6 else Status.FEASIBLE
    return Solved(status, values, cost, min(bound, cost))


def better_of(one: Solved, other: Solved) -> Solved:
    """The cheaper day with the higher bound; both are about the same model."""
    if Status.INFEASIBLE in (one.status, other.status):
        return one if one.status is Status.INFEASIBLE else other
    cheap, dear = sorted(
        (one, other), key=lambda s: math.inf if s.objective is None else s.objective
    )
    bound = max(b for b in (cheap.bound, dear.bound, 0.0) if b is not None)
    if cheap.objective is None:
        return Solved(Status.UNKNOWN, None, None, bound)
    proven = cheap.objective - bound < 1 - 1e-6
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Solved(status, cheap.values, cheap.objective, min(bound, cheap.objective))


def is_closed(solved: Solved, gap: float) -> bool:
    """True where the day is within the gap of the bound, or there is no day at all."""
    if solved.status is Status.INFEASIBLE:
        return True
    if solved.objective is None or solved.bound is None:
        return False
    return solved.objective - solved.bound <= gap * solved.objective
