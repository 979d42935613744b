"""Minutes of a day as bits of one whole number: bit m is set where minute m is free.

This is the generator's own arithmetic. It shares nothing with the solver or the checker, so that
a planted schedule is a witness of its own.
"""

from collections.abc import Iterable

from engine.units import Interval


def span(start: int, end: int) -> int:
    """The minutes [start, end); nothing where end <= start. A start below 0 is cut off."""
    low = max(0, start)
    return ((1 << (end - low)) - 1) << low if end > low else 0


def union(intervals: Iterable[Interval]) -> int:
    """All minutes of the intervals."""
    mask = 0
    for start, end in intervals:
        mask |= span(start, end)
    return mask


def any_of(masks: Iterable[int]) -> int:
    """Minutes that are in one mask or another."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def run_starts(mask: int, length: int) -> int:
    """The minutes s for which all of [s, s + length) is in the mask.

    By doubling: where runs of `have` minutes begin at s and at s + step, with step <= have, a run
    of have + step minutes begins at s.
    """
    runs, have = mask, 1
    while have < length:
        step = min(have, length - have)
        runs &= runs >> step
        have += step
    return runs


def minutes_in(mask: int) -> list[int]:
    """The set minutes, ascending."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
