"""Minutes, slots and clock times: the only place where one becomes another.

A day is counted in minutes of *local clock time* since midnight. A practice day is what the
clock on its wall says, so a daylight-saving change needs no arithmetic here: 08:00 is minute 480
on every date. Intervals are half-open: [start, end).
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

Interval = tuple[int, int]
"""Minutes [start, end) of one day."""

MINUTES_PER_DAY = 1440


def to_minutes(clock: time) -> int:
    """Minutes since local midnight: 08:05 is 485."""
    return clock.hour * 60 + clock.minute


def to_clock(minutes: int) -> time:
    """The clock time of a minute of the day: 485 is 08:05. Raises ValueError outside [0, 1440)."""
    if not 0 <= minutes < MINUTES_PER_DAY:
        raise ValueError(f"minute {minutes} is not inside a day [0, {MINUTES_PER_DAY})")
    return time(minutes // 60, minutes % 60)


def clock_text(minutes: int) -> str:
    """`HH:MM`, also for the end of a day: 1440 is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def absolute(day: date, clock: time, time_zone: str) -> datetime:
    """The moment in the world at which the practice's wall clock shows `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(time_zone))


def exists_on(day: date, clock: time, time_zone: str) -> bool:
    """False for a clock time that a daylight-saving change skips on that date."""
    moment = absolute(day, clock, time_zone)
    back = moment.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(time_zone))
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def overlaps(a: Interval, b: Interval) -> bool:
    """True where two half-open intervals share a minute; touching is not overlapping."""
    return a[0] < b[1] and b[0] < a[1]


def overlap_minutes(a: Interval, b: Interval) -> int:
    """Minutes that two intervals share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union, sorted, with touching intervals joined."""
    merged: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of the union of `intervals` once every hole is cut out."""
    left = list(merge(intervals))
    for hole in merge(holes):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole[0])), (max(start, hole[1]), end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def covers(intervals: Iterable[Interval], wanted: Interval) -> bool:
    """True where one piece of the union holds the whole of `wanted`."""
    return any(start <= wanted[0] and wanted[1] <= end for start, end in merge(intervals))
