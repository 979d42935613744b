"""Sets of minutes of a day as whole numbers: bit m is set where minute m belongs to the set.

With this, "where does a visit of n minutes fit" is a handful of shifts, for all starts at once.
"""

from collections.abc import Iterable

from engine.units import MINUTES_PER_DAY, Interval

ALL_DAY = (1 << MINUTES_PER_DAY) - 1


def mask_of(intervals: Iterable[Interval]) -> int:
    """The minutes of half-open intervals, cut to the day; reversed ones hold nothing."""
    mask = 0
    for start, end in intervals:
        first, last = max(0, start), min(MINUTES_PER_DAY, end)
        if first < last:
            mask |= (1 << last) - (1 << first)
    return mask


def fitting(mask: int, minutes: int) -> int:
    """The minutes from which the next `minutes` minutes all belong to the set."""
    done = 1
    while done < minutes and mask:
        step = min(done, minutes - done)
        mask &= mask >> step
        done += step
    return mask


def starts_for(mask: int, after: int, until: int) -> int:
    """Visit starts t for which the set holds [t + after, t + until)."""
    return fitting(mask, until - after) >> after


def multiples(step: int) -> int:
    """The minutes of the day that are multiples of `step`."""
    return sum(1 << minute for minute in range(0, MINUTES_PER_DAY, step))


def longest_run(mask: int) -> int:
    """Length of the longest run of consecutive minutes."""
    length = 0
    while mask:
        mask &= mask >> 1
        length += 1
    return length
