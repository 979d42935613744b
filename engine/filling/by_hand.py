"""The week as coordinators fill it today: one visit after the other, and no second thoughts.

The yardstick for the solver, and its first schedule. Every hard rule is kept; nothing is moved.
"""

from typing import Literal

import numpy as np

from engine.filling.call_order import Order, call_order
from engine.filling.occupancy import Occupancy
from engine.filling.seat_bookings import seat_bookings
from engine.filling.unplaced_reason import unplaced_reason
from engine.filling.visit_price import VisitPrice
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Placement, Schedule, Unplaced

Fit = Literal["first", "best"]


def fill_by_hand(
    problem: Problem,
    horizon: Horizon,
    fit: Fit = "first",
    order: Order = "list",
    seed: int = 0,
) -> Schedule:
    """Places the visits in call order, each at its first or its best fit, or not at all.

    First fit: the earliest possible start. Best fit: the start of least personal cost, of equals
    the one that leaves least free time beside it in its chair, then the earliest. The `inherited`
    clashes of the book are left to the checker.
    """
    occupancy = Occupancy(problem, horizon)
    for placement in seat_bookings(problem, horizon):
        occupancy.book(placement)
    price = VisitPrice(problem, horizon) if fit == "best" else None
    unplaced: list[Unplaced] = []
    for visit in call_order(problem, order, seed):
        found = first_fit(occupancy, visit) if price is None else best_fit(occupancy, visit, price)
        if found is None:
            reason = unplaced_reason(occupancy, visit)
            unplaced.append(Unplaced(visit=visit.id, reason=reason))
        else:
            occupancy.book(found)
    return Schedule(
        start=horizon.start,
        days=horizon.days,
        placements=tuple(occupancy.placements.values()),
        unplaced=tuple(unplaced),
    )


def first_fit(occupancy: Occupancy, visit: Visit) -> Placement | None:
    """The earliest placement in the horizon; None if there is none."""
    for day in occupancy.horizon.dates:
        starts = occupancy.feasible_starts(visit, day)
        if len(starts):
            return occupancy.place_at(visit, day, int(starts[0]))
    return None


def best_fit(occupancy: Occupancy, visit: Visit, price: VisitPrice) -> Placement | None:
    """The placement of least personal cost, then the tightest, then the earliest."""
    best: tuple[int, int, int] | None = None
    chosen = None
    for day in occupancy.horizon.dates:
        starts = occupancy.feasible_starts(visit, day)
        if not len(starts):
            continue
        prices = price.at(visit, day, starts)
        cheapest = prices.min()
        if best is not None and cheapest > best[0]:
            continue
        starts = starts[prices == cheapest]
        gaps = occupancy.tightness(visit, day, starts)
        at = int(np.argmin(gaps))
        key = (int(cheapest), int(gaps[at]), day.toordinal())
        if best is None or key < best:
            best, chosen = key, (day, int(starts[at]))
    return None if chosen is None else occupancy.place_at(visit, *chosen)
