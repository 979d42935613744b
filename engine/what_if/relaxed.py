"""The bound of the relaxation by prices alone: quick, and as good for a scenario as for the base.

The same number of steps from nothing, everywhere, so that two bounds can be compared: the same
problem gives the same bound on every machine. No linear program is solved (see
`engine.solver.ascent`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.practice import Horizon, Problem
from engine.solver.arrays import to_arrays
from engine.solver.ascent import Ascent
from engine.solver.build_model import build_model
from engine.solver.find_prices import first_rate
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.lagrangian import Lagrangian
from engine.solver.model import Model
from engine.weights import MILLIPOINTS


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Bound and floor in points; rows of the model and their whole prices in millipoints."""

    bound: float
    floor: float
    model: Model
    rows: npt.NDArray[np.int64]
    prices: npt.NDArray[np.int64]


def relax(problem: Problem, horizon: Horizon, steps: int) -> Relaxed:
    """Raise prices for so many steps."""
    locked = locked_bookings(problem, horizon)
    lacking = lacking_resources(problem, horizon, locked)
    model = build_model(problem, horizon, locked=locked, lacking=lacking or frozenset())
    dual = Lagrangian(model, to_arrays(model.program))
    ascent = Ascent(dual)
    ascent.cycle(steps, first_rate(model))
    return Relaxed(
        bound=ascent.bound() / MILLIPOINTS,
        floor=floor_millipoints(model) / MILLIPOINTS,
        model=model,
        rows=dual.dual_rows,
        prices=dual.whole(ascent.prices).astype(np.int64),
    )
