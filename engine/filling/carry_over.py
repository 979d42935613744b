"""An earlier schedule laid over the question as it is now: what still holds keeps its time.

The book changes while a fill runs and while its schedule is looked at. So each earlier placement is
held against the book of now, and what is left over is filled as a coordinator would.
"""

from collections.abc import Iterable

from engine.checker import check
from engine.filling.by_hand import fill_rest
from engine.filling.list_inherited import list_inherited
from engine.filling.occupancy import Occupancy
from engine.filling.reasons import explain_unplaced
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem
from engine.practice.base import Frozen, Id
from engine.schedule import Placement, Schedule, Unplaced
from engine.units import to_minutes


class CarriedOver(Frozen):
    """A schedule of the question as it is now, and what became of each earlier placement.

    `valid`: keeps its time. `stale`: waits no longer (booked by now, or not asked for any more), or
    lies outside the dates. `clashing`: its time is gone; the schedule has another one for it, or
    none.
    """

    schedule: Schedule
    valid: tuple[Id, ...]
    stale: tuple[Id, ...]
    clashing: tuple[Id, ...]


def carry_over(
    problem: Problem, horizon: Horizon, earlier: Schedule, wanted: Iterable[str] | None = None
) -> CarriedOver:
    """Keep the times of `wanted` visits that still hold, and fill the rest by hand.

    None: of all that are no bookings now.

    Chairs and people stay where all earlier placements hold as they are; otherwise a time may be
    served in another chair. Bookings are where the book has them.
    """
    asked = None if wanted is None else set(wanted)
    waiting = {visit.id for visit in problem.visits_for(horizon)}
    placed = [
        one
        for one in earlier.placements
        if one.visit not in problem.booking_of and (asked is None or one.visit in asked)
    ]
    live = [one for one in placed if one.visit in waiting and one.date in horizon]
    occupancy = _as_they_are(problem, horizon, earlier, live) or _at_their_times(
        problem, horizon, live
    )
    kept = set(occupancy.placements)
    schedule = fill_rest(occupancy, fit="best", order="due")
    alive = {one.visit for one in live}
    missed = set() if asked is None else asked - {one.visit for one in placed}
    return CarriedOver(
        schedule=list_inherited(problem, explain_unplaced(problem, schedule)),
        valid=tuple(one.visit for one in live if one.visit in kept),
        stale=(*(one.visit for one in placed if one.visit not in alive), *sorted(missed)),
        clashing=tuple(one.visit for one in live if one.visit not in kept),
    )


def _as_they_are(
    problem: Problem, horizon: Horizon, earlier: Schedule, live: list[Placement]
) -> Occupancy | None:
    """Everything with the seats it had, bookings included; None where that breaks a rule."""
    booked = []
    for fresh in seat_bookings(problem, horizon):
        before = earlier.placement_of.get(fresh.visit)
        same = before is not None and _seat(before) == _seat(fresh)
        booked.append(before if same and before is not None else fresh)
    placements = (*booked, *live)
    placed = {one.visit for one in placements}
    rest = (visit.id for visit in problem.visits_for(horizon) if visit.id not in placed)
    trial = Schedule(
        start=horizon.start,
        days=horizon.days,
        placements=placements,
        unplaced=tuple(Unplaced(visit=visit, reason="not-asked") for visit in rest),
    )
    return Occupancy.of(problem, trial) if check(problem, trial).ok else None


def _seat(placement: Placement) -> tuple[object, ...]:
    return placement.date, placement.start, placement.end, placement.segments[0].chair


def _at_their_times(problem: Problem, horizon: Horizon, live: list[Placement]) -> Occupancy:
    """The book, and one after the other each placement at its time, wherever it can be served."""
    occupancy = Occupancy(problem, horizon)
    for placement in seat_bookings(problem, horizon):
        occupancy.book(placement)
    for one in sorted(live, key=lambda placement: (placement.date, placement.start)):
        visit = problem.all_visits[one.visit]
        found = occupancy.place_at(visit, one.date, to_minutes(one.start))
        if found is not None:
            occupancy.book(found)
    return occupancy
