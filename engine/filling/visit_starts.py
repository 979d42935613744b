"""When a patient can come: due window, lab item and clearances, availability."""

from datetime import date, datetime

import numpy as np

from engine.filling.lanes import Mask, Minutes
from engine.filling.start_sieve import StartSieve
from engine.practice import Visit
from engine.units import MINUTES_PER_DAY, to_minutes


def keep_personal(sieve: StartSieve, visit: Visit, day: date, length: int, as_of: datetime) -> None:
    """Leave the starts at which this patient can come on that date."""
    sieve.keep("due_window", in_due_window(visit, day))
    sieve.keep("due_window", sieve.starts >= first_minute(day, as_of))
    sieve.keep("readiness", is_ready(visit, day))
    if visit.availability:
        sieve.keep("availability", can_come(visit, day, sieve.starts, length))


def in_due_window(visit: Visit, day: date) -> bool:
    """Between its earliest and its latest date."""
    return (visit.earliest is None or visit.earliest <= day) and (
        visit.latest is None or day <= visit.latest
    )


def is_ready(visit: Visit, day: date) -> bool:
    """Lab item in the house since the day before, and every clearance given by that date."""
    return lab_is_in(visit, day) and all(
        clearance.granted or (clearance.expected is not None and clearance.expected <= day)
        for clearance in visit.clearances
    )


def lab_is_in(visit: Visit, day: date) -> bool:
    """True from the day after the lab item arrives."""
    return visit.lab_ready is None or day > visit.lab_ready


def first_minute(day: date, as_of: datetime) -> int:
    """The first minute of a date that is not before now."""
    if day != as_of.date():
        return 0 if day > as_of.date() else MINUTES_PER_DAY
    begun = as_of.second > 0 or as_of.microsecond > 0
    return to_minutes(as_of.time()) + begun


def can_come(visit: Visit, day: date, starts: Minutes, length: int) -> Mask:
    """Starts at which the whole visit lies in one of the patient's available times."""
    possible: Mask = np.zeros(len(starts), dtype=np.bool_)
    for window in visit.availability:
        if window.on(day.weekday()):
            begin, end = to_minutes(window.start), to_minutes(window.end)
            possible |= (begin <= starts) & (starts + length <= end)
    return possible
