"""One relaxation on its own: the prices of a problem's rows, without a search for a schedule."""

import numpy as np

from engine.practice import Horizon, Problem
from engine.solver.arrays import to_arrays
from engine.solver.ascent import Ascent
from engine.solver.build_model import build_model
from engine.solver.find_prices import FIRST_STEPS
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.lagrangian import Lagrangian
from engine.solver.model import Model
from engine.solver.program import Ints


def price_rows(problem: Problem, horizon: Horizon) -> tuple[Model, Ints, Ints]:
    """The model, numbers of its priced rows and their whole millipoints, shape (n,) each.

    A fixed number of steps in this process: the same problem always has the same prices.
    """
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked) or frozenset()
    model = build_model(problem, horizon, locked=locked, lacking=lacking)
    ascent = Ascent(Lagrangian(model, to_arrays(model.program)))
    ascent.cycle(FIRST_STEPS, float(model.price("overdue_days")) or 1000.0)
    rows: Ints = np.array(ascent.dual.dual_rows, dtype=np.int64)
    return model, rows, ascent.dual.whole(ascent.prices).astype(np.int64)
