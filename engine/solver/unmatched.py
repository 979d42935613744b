"""Visits that cannot be matched to the starts of a solution: better than losing all of it.

Where named doctors and exact minutes meet, counts may add up and yet leave a few visits without a
start of their own. Those that only wish for a doctor give up the wish. Otherwise those that lose
least go without a time, with one start each, and with them whoever may only come after them.
"""

from collections.abc import Sequence

import numpy as np

from engine.solver.arrays import Ints
from engine.solver.lagrangian import Lagrangian
from engine.solver.matching import HallCut
from engine.solver.model import ItemColumn, Model


def give_up_wishes(model: Model, candidate: Ints, cuts: Sequence[HallCut]) -> Ints | None:
    """The solution with visits of each cut under any doctor, in the same bucket; None if none can.

    As many as the cut has more than starts, those first to whom the wish is worth least.
    """
    values, changed = candidate.copy(), False
    cost = model.program.cost
    for cut in cuts:
        inside = set(cut.choices)
        excess = int(values[list(cut.choices)].sum() - values[list(cut.starts)].sum())
        ways = [
            (int(cost[other.column] - cost[choice.column]), choice.column, other.column)
            for item in model.items.values()
            for choice in item.columns
            if choice.column in inside and choice.doctor is not None and values[choice.column]
            for other in item.columns
            if _same_place(choice, other) and other.doctor is None and other.column not in inside
        ]
        for _, wished, any_doctor in sorted(ways)[: max(0, excess)]:
            values[wished], values[any_doctor], changed = 0, 1, True
    return values if changed else None


def _same_place(one: ItemColumn, other: ItemColumn) -> bool:
    return (one.day, one.first, one.last) == (other.day, other.first, other.last)


def drop_unmatched(dual: Lagrangian, candidate: Ints, cuts: Sequence[HallCut]) -> Ints:
    """The solution without as many visits of each cut as there are more than starts.

    Unchanged where nobody can leave.
    """
    values = candidate.copy()
    place_of = np.full(dual.size, -1, dtype=np.int64)
    place_of[dual.choice_columns] = np.arange(len(dual.choice_columns))
    for cut in cuts:
        choices, starts = np.array(cut.choices), np.array(cut.starts, dtype=np.int64)
        chosen = choices[(values[choices] > 0) & (place_of[choices] >= 0)]
        lost = dual.arrays.cost[dual.unplaced[dual.items.piece[place_of[chosen]]]]
        lost = lost - dual.arrays.cost[chosen]
        for column in chosen[np.argsort(lost, kind="stable")].tolist():
            if values[choices].sum() <= values[starts].sum():
                break
            fewer = _drop(dual, values, int(place_of[column]), frozenset(cut.starts))
            values = values if fewer is None else fewer
    return values


def _drop(dual: Lagrangian, values: Ints, place: int, matched: frozenset[int]) -> Ints | None:
    """Without one visit and those after it; None where that would take a start of the cut."""
    if values[dual.choice_columns[place]] == 0:
        return None
    for first, later in dual.before_after:
        if first == dual.items.piece[place]:
            places = dual.items.places(later)
            for of_later in places[values[dual.choice_columns[places]] > 0].tolist():
                if dual.choice_columns[of_later] == dual.unplaced[later]:
                    continue
                fewer = _drop(dual, values, of_later, matched)
                if fewer is None:
                    return None
                values = fewer
    starts = dual.start_columns[dual.starts_of_choice(place)]
    for start in starts[values[starts] > 0].tolist():
        if start not in matched:
            fewer = _without(dual, values, place, start)
            _part_households(dual, fewer, _newly_broken(dual, values, fewer))
            if not len(_newly_broken(dual, values, fewer)):
                return fewer
    return None


def _without(dual: Lagrangian, values: Ints, place: int, start: int) -> Ints:
    """One visit less, one start less, and whoever serves it is free."""
    fewer = values.copy()
    fewer[start] -= 1
    for use in dual.uses_of(start):
        shares = dual.shares_of(int(use))
        fewer[shares[fewer[shares] > 0][:1]] -= 1
    fewer[dual.choice_columns[place]] = 0
    fewer[dual.unplaced[dual.items.piece[place]]] = 1
    return fewer


def _newly_broken(dual: Lagrangian, before: Ints, after: Ints) -> Ints:
    """Numbers of rows; those of the cut itself may be broken before."""
    broken = dual.arrays.broken_rows(after) & ~dual.arrays.broken_rows(before)
    return np.flatnonzero(broken)


def _part_households(dual: Lagrangian, values: Ints, broken: Ints) -> None:
    """A household of which one member has left does not come together."""
    outer = np.zeros(dual.size, dtype=np.bool_)
    outer[dual.outer] = True
    for row in broken.tolist():
        entries = dual.arrays.matrix[row]
        asking = entries.indices[(entries.data > 0) & outer[entries.indices]]
        values[asking] = 0
