"""Intervals by the thousand: which moments lie inside which interval, without a loop."""

import numpy as np

from engine.solver.program import Ints

DAY_KEY = 4096
"""Minutes of different pieces never meet if each piece has this many; a day has 1440."""


def spread(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Every whole number k with low[i] <= k < high[i], as pairs (i, k) in order of i."""
    counts = np.maximum(high - low, 0)
    index = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return index, np.arange(len(index)) - np.repeat(before - low, counts)


def active_at(moments: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Pairs (interval, moment number) with start <= moment < end; `moments` are in order."""
    return spread(np.searchsorted(moments, start), np.searchsorted(moments, end))


def find(keys: Ints, wanted: Ints) -> Ints:
    """Where each wanted number stands in the ordered keys; -1 where it is none of them."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)
