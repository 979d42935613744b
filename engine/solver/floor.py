"""The unavoidable part: every visit at its cheapest admissible place.

No schedule costs less, because each item takes exactly one of its columns and every other price
is at least zero. Costs are shifted so that an item's cheapest column costs nothing: the program's
own value is then the avoidable part, and a relative gap of the solver is a gap over it.
"""

import numpy as np

from engine.solver.model import Model


def shift_to_floor(model: Model) -> None:
    """Move each item's cheapest cost, and the costs of frozen bookings, into the constant."""
    cost, items, choices = model.program.cost, list(model.items.values()), model.choices
    unplaced = np.array([item.unplaced for item in items], dtype=np.int64)
    keep = np.array([item.keep for item in items], dtype=np.int64)
    booked = np.flatnonzero(keep >= 0)
    cheapest = cost[unplaced]
    cheapest[booked] = np.minimum(cheapest[booked], cost[keep[booked]])
    there = np.flatnonzero(model.program.upper[choices.column] > 0)
    np.minimum.at(cheapest, choices.item[there], cost[choices.column[there]])
    cost[choices.column] -= cheapest[choices.item]
    cost[unplaced] -= cheapest
    cost[keep[booked]] -= cheapest[booked]
    frozen = [c for c in model.keep_column.values() if model.program.lower[c] == 1]
    model.program.constant += int(cheapest.sum()) + int(cost[frozen].sum())
    cost[frozen] = 0


def floor_millipoints(model: Model) -> int:
    """Sum of each visit's cheapest admissible cost; needs shifted costs."""
    return model.program.constant - model.reducible
