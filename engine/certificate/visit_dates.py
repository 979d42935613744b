"""When one patient can come on a date, and which of the starts are the wished ones."""

import datetime as dt

import numpy as np

from engine.certificate.clock_rows import Ints, Mask
from engine.practice import ClockWindow, Visit
from engine.units import to_minutes


def may_come(visit: Visit, day: dt.date, as_of: dt.datetime) -> bool:
    """Due window, lab item and clearances of the date."""
    if visit.earliest is not None and day < visit.earliest:
        return False
    if visit.latest is not None and day > visit.latest:
        return False
    if day < as_of.date() or (visit.lab_ready is not None and day <= visit.lab_ready):
        return False
    return all(
        clearance.granted or (clearance.expected is not None and clearance.expected <= day)
        for clearance in visit.clearances
    )


def first_minute(day: dt.date, as_of: dt.datetime) -> int:
    """The first minute of a date that is not before now."""
    if day > as_of.date():
        return 0
    if day < as_of.date():
        return 1440
    return to_minutes(as_of.time()) + (as_of.second > 0 or as_of.microsecond > 0)


def inside_one(windows: tuple[ClockWindow, ...], day: dt.date, starts: Ints, length: int) -> Mask:
    """[start, start + length) lies wholly in one of the windows of the weekday."""
    inside = np.zeros(len(starts), dtype=np.bool_)
    for window in windows:
        if window.on(day.weekday()):
            opens, closes = to_minutes(window.start), to_minutes(window.end)
            inside |= (opens <= starts) & (starts + length <= closes)
    return inside
