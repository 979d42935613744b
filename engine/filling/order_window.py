"""When a visit may be, given where the visits before and after it are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.practice import Follows
from engine.practice.calendar import OpenDays
from engine.units import MINUTES_PER_DAY, Interval

NO_TIME: Interval = (0, 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """When a visit is: date, and minutes [start, end) without turnover."""

    day: date
    start: int
    end: int


def order_window(
    calendar: OpenDays,
    before: Sequence[tuple[Follows, Seen | None]],
    after: Sequence[tuple[Follows, Seen]],
    day: date,
) -> Interval:
    """Minutes of the date in which the visit must lie whole; (0, 0) for none.

    `before`: the visits that it follows (None: not placed); `after`: placed ones that follow it.
    """
    first, last = 0, MINUTES_PER_DAY
    for follows, seen in before:
        if seen is None or not _days_fit(calendar, follows, seen.day, day):
            return NO_TIME
        if seen.day == day:
            first = max(first, seen.end + follows.min_minutes)
    for follows, seen in after:
        if not _days_fit(calendar, follows, day, seen.day):
            return NO_TIME
        if seen.day == day:
            last = min(last, seen.start - follows.min_minutes)
    return (first, last) if first < last else NO_TIME


def _days_fit(calendar: OpenDays, follows: Follows, before: date, after: date) -> bool:
    days = (after - before).days
    if days < follows.min_days or (follows.max_days is not None and days > follows.max_days):
        return False
    open_days = follows.min_working_days
    return open_days == 0 or calendar.between(before, after) >= open_days
