"""Lanes: one row of minutes per chair or person, with who is free until when.

A day has 1,440 minutes of local clock time. Every question the occupancy asks is 'is this row
free from a to b', for many rows and many starts at once, so each row keeps, for every minute,
the first minute from there on that is not free: free on [a, b) means `free_until[a] >= b`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.units import MINUTES_PER_DAY, Interval

Minutes = NDArray[np.int64]
Mask = NDArray[np.bool_]

_CLOCK = np.arange(MINUTES_PER_DAY + 1, dtype=np.int64)


def marked(intervals: Sequence[Interval]) -> Mask:
    """True on the minutes of the intervals."""
    row = np.zeros(MINUTES_PER_DAY, dtype=np.bool_)
    for start, end in intervals:
        row[max(start, 0) : end] = True
    return row


def run_until(free: Mask) -> Minutes:
    """For each minute (last axis), the first one from there on that is not free; 1,441 long."""
    shape = (*free.shape[:-1], MINUTES_PER_DAY + 1)
    stops = np.full(shape, MINUTES_PER_DAY, dtype=np.int64)
    stops[..., :-1] = np.where(free, MINUTES_PER_DAY, _CLOCK[:-1])
    backwards = np.minimum.accumulate(stops[..., ::-1], axis=-1)
    return np.ascontiguousarray(backwards[..., ::-1])


def run_since(free: Mask) -> Minutes:
    """For each minute (last axis), where the free run that holds it, or ends there, begins."""
    shape = (*free.shape[:-1], MINUTES_PER_DAY + 1)
    begins = np.zeros(shape, dtype=np.int64)
    begins[..., 1:] = np.where(free, 0, _CLOCK[1:])
    return np.maximum.accumulate(begins, axis=-1)


class Lanes:
    """Rows by id. `held` counts holders, since a book may hold a chair or a person twice.

    `withheld` minutes are free but not to be given to anything new.
    """

    def __init__(self, ids: Sequence[str], available: Sequence[Sequence[Interval]]) -> None:
        self.ids = tuple(ids)
        self.row = {name: index for index, name in enumerate(self.ids)}
        shape = (len(self.ids), MINUTES_PER_DAY)
        rows = [marked(intervals) for intervals in available]
        self.available: Mask = np.array(rows, dtype=np.bool_).reshape(shape)
        self.held: NDArray[np.int16] = np.zeros(shape, dtype=np.int16)
        self.withheld: Mask = np.zeros(shape, dtype=np.bool_)
        self.free_until = run_until(self.available)
        self.free_since = run_since(self.available)

    def hold(self, name: str, start: int, end: int, by: int = 1) -> None:
        """Count one holder more (`by` = 1) or less (-1) on [start, end)."""
        row, begin = self.row[name], max(start, 0)
        stop = min(max(end, begin), MINUTES_PER_DAY)
        # Nothing changes beyond the free stretches that touch what is held or given back.
        low, high = int(self.free_since[row, begin]), int(self.free_until[row, stop])
        self.held[row, begin:stop] += by
        self._refresh(row, low, high)

    def withhold(self, row: int, minutes: Mask) -> None:
        """Keep these minutes of a row, and no others, from anything new."""
        self.withheld[row] = minutes
        self._refresh(row, 0, MINUTES_PER_DAY)

    def is_free(self, row: int, start: int, end: int) -> bool:
        """True where the row is available and unheld on the whole of [start, end)."""
        return bool(end <= MINUTES_PER_DAY and self.free_until[row, start] >= end)

    def gap(self, row: int, start: int, end: int) -> int:
        """Free minutes left before and after [start, end), where that is free."""
        return int(self.free_until[row, start] - self.free_since[row, start]) - (end - start)

    def fits(self, rows: Minutes, starts: Minutes, length: int) -> Mask:
        """For each row and each start: free on [start, start + length)."""
        capped = np.minimum(starts, MINUTES_PER_DAY)
        fitting: Mask = self.free_until[np.ix_(rows, capped)] >= starts + length
        return fitting

    def gaps(self, rows: Minutes, starts: Minutes, length: int) -> Minutes:
        """For each row and start: free minutes left before and after [start, start + length)."""
        grid = np.ix_(rows, np.minimum(starts, MINUTES_PER_DAY))
        left: Minutes = self.free_until[grid] - self.free_since[grid] - length
        return left

    def _refresh(self, row: int, low: int, high: int) -> None:
        """Look again at [low, high), outside of which nothing free reaches in."""
        if low >= high:
            return
        part = slice(low, high)
        free = self.available[row, part] & (self.held[row, part] == 0) & ~self.withheld[row, part]
        stops = np.where(free, high, _CLOCK[part])
        self.free_until[row, part] = np.minimum.accumulate(stops[::-1])[::-1]
        begins = np.where(free, low, _CLOCK[low + 1 : high + 1])
        self.free_since[row, low + 1 : high + 1] = np.maximum.accumulate(begins)
