"""Who declines to move keeps the old time, if there is still room for it.

Nobody who had a time may lose it for want of a look: where the seats that the plan dealt out leave
none, chairs, people and moments of the doctor are dealt anew before a time counts as given away.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from engine.filling.occupancy import Occupancy
from engine.filling.plan_as_book import as_booking
from engine.practice import Booking, Horizon, Problem
from engine.schedule import Placement, Schedule
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.units import to_minutes


@dataclass(frozen=True, slots=True)
class OldTimes:
    """`stays`: bookings at their old time, frozen, by visit; the chair is None where others have
    to change theirs. `gone`: visits whose old time is given away."""

    stays: dict[str, Booking] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def reseats(self) -> bool:
        """Whether other bookings have to change their chair."""
        return any(one.chair is None for one in self.stays.values())


def old_times(
    problem: Problem, schedule: Schedule, taken: Iterable[Placement], asked: Collection[str]
) -> OldTimes:
    """Room at the old times of `asked`, bookings that the schedule moves.

    `taken`: placements that stand whatever comes; those of the schedule that keep the time of the
    book stand as well.
    """
    kept = [one for one in schedule.placements if _is_kept(problem, one)]
    stands = [*kept, *taken]
    occupancy = Occupancy(problem, schedule.horizon)
    for placed in stands:
        occupancy.book(placed)
    stays: dict[str, Booking] = {}
    gone: list[str] = []
    for name in asked:
        booking = problem.booking_of[name].model_copy(update={"movable": False})
        if booking.date not in schedule.horizon:
            stays[name] = booking
            continue
        old = occupancy.place_at(booking.visit, booking.date, to_minutes(booking.start))
        if old is not None:
            occupancy.book(old)
            stays[name] = as_booking(problem, old, movable=False)
        elif _fits_reseated(problem, stands, stays.values(), booking):
            stays[name] = booking.model_copy(update={"chair": None})
        else:
            gone.append(name)
    return OldTimes(stays, tuple(gone))


def keeps_its_time(booking: Booking, placed: Placement | None) -> bool:
    """Whether the placement has the booking's date and start."""
    return placed is not None and (placed.date, placed.start) == (booking.date, booking.start)


def _is_kept(problem: Problem, placed: Placement) -> bool:
    booking = problem.booking_of.get(placed.visit)
    return booking is not None and keeps_its_time(booking, placed)


def _fits_reseated(
    problem: Problem, stands: Iterable[Placement], stays: Iterable[Booking], booking: Booking
) -> bool:
    """Whether its date lacks no more with it than without it, all seats dealt anew."""
    others = [as_booking(problem, one, movable=False) for one in stands if one.date == booking.date]
    others += [one for one in stays if one.date == booking.date]
    without = _lacks(problem, others, booking)
    free = booking.model_copy(update={"chair": None})
    with_it = _lacks(problem, [*others, free], booking)
    return without is not None and with_it is not None and with_it <= without


def _lacks(problem: Problem, bookings: Iterable[Booking], asked: Booking) -> int | None:
    """How much that day's book lacks at least; None: not found."""
    policy = problem.policy.model_copy(update={"reseat_bookings": True})
    day = problem.model_copy(update={"bookings": tuple(bookings), "visits": (), "policy": policy})
    part = Horizon(start=asked.date, days=1)
    lacks = lacking_resources(day, part, locked_bookings(day, part))
    return None if lacks is None else len(lacks)
