"""The book as it stands, as a schedule of some dates."""

from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem
from engine.schedule import Schedule


def book_schedule(problem: Problem, horizon: Horizon) -> Schedule:
    """Every booking of the dates at its place in the book; nothing else is placed or listed."""
    return Schedule(
        start=horizon.start, days=horizon.days, placements=seat_bookings(problem, horizon)
    )
