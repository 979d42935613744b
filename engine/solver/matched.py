"""Makes a solution matchable: wishes for a doctor are given up, and where none helps visits leave.

Where named doctors and exact minutes meet, counts may add up and yet leave a few visits without a
start of their own (`matching.py`). The rest of such a solution is worth keeping.
"""

from dataclasses import dataclass

import numpy as np

from engine.solver.arrays import Ints
from engine.solver.lagrangian import Lagrangian
from engine.solver.matching import HallCut, match_items
from engine.solver.model import Model
from engine.solver.unmatched import drop_unmatched, give_up_wishes


@dataclass(frozen=True, slots=True)
class Matched:
    """`values`: matchable, or None where that came to nothing. `cuts`: what stood in the way.

    `somebody_left` is False where wishes were all that it cost.
    """

    values: Ints | None
    cuts: tuple[HallCut, ...] = ()
    somebody_left: bool = False


def matched(model: Model, dual: Lagrangian, candidate: Ints) -> Matched:
    """The solution with a start for everybody in it. Wishes first; each round only takes away."""
    met: list[HallCut] = []
    somebody_left = False
    while cuts := match_items(model, candidate)[1]:
        met += cuts
        fewer = give_up_wishes(model, candidate, cuts)
        if fewer is None:
            fewer, somebody_left = drop_unmatched(dual, candidate, cuts), True
            if np.array_equal(fewer, candidate):
                return Matched(None, tuple(met))
        candidate = fewer
    return Matched(candidate, tuple(met), somebody_left)
