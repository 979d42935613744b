"""Visits of which one follows another: what waiting with the first costs the later one.

Prices know little of it: a relaxation has half a visit early and half of its follower late. Where
the first one waits until the follower has no date left, the follower is lost.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.practice import Follows
from engine.practice.calendar import OpenDays
from engine.solver.arrays import Mask
from engine.solver.constraints.order import allows
from engine.solver.model import Model
from engine.solver.segments import Indices, Reals


@dataclass(frozen=True, slots=True)
class Chain:
    """Items by number, and on which date the later may come after the first on which date."""

    first: int
    later: int
    allowed: Mask
    """Shape (days, days): date of the first, date of the later."""

    def lost_by_waiting(self, now: Reals, first: Reals, later: Reals) -> float:
        """What both lose where the first waits, beyond what the first loses alone.

        Least costs by date, shape (days + 1,), the last without a time: `now` of the first inside
        the piece, `first` of the first outside it, `later` of the later one.
        """
        if not np.isfinite(now).any():
            return 0.0
        follower = np.where(self.allowed, later[:-1], np.inf).min(axis=1, initial=np.inf)
        follower = np.append(np.minimum(follower, later[-1]), later[-1])
        here = follower[np.flatnonzero(np.isfinite(now))].min()
        waits = (first + follower).min() - first.min()
        return float(max(0.0, waits - here)) if np.isfinite(waits) else 0.0


def chains_of(model: Model) -> tuple[Chain, ...]:
    """All pairs of items of which the second follows the first."""
    calendar = OpenDays(model.problem.practice)
    days = [facts.day for facts in model.days]

    @cache  # there are few different gaps
    def dates(gap: Follows) -> Mask:
        return np.array([[allows(calendar, gap, a, b) for b in days] for a in days])

    return tuple(
        Chain(
            model.items[follows.visit].number,
            later.number,
            dates(follows.model_copy(update={"visit": ""})),
        )
        for later in model.items.values()
        for follows in later.visit.follows
        if follows.visit in model.items
    )


def least_by_date(cost: Reals, day: Indices, days: int) -> Reals:
    """The least cost on each date, and at the end without a date (-1); shape (days + 1,)."""
    least = np.full(days + 1, np.inf)
    np.minimum.at(least, day, cost)
    return least
