"""When a procedure can be given at all on a date, whoever the patient is."""

from datetime import date

import numpy as np

from engine.filling.lanes import Mask, Minutes, marked, run_until
from engine.filling.start_sieve import StartSieve
from engine.practice import WEEKDAYS, AllowedTime, Binds, Problem, Procedure, Supervision
from engine.practice.calendar import in_office_intervals, open_intervals
from engine.practice.pattern import StageTime
from engine.units import MINUTES_PER_DAY, Interval, to_minutes


def procedure_starts(
    problem: Problem, procedure: Procedure, stages: tuple[StageTime, ...], day: date
) -> StartSieve:
    """Starts on the practice's marks in opening hours, less what the procedure's rules take."""
    sieve = _marks(problem, stages, day)
    keep_procedure(sieve, problem, procedure, stages[-1].end, day)
    return sieve


def starts_in_hours(problem: Problem, stages: tuple[StageTime, ...], day: date) -> Minutes:
    """The practice's marks at which so long a visit lies in opening hours."""
    return _marks(problem, stages, day).starts


def _marks(problem: Problem, stages: tuple[StageTime, ...], day: date) -> StartSieve:
    practice = problem.practice
    opened = open_intervals(practice, day)
    mark, grid = practice.start_mark_minutes, practice.grid_minutes
    clock = np.arange(0, MINUTES_PER_DAY, mark, dtype=np.int64)
    sieve = StartSieve(clock[_inside(opened, clock, 1)])
    sieve.keep("start_marks", sieve.starts % grid == 0)
    sieve.keep("opening_hours", _inside(opened, sieve.starts, stages[-1].end))
    return sieve


def keep_procedure(
    sieve: StartSieve, problem: Problem, procedure: Procedure, length: int, day: date
) -> None:
    """Leave the starts at which the procedure may be given, of those in opening hours."""
    practice = problem.practice
    if procedure.allowed_times:
        sieve.keep("procedure_times", _at_allowed_time(procedure, day, sieve.starts, length))
    ahead = ((closure.date - day).days for closure in practice.closures)
    if any(0 < left <= procedure.days_before_closure for left in ahead):
        sieve.keep("before_closure", np.zeros(len(sieve.starts), dtype=np.bool_))
    if procedure.supervision is Supervision.DIRECT:
        in_office = [
            interval
            for doctor in problem.doctors
            for interval in in_office_intervals(practice, doctor, day)
        ]
        sieve.keep("supervision", _inside(in_office, sieve.starts, length))


def _inside(intervals: list[Interval] | tuple[Interval, ...], starts: Minutes, length: int) -> Mask:
    """[start, start + length) wholly in one run of the union."""
    inside: Mask = run_until(marked(intervals))[starts] >= starts + length
    return inside


def _at_allowed_time(procedure: Procedure, day: date, starts: Minutes, length: int) -> Mask:
    allowed: Mask = np.zeros(len(starts), dtype=np.bool_)
    for window in procedure.allowed_times:
        if not window.weekdays or WEEKDAYS[day.weekday()] in window.weekdays:
            allowed |= _holds(window, starts, length)
    return allowed


def _holds(window: AllowedTime, starts: Minutes, length: int) -> Mask:
    begin, end = to_minutes(window.start), to_minutes(window.end)
    ends = starts + length
    if window.binds is Binds.START:
        return (begin <= starts) & (starts < end)
    if window.binds is Binds.END:
        return (begin < ends) & (ends <= end)
    return (begin <= starts) & (ends <= end)
