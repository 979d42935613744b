"""When a procedure can be given at all on a date, whoever the patient is."""

from datetime import date

import numpy as np

from engine.filling.lanes import Mask, Minutes
from engine.filling.office_hours import OfficeHours
from engine.filling.start_sieve import StartSieve
from engine.practice import WEEKDAYS, AllowedTime, Binds, Procedure, Supervision
from engine.practice.pattern import StageTime
from engine.units import MINUTES_PER_DAY, to_minutes


def procedure_starts(
    office: OfficeHours, procedure: Procedure, stages: tuple[StageTime, ...], day: date
) -> StartSieve:
    """Starts on the practice's marks in opening hours, less what the procedure's rules take."""
    sieve = _marks(office, stages, day)
    keep_procedure(sieve, office, procedure, stages[-1].end, day)
    return sieve


def starts_in_hours(office: OfficeHours, stages: tuple[StageTime, ...], day: date) -> Minutes:
    """The practice's marks at which so long a visit lies in opening hours."""
    return _marks(office, stages, day).starts


def _marks(office: OfficeHours, stages: tuple[StageTime, ...], day: date) -> StartSieve:
    until = office.open_until(day)
    mark, grid = office.practice.start_mark_minutes, office.practice.grid_minutes
    clock = np.arange(0, MINUTES_PER_DAY, mark, dtype=np.int64)
    sieve = StartSieve(clock[_inside(until, clock, 1)])
    sieve.keep("start_marks", sieve.starts % grid == 0)
    sieve.keep("opening_hours", _inside(until, sieve.starts, stages[-1].end))
    return sieve


def keep_procedure(
    sieve: StartSieve, office: OfficeHours, procedure: Procedure, length: int, day: date
) -> None:
    """Leave the starts at which the procedure may be given, of those in opening hours."""
    if procedure.allowed_times:
        sieve.keep("procedure_times", _at_allowed_time(procedure, day, sieve.starts, length))
    ahead = ((closure.date - day).days for closure in office.practice.closures)
    if any(0 < left <= procedure.days_before_closure for left in ahead):
        sieve.keep("before_closure", np.zeros(len(sieve.starts), dtype=np.bool_))
    if procedure.supervision is Supervision.DIRECT:
        supervised = _inside(office.supervised_until(day), sieve.starts, length)
        sieve.keep("supervision", supervised)


def _inside(until: Minutes, starts: Minutes, length: int) -> Mask:
    """[start, start + length) wholly in one run, by the end of the run from each minute on."""
    inside: Mask = until[starts] >= starts + length
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
