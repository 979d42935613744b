"""Two times to read out on the phone, as unlike each other as the book allows.

One rule for everybody: the call list, the reasons, and the patients of a day that has to change.
"""

from datetime import date, datetime

from engine.filling.occupancy import Occupancy
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Schedule
from engine.units import to_clock, to_minutes

OFFERS = 2
NOON = 12 * 60

LATER_DAYS = 14
"""Offers may lie so many days after the dates of the schedule."""

HalfDay = tuple[date, bool]
"""A date, and whether it is its afternoon."""


def alternatives(occupancy: Occupancy, visit_id: str, after: date) -> tuple[datetime, ...]:
    """At most two free times of a placed visit on later dates than `after`, best first.

    Each is free on its own while every other placement stands. They lie in other half-days than
    the proposed time and than each other: the first on another day at much the same hour where
    there is one, the second in the other half of a day. Near dates come first.
    """
    placement = occupancy.release(visit_id)
    visit = occupancy.problem.all_visits[visit_id]
    wanted = to_minutes(placement.start)
    here = (placement.date, wanted >= NOON)
    free = _free_half_days(occupancy, visit, wanted, after)
    occupancy.book(placement)
    free.pop(here, None)
    return _unlike(free, here, wanted)


def two_offers(
    occupancy: Occupancy, visit: Visit, near: datetime, after: date
) -> tuple[datetime, ...]:
    """The same for a visit that is nowhere: the free times that lie best to `near`."""
    wanted = to_minutes(near.time())
    free = _free_half_days(occupancy, visit, wanted, after)
    return _unlike(free, (near.date(), wanted >= NOON), wanted)


def with_later_dates(problem: Problem, schedule: Schedule) -> Occupancy:
    """The schedule and the book of the weeks after it: an offer may lie there."""
    dates = schedule.horizon
    occupancy = Occupancy(problem, Horizon(start=dates.start, days=dates.days + LATER_DAYS))
    for placement in schedule.placements:
        occupancy.book(placement)
    for placement in seat_bookings(problem, Horizon(start=dates.end, days=LATER_DAYS)):
        occupancy.book(placement)
    return occupancy


def _free_half_days(
    occupancy: Occupancy, visit: Visit, wanted: int, after: date
) -> dict[HalfDay, int]:
    """The free start of each half-day that is nearest to a minute of the day."""
    free: dict[HalfDay, int] = {}
    for day in occupancy.horizon.dates:
        if day <= after:
            continue
        for start in map(int, occupancy.feasible_starts(visit, day)):
            half = (day, start >= NOON)
            if half not in free or abs(start - wanted) < abs(free[half] - wanted):
                free[half] = start
    return free


def _unlike(free: dict[HalfDay, int], here: HalfDay, wanted: int) -> tuple[datetime, ...]:
    others = sorted(
        free, key=lambda half: (abs((half[0] - here[0]).days), abs(free[half] - wanted), half)
    )
    same_hours = [half for half in others if half[0] != here[0] and half[1] == here[1]]
    first = (same_hours or others)[:1]
    rest = [half for half in others if half not in first]
    unlike = [half for half in rest if half[1] != here[1] and half[0] not in dict(first)]
    offers = [*first, *unlike, *rest][:OFFERS]
    return tuple(datetime.combine(half[0], to_clock(free[half])) for half in offers)
