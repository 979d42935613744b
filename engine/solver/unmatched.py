"""Visits that cannot be matched to the starts of a solution leave it: better than losing all of it.

Where named doctors and exact minutes meet, counts may add up and yet leave a few visits without a
start of their own. Those that lose least go without a time, with one start each.
"""

import numpy as np

from engine.solver.arrays import Ints
from engine.solver.lagrangian import Lagrangian
from engine.solver.matching import HallCut


def drop_unmatched(dual: Lagrangian, candidate: Ints, cuts: tuple[HallCut, ...]) -> Ints:
    """The solution without as many visits of each cut as there are more than starts."""
    values = candidate.copy()
    place_of = np.full(dual.size, -1, dtype=np.int64)
    place_of[dual.choice_columns] = np.arange(len(dual.choice_columns))
    for cut in cuts:
        chosen = np.array([c for c in cut.choices if values[c] > 0 and place_of[c] >= 0], np.int64)
        excess = int(values[chosen].sum() - values[list(cut.starts)].sum())
        lost = dual.arrays.cost[dual.unplaced[dual.items.piece[place_of[chosen]]]]
        lost = lost - dual.arrays.cost[chosen]
        for column in chosen[np.argsort(lost, kind="stable")[: max(0, excess)]].tolist():
            _drop(dual, values, int(place_of[column]), frozenset(cut.starts))
    return values


def _drop(dual: Lagrangian, values: Ints, place: int, matched: frozenset[int]) -> None:
    """Take one visit out, with a start of its bucket that the others of the cut can spare."""
    columns = dual.start_columns[dual.starts_of_choice(place)]
    taken = [int(column) for column in columns if values[column] > 0]
    if not taken:
        return
    start = min(taken, key=lambda column: (column in matched, column))
    values[start] -= 1
    for use in dual.uses_of(start):
        shares = dual.shares_of(int(use))
        used = shares[values[shares] > 0]
        values[used[:1]] -= 1
    values[dual.choice_columns[place]] = 0
    values[dual.unplaced[dual.items.piece[place]]] = 1
