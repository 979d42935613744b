"""Last stage: all that could still pay is open at once, and the bound counts for the whole."""

import math
from collections.abc import Callable

from engine.solver.arrays import ProgramArrays, restrict
from engine.solver.bridge import Bridge


def prove(bridge: Bridge) -> None:
    """Solve the whole model, less the columns that no better solution uses.

    A column is left out only where its reduced cost is above what can still be gained, so the
    lower of best solution and bound of the rest is a bound of the whole problem. Where rows are
    tighter than the rules it is solved without them first, and with them for a solution alone.
    """
    if bridge.model.strict_rows:
        _solve_all(bridge, bridge.best.open_arrays, bounds=True)
    _solve_all(bridge, lambda: bridge.best.arrays, bounds=not bridge.model.strict_rows)


def _solve_all(bridge: Bridge, arrays: Callable[[], ProgramArrays], *, bounds: bool) -> None:
    """Once more where counts could not be matched to visits, since rows were added then."""
    while not bridge.budget.is_over():
        cuts = len(bridge.best.cuts)
        whole, values = arrays(), bridge.best.values
        base = whole.lower.copy() if values is None else values
        part = restrict(whole, bridge.still_open(), base)
        workers = bridge.settings.workers
        answer = bridge.solve(part, values, work=math.inf, threads=workers, slack=0.0)
        bridge.take(part, base, answer, "everything")
        if bounds and answer is not None and answer.bound is not None:
            bridge.budget.take_bound(answer.bound)
        if answer is None or len(bridge.best.cuts) == cuts:
            return
