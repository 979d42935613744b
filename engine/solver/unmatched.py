"""Visits that cannot be matched to the starts of a solution: better than losing all of it.

Where named doctors and exact minutes meet, counts may add up and yet leave a few visits without a
start of their own. Those that only wish for a doctor give up the wish. Otherwise those that lose
least go without a time, with one start each, and with them whoever may only come after them.
"""

from collections.abc import Sequence

import numpy as np

from engine.solver.arrays import Ints
from engine.solver.lagrangian import Lagrangian
from engine.solver.matching import HallCut, match_items
from engine.solver.model import ItemColumn, Model

ROUNDS = 10
"""Of wishes given up: each shows who is still without a start."""


def match_by_wishes(model: Model, values: Ints) -> Ints:
    """The solution with as few wishes for a doctor less as its visits need to be matched."""
    for _ in range(ROUNDS):
        cuts = match_items(model, values)[1]
        fewer = give_up_wishes(model, values, cuts) if cuts else None
        if fewer is None:
            break
        values = fewer
    return values


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
    """The solution without as many visits of each cut as there are more than starts."""
    values = candidate.copy()
    place_of = np.full(dual.size, -1, dtype=np.int64)
    place_of[dual.choice_columns] = np.arange(len(dual.choice_columns))
    for cut in cuts:
        chosen = np.array([c for c in cut.choices if values[c] > 0 and place_of[c] >= 0], np.int64)
        excess = int(values[chosen].sum() - values[list(cut.starts)].sum())
        lost = dual.arrays.cost[dual.unplaced[dual.items.piece[place_of[chosen]]]]
        lost = lost - dual.arrays.cost[chosen]
        for column in chosen[np.argsort(lost, kind="stable")].tolist():
            if excess <= 0:
                break
            fewer = _drop(dual, values, int(place_of[column]), frozenset(cut.starts))
            if fewer is not None:
                values, excess = fewer, excess - 1
    return values


def _drop(dual: Lagrangian, values: Ints, place: int, matched: frozenset[int]) -> Ints | None:
    """Without one visit and those after it; None where that would take a start of the cut."""
    if values[dual.choice_columns[place]] == 0:
        return None
    for first, later in dual.before_after:
        if first == dual.items.piece[place] and values[dual.unplaced[later]] == 0:
            places = dual.items.places(later)
            (of_later,) = places[values[dual.choice_columns[places]] > 0]
            fewer = _drop(dual, values, int(of_later), matched)
            if fewer is None:
                return None
            values = fewer
    broken = dual.arrays.broken_rows(values)  # rows of the cut itself may be there already
    starts = dual.start_columns[dual.starts_of_choice(place)]
    for start in starts[values[starts] > 0].tolist():
        fewer = _without(dual, values, place, start)
        if start not in matched and not (dual.arrays.broken_rows(fewer) & ~broken).any():
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
