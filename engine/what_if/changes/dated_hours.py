"""Patient hours written for one date, as several changes write them."""

import datetime as dt
from collections.abc import Sequence

from engine.practice import OpenHours, Practice
from engine.units import MINUTES_PER_DAY, Interval, to_clock

HOURS = "the patient hours"
"""What is claimed by whoever decides when patients are seen."""


def with_hours(
    practice: Practice, day: dt.date, spans: Sequence[Interval]
) -> tuple[OpenHours, ...]:
    """Patient hours in which the date has hours of its own."""
    others = tuple(hours for hours in practice.hours if hours.date != day)
    own = (OpenHours(date=day, start=to_clock(a), end=_last_clock(b)) for a, b in spans)
    return (*others, *own)


def reached(hours: Sequence[Interval], new: Interval) -> list[Interval]:
    """The open stretches from a new opening to a new closing; a break between them stays."""
    first, last = hours[0][0], hours[-1][1]
    longer = [
        (min(a, new[0]) if a == first else a, max(b, new[1]) if b == last else b) for a, b in hours
    ]
    cut = [(max(a, new[0]), min(b, new[1])) for a, b in longer]
    return [(a, b) for a, b in cut if a < b]


def _last_clock(minutes: int) -> dt.time:
    """The end of the day is written as its last minute."""
    return to_clock(min(minutes, MINUTES_PER_DAY - 1))
