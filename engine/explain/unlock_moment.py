"""What would give a visit the very time that was asked about, tried like any other change."""

import datetime as dt

from engine.explain.binding import sift
from engine.explain.try_change import Plan
from engine.explain.unlock_visit import Ways, unlock_visit
from engine.filling.occupancy import Occupancy
from engine.practice import WEEKDAYS, ClockWindow, Problem, Visit
from engine.schedule import Schedule, Unplaced
from engine.units import MINUTES_PER_DAY, to_clock, to_minutes
from engine.yardsticks import stages_of


def unlock_moment(plan: Plan, visit: Visit, at: dt.datetime, most: int) -> Ways:
    """At most so many changes that give the visit that start, cheapest first.

    Its present time is given up, and what its patient has said about other times does not count:
    somebody asks for this one. All else stands.
    """
    pinned = _pinned(plan.problem, visit, at)
    if pinned is None:
        return Ways()
    asked = Plan(_asked(plan.problem, pinned), _without(plan, visit.id))
    occupancy = Occupancy.of(asked.problem, asked.schedule)
    return unlock_visit(asked, sift(occupancy, pinned, (at.date(),)), most, pinned=True)


def _pinned(problem: Problem, visit: Visit, at: dt.datetime) -> Visit | None:
    """The visit with this start alone; None where it would last into the next day."""
    start = to_minutes(at.time())
    end = start + stages_of(problem, visit)[-1].end
    if end >= MINUTES_PER_DAY:
        return None
    weekday = WEEKDAYS[at.weekday()]
    window = ClockWindow(start=at.time(), end=to_clock(end), weekdays=(weekday,))
    return visit.model_copy(
        update={"availability": (window,), "earliest": at.date(), "latest": at.date()}
    )


def _asked(problem: Problem, pinned: Visit) -> Problem:
    others = tuple(one for one in problem.visits if one.id != pinned.id)
    bookings = tuple(one for one in problem.bookings if one.visit.id != pinned.id)
    return problem.model_copy(update={"visits": (*others, pinned), "bookings": bookings})


def _without(plan: Plan, visit: str) -> Schedule:
    schedule = plan.schedule
    gone = Unplaced(visit=visit, reason="not-asked")
    return schedule.model_copy(
        update={
            "placements": tuple(one for one in schedule.placements if one.visit != visit),
            "unplaced": (*(one for one in schedule.unplaced if one.visit != visit), gone),
            "displaced": tuple(one for one in schedule.displaced if one != visit),
        }
    )
