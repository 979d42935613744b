"""The visits that are hardest to place, on all dates at once and before anybody else.

Where dates are filled one after the other, a visit that needs long and loses much without a time
is left for later as long as prices say that there is still room, and in the end there is none. A
third of the visits is few enough for one step over the whole horizon, which CP-SAT mostly proves in
seconds. Everybody else is there as the prices of what is used up.
"""

from dataclasses import replace

import numpy as np

from engine.solver.arrays import Ints, Mask, Restriction, restrict
from engine.solver.lagrangian import Evaluation, Lagrangian

SHARE, MOST = 0.3, 200
"""Of the visits without a place, and how many that may be: more make no step for CP-SAT."""

NEAR = 20
"""Choices for each of them on average, those of the smallest reduced costs."""


def hardest(dual: Lagrangian, at: Evaluation, base: Ints) -> Restriction | None:
    """The program of those without a place in `base` that lose most, their length counted.

    What they use costs its price. They may go wherever `at` has a finite cost. None where they
    would be too many, or nobody.
    """
    arrays = dual.arrays
    if SHARE * base[dual.unplaced].sum() > MOST:
        return None
    items = _those(dual, at, base)
    if not items.any():
        return None
    reduced = dual.reduced_costs(at)
    theirs = items[dual.items.piece] & np.isfinite(at.choice)
    costs = reduced[dual.choice_columns[theirs]]
    most = NEAR * int(items.sum())
    near = np.partition(costs, most)[most] if most < len(costs) else np.inf
    theirs &= reduced[dual.choice_columns] <= near
    free = np.zeros(dual.size, dtype=np.bool_)
    free[dual.outer] = True
    free[dual.choice_columns[theirs]] = True
    free[dual.unplaced[items]] = True
    starts = _starts_of(dual, theirs)
    starts = starts[reduced[starts] <= near]
    free[starts] = True
    fed = np.unique(dual.feeds[starts].indices)
    free[dual.share_columns[np.isin(dual.shares.piece, fed)]] = True
    cost = np.rint(at.column).astype(np.int64)
    return restrict(replace(arrays, cost=cost), free, base)


def _those(dual: Lagrangian, at: Evaluation, base: Ints) -> Mask:
    """Which items: the hardest, and with them whoever must come before or after."""
    waiting = base[dual.unplaced] > 0
    lost = dual.arrays.cost[dual.unplaced] - at.item
    hard = np.where(waiting, lost * dual.length, -np.inf)
    items = np.zeros(len(hard), dtype=np.bool_)
    items[np.argsort(-hard, kind="stable")[: int(SHARE * waiting.sum())]] = True
    for _ in dual.chains:  # chains are short: this ends after a few rounds
        apart = [c for c in dual.chains if items[c.first] != items[c.later]]
        if not apart:
            break
        items[[item for chain in apart for item in (chain.first, chain.later)]] = True
    return items & waiting


def _starts_of(dual: Lagrangian, choices: Mask) -> Ints:
    """Columns of the starts that serve these choices."""
    served = np.zeros(dual.size, dtype=np.bool_)
    buckets = np.unique(dual.bucket_number[choices])
    for low, high in dual.bucket_starts[:, buckets[buckets >= 0]].T.tolist():
        served[dual.start_columns[low:high]] = True
    return np.flatnonzero(served)
