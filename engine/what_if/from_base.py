"""The base's schedule laid over a scenario: the start that base and scenarios share.

Two searches that begin from nothing end in different corners, and most of what differs is luck. So
every full solve begins from the schedule of the base with the same seed, as far as the scenario
still allows it; the base itself goes on from there for as long as the scenarios do.
"""

from collections.abc import Collection, Iterable

from engine.checker import check
from engine.filling.by_hand import fill_rest
from engine.filling.occupancy import Occupancy
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem
from engine.schedule import Placement, Schedule, Unplaced
from engine.units import to_minutes


def laid_over(
    problem: Problem, horizon: Horizon, base: Schedule, called: Collection[str]
) -> Schedule:
    """A schedule of the scenario that is as the base's where it can be, the rest filled by hand.

    `called`: bookings that the scenario has given other times. It is not checked in the end:
    where a booking that the base had moved finds its old time taken, it may break a rule.
    """
    waiting = {visit.id for visit in problem.visits_for(horizon)}
    before = {one.visit: one for one in base.placements if one.visit not in called}
    seated = seat_bookings(problem, horizon)
    book = [_as_before(problem, one, before.get(one.visit)) for one in seated]
    live = [one for name, one in before.items() if name in waiting]
    occupancy = _as_it_is(problem, horizon, [*book, *live])
    return fill_rest(
        occupancy or _one_by_one(problem, horizon, seated, book, live), fit="best", order="due"
    )


def _as_before(problem: Problem, seated: Placement, before: Placement | None) -> Placement:
    """A booking as the base has it, where it may be there: moved, or in the same chair."""
    if before is None:
        return seated
    same = _seat(before) == _seat(seated)
    return before if same or problem.booking_of[seated.visit].movable else seated


def _seat(placement: Placement) -> tuple[object, ...]:
    return placement.date, placement.start, placement.end, placement.segments[0].chair


def _as_it_is(problem: Problem, horizon: Horizon, placements: list[Placement]) -> Occupancy | None:
    """Everybody in the seats of the base; None where that breaks a rule."""
    placed = {one.visit for one in placements}
    rest = (visit.id for visit in problem.visits_for(horizon) if visit.id not in placed)
    trial = Schedule(
        start=horizon.start,
        days=horizon.days,
        placements=tuple(placements),
        unplaced=tuple(Unplaced(visit=name, reason="not-asked") for name in rest),
    )
    return Occupancy.of(problem, trial) if check(problem, trial).ok else None


def _one_by_one(
    problem: Problem,
    horizon: Horizon,
    seated: Iterable[Placement],
    book: Iterable[Placement],
    live: Iterable[Placement],
) -> Occupancy:
    """The book as it is seated now, then each at the time of the base if it can be served there."""
    occupancy = Occupancy(problem, horizon)
    moved = {one.visit: one for one in book if not _at_its_time(problem, one)}
    for placement in seated:
        if placement.visit not in moved:
            occupancy.book(placement)
    for placement in seated:
        if placement.visit in moved:
            occupancy.book(_there(occupancy, moved[placement.visit]) or placement)
    for one in sorted(live, key=lambda placement: (placement.date, placement.start)):
        found = _there(occupancy, one)
        if found is not None:
            occupancy.book(found)
    return occupancy


def _at_its_time(problem: Problem, placed: Placement) -> bool:
    booking = problem.booking_of[placed.visit]
    return (booking.date, booking.start) == (placed.date, placed.start)


def _there(occupancy: Occupancy, placed: Placement) -> Placement | None:
    visit = occupancy.visits[placed.visit]
    return occupancy.place_at(visit, placed.date, to_minutes(placed.start))
