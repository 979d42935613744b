"""The next free time for a new patient's exam, and for a start of treatment."""

import datetime as dt

from engine.filling.occupancy import Occupancy
from engine.practice import Problem, Purpose, Visit
from engine.practice.base import ClockTime, Frozen
from engine.schedule import Schedule
from engine.units import to_clock


class Opening(Frozen):
    """A date and start at which a procedure could still be put; `days_from_now` from `as_of`."""

    procedure: str
    date: dt.date
    start: ClockTime
    days_from_now: int


class NextOpenings(Frozen):
    """None where the horizon has none."""

    exam: Opening | None
    start: Opening | None


def next_openings(problem: Problem, schedule: Schedule) -> NextOpenings:
    """The first opening of any exam, and of any start, beside everything in the schedule."""
    occupancy = Occupancy.of(problem, schedule)
    return NextOpenings(
        exam=_first(occupancy, Purpose.EXAM),
        start=_first(occupancy, Purpose.START),
    )


def _first(occupancy: Occupancy, purpose: Purpose) -> Opening | None:
    problem = occupancy.problem
    codes = [one.code for one in problem.practice.procedures if one.purpose is purpose]
    today = problem.as_of.date()
    for day in occupancy.horizon.dates:
        found = [
            (int(starts[0]), code)
            for code in codes
            if len(starts := occupancy.feasible_starts(_anybody(code, today), day))
        ]
        if found:
            start, code = min(found)
            return Opening(
                procedure=code, date=day, start=to_clock(start), days_from_now=(day - today).days
            )
    return None


def _anybody(procedure: str, today: dt.date) -> Visit:
    """A patient whom nothing keeps from coming."""
    return Visit(id="next-opening", patient="next-opening", procedure=procedure, due=today)
