"""The week as coordinators fill it today: one visit after the other, and no second thoughts.

The yardstick for the solver, and its first schedule. Every hard rule is kept; nothing is moved.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from engine.filling.call_order import Order, call_order
from engine.filling.candidates import Candidate, best_fits, first_fits
from engine.filling.occupancy import Occupancy
from engine.filling.room_for_follower import leaves_room, pressing_followers
from engine.filling.seat_bookings import seat_bookings
from engine.filling.unplaced_reason import unplaced_reason
from engine.filling.visit_price import VisitPrice
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Placement, Schedule, Unplaced

Fit = Literal["first", "best"]

TRIES = 60
"""Starts that a coordinator looks at before giving up on booking two visits together."""


def fill_by_hand(
    problem: Problem,
    horizon: Horizon,
    fit: Fit = "first",
    order: Order = "list",
    seed: int = 0,
) -> Schedule:
    """Places the visits in call order, each at its first or its best fit, or not at all.

    First fit: the earliest possible start. Best fit: the start of least personal cost, of equals
    the one that leaves least free time beside it in its chair, then the earliest. A visit that
    another one must follow soon goes where that one still fits. The `inherited` clashes of the
    book are left to the checker.
    """
    occupancy = Occupancy(problem, horizon)
    for placement in seat_bookings(problem, horizon):
        occupancy.book(placement)
    return fill_rest(occupancy, fit, order, seed)


def fill_rest(
    occupancy: Occupancy, fit: Fit = "first", order: Order = "list", seed: int = 0
) -> Schedule:
    """The same around whatever the occupancy holds already, the book among it."""
    problem, horizon = occupancy.problem, occupancy.horizon
    price = VisitPrice(problem, horizon)
    unplaced: list[Unplaced] = []
    for visit in call_order(problem, horizon, order, seed):
        if visit.id in occupancy.placements:
            continue
        if fit == "first":
            found = _choose(occupancy, visit, first_fits(occupancy, visit))
        else:
            found = _choose(occupancy, visit, best_fits(occupancy, visit, price))
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


def _choose(
    occupancy: Occupancy, visit: Visit, candidates: Iterator[Candidate]
) -> Placement | None:
    """The first candidate, or the first that leaves room for what must follow soon."""
    followers = pressing_followers(occupancy, visit)
    first = None
    for day, start in islice(candidates, TRIES if followers else 1):
        placement = occupancy.place_at(visit, day, start)
        if placement is None:
            continue
        if not followers or leaves_room(occupancy, placement, followers):
            return placement
        first = first or placement
    return first
