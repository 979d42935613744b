"""Rows of minutes: who is there until when, and what a stretch of time costs.

A day has 1,440 minutes of local clock time; rows that answer for "up to minute m" have 1,441.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.units import MINUTES_PER_DAY, Interval

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEVER = 1 << 58
"""The price of what is not possible: above everything that prices can add up to."""

_CLOCK = np.arange(MINUTES_PER_DAY, dtype=np.int64)


def marked(intervals: Iterable[Interval]) -> Mask:
    """True on the minutes of the intervals."""
    row = np.zeros(MINUTES_PER_DAY, dtype=np.bool_)
    for start, end in intervals:
        row[max(0, start) : max(0, end)] = True
    return row


def lasts_until(there: Mask) -> Ints:
    """For each minute (last axis), the end of the unbroken stretch that holds it; else itself."""
    stops = np.full((*there.shape[:-1], MINUTES_PER_DAY + 1), MINUTES_PER_DAY, dtype=np.int64)
    stops[..., :-1] = np.where(there, MINUTES_PER_DAY, _CLOCK)
    return np.ascontiguousarray(np.minimum.accumulate(stops[..., ::-1], axis=-1)[..., ::-1])


def summed(prices: Ints) -> Ints:
    """Running sums (last axis): a stretch [a, b) costs row[b] - row[a]."""
    sums = np.zeros((*prices.shape[:-1], prices.shape[-1] + 1), dtype=np.int64)
    np.cumsum(prices, axis=-1, out=sums[..., 1:])
    return sums


def penalty(possible: Mask) -> Ints:
    """Zero where possible, `NEVER` elsewhere."""
    return np.where(possible, 0, NEVER).astype(np.int64)
