"""The list that a visit stands on, and the dates that bind it."""

import datetime as dt

import numpy as np

from engine.generate.draws import chance, pick, whole
from engine.practice import VisitList

LIST_SHARES = (0.81, 0.13, 0.03, 0.03)
"""Pending, unscheduled after a miss, ASAP, will-call: of visits in treatment."""

AT_ONCE = ("EMG", "EMGX")
"""Wanted now."""

_PROMISED = ("NPEX", "BOND", "BOND2", "BND1", "ALDEL")
"""Exams are promised within 7 days of the call, starts within 7 days of yes."""

_ANY_DAY = (*AT_ONCE, "NPEX", "REP")
_TOLERANCE_DAYS = {"OBS": 30, "RETC": 21, "RETCN": 21}
"""How long before its due date a visit may be given; 10 days for all others."""

_LATEST_SHARE = 0.06


def draw_list(rng: np.random.Generator, code: str, shares: tuple[float, ...]) -> VisitList:
    """The list: by procedure, else by the shares (in the order of LIST_SHARES)."""
    if code == "OBS":
        return VisitList.OBSERVATION
    if code in ("RETC", "RETCN"):
        return VisitList.RECALL
    if code in AT_ONCE:
        return VisitList.ASAP
    kinds = (VisitList.PENDING, VisitList.UNSCHEDULED, VisitList.ASAP, VisitList.WILL_CALL)
    return pick(rng, kinds, shares)


def earliest_of(code: str, due: dt.date, day: dt.date | None) -> dt.date | None:
    """The first date on which the visit makes sense; never after the planted day."""
    if code in _ANY_DAY:
        return None
    first = due - dt.timedelta(days=_TOLERANCE_DAYS.get(code, 10))
    return min(first, day) if day else first


def draw_latest(
    rng: np.random.Generator, due: dt.date, today: dt.date, day: dt.date | None
) -> dt.date | None:
    """A last date for a few visits; never before the planted day."""
    if not chance(rng, _LATEST_SHARE):
        return None
    last = max(due, today) + dt.timedelta(days=whole(rng, 10, 21))
    return max(last, day) if day else last


def requested_on(
    rng: np.random.Generator, code: str, due: dt.date, today: dt.date
) -> dt.date | None:
    """The day of the call or of the yes: a week before it is due, and never still to come."""
    if code in AT_ONCE:
        return today - dt.timedelta(days=whole(rng, 0, 2))
    asked = due - dt.timedelta(days=7)
    return asked if code in _PROMISED and asked <= today else None
