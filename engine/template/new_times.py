"""Where clashing bookings could go under the new model days: a proposal for each, the nearest."""

import datetime as dt

from engine.filling.occupancy import Occupancy
from engine.practice import Booking, Horizon
from engine.practice.calendar import is_open
from engine.template.book_schedule import book_schedule
from engine.template.migrate import Migration
from engine.units import to_clock, to_minutes

FARTHEST_DAYS = 14
"""Dates looked at on either side of the booking's own."""


def new_times(migration: Migration) -> dict[str, dt.datetime | None]:
    """By visit the time nearest to its own that keeps every rule; None where there is none.

    Nearest by date, then by clock time. Proposals do not collide: each is written into the book
    before the next is looked for. Cells are taken as they are released now. Whether a booking may
    move, and whether its patient agrees, is for the desk to say: frozen ones are proposed, too.
    """
    problem = migration.problem
    dates = [one.booking.date for one in migration.bookings]
    if not migration.clashes:
        return {}
    tomorrow = problem.as_of.date() + dt.timedelta(days=1)
    horizon = Horizon(start=tomorrow, days=(max(dates) - tomorrow).days + FARTHEST_DAYS + 1)
    occupancy = Occupancy.of(problem, book_schedule(problem, horizon))
    found: dict[str, dt.datetime | None] = {}
    for one in migration.clashes:
        booking = one.booking
        own = occupancy.release(booking.visit.id)
        found[booking.visit.id] = None
        for day in _nearest_first(booking.date, horizon):
            if not is_open(problem.practice, day):
                continue
            start = _nearest_start(occupancy, booking, day)
            placed = None if start is None else occupancy.place_at(booking.visit, day, start)
            if placed is not None and start is not None:
                occupancy.book(placed)
                found[booking.visit.id] = dt.datetime.combine(day, to_clock(start))
                break
        else:
            occupancy.book(own)
    return found


def _nearest_first(own: dt.date, horizon: Horizon) -> list[dt.date]:
    """Dates by their distance from the booking's own, of two equal ones the later."""
    around = (own + dt.timedelta(days=k) for k in range(-FARTHEST_DAYS, FARTHEST_DAYS + 1))
    inside = [day for day in around if day in horizon]
    return sorted(inside, key=lambda day: (abs((day - own).days), day < own))


def _nearest_start(occupancy: Occupancy, booking: Booking, day: dt.date) -> int | None:
    """The feasible start nearest to the booking's own clock time."""
    starts = occupancy.feasible_starts(booking.visit, day).tolist()
    own = to_minutes(booking.start)
    return min(starts, key=lambda start: (abs(start - own), start), default=None)
