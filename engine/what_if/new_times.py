"""Another time for whoever is called, before anything else is given away.

Nobody who had a time should lose it to a visit that never had one. So the called bookings are
placed first, alone, and enter the book as movable bookings: the fill may find them a better time,
and losing it is what it pays most for. Whom the dates do not take even alone stays a visit to
place.
"""

from collections.abc import Sequence
from typing import NamedTuple

from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_days
from engine.practice import Booking, Horizon, Problem
from engine.schedule import Placement, Schedule
from engine.validation import put_aside

SECONDS = 5.0
"""Of a fill of the called bookings alone, where they do not all find a time by hand."""


class NewTimes(NamedTuple):
    """The problem with the new bookings, and these; `without`: who found no time even alone."""

    problem: Problem
    booked: dict[str, Booking]
    without: tuple[str, ...]


def with_new_times(problem: Problem, horizon: Horizon, called: Sequence[str]) -> NewTimes:
    """New bookings for the called visits that are on the list of the problem."""
    waiting = tuple(visit for visit in problem.visits if visit.id in called)
    if not waiting:
        return NewTimes(problem, {}, ())
    # Who follows a visit that is not booked cannot be placed before it, and waits for the fill.
    alone, _ = put_aside(problem.model_copy(update={"visits": waiting}), horizon)
    schedule = _best(alone, horizon)
    booked = {
        visit.id: _booking(problem, schedule.placement_of[visit.id])
        for visit in alone.visits
        if visit.id in schedule.placement_of
    }
    visits = tuple(visit for visit in problem.visits if visit.id not in booked)
    bookings = (*problem.bookings, *booked.values())
    settled = problem.model_copy(update={"visits": visits, "bookings": bookings})
    without = tuple(visit.id for visit in alone.visits if visit.id not in booked)
    return NewTimes(settled, booked, without)


def _best(alone: Problem, horizon: Horizon) -> Schedule:
    by_hand = fill_by_hand(alone, horizon, fit="best", order="due")
    if not by_hand.unplaced:
        return by_hand
    filled = fill_days(alone, horizon, FillSettings(time_limit=SECONDS, workers=1)).schedule
    return filled or by_hand


def _booking(problem: Problem, placed: Placement) -> Booking:
    chairs = (segment.chair for segment in placed.segments)
    return Booking(
        visit=problem.all_visits[placed.visit],
        date=placed.date,
        start=placed.start,
        chair=next((chair for chair in chairs if chair is not None), None),
        movable=True,
    )
