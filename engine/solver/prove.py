"""Last stage: all that could still pay is open at once, and the bound counts for the whole."""

import math

import numpy as np

from engine.solver.arrays import restrict
from engine.solver.bridge import Bridge


def prove(bridge: Bridge) -> None:
    """Solve the whole model, less the columns that no better solution uses.

    A column is left out only where its reduced cost is above what can still be gained, so the
    lower of best solution and bound of the rest is a bound of the whole problem. Where counts
    could not be matched to visits, rows were added, and it is solved again.
    """
    while not bridge.budget.is_over():
        cuts = bridge.best.cuts
        free = np.ones(bridge.size, dtype=np.bool_)
        values = bridge.best.values
        if values is not None:
            reduced, most = bridge.reduced()
            free = ~bridge.places.ranked | (reduced <= most) | (values > 0)
        base = bridge.best.arrays.lower.copy() if values is None else values
        part = restrict(bridge.best.arrays, free, base)
        workers = bridge.settings.workers
        answer = bridge.solve(part, values, work=math.inf, threads=workers, slack=0.0)
        bridge.take(part, base, answer, "everything")
        if answer is not None and answer.bound is not None:
            bridge.budget.take_bound(answer.bound)
        if answer is None or bridge.best.cuts == cuts:
            return
