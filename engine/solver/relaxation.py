"""One relaxation on its own: the bound and the prices of a problem's rows, without a search.

No linear program is solved (see `engine.solver.ascent`). The same number of steps from nothing
gives the same prices on every machine, so that the bounds of two problems can be compared.
"""

import time
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.solver.arrays import to_arrays
from engine.solver.ascent import Ascent
from engine.solver.build_model import build_model
from engine.solver.find_prices import (
    FEWEST_STEPS,
    FIRST_STEPS,
    SMALL_STEPS,
    TIMED_STEPS,
    first_rate,
)
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.lagrangian import Lagrangian
from engine.solver.program import Ints
from engine.weights import MILLIPOINTS

SMALL_COLUMNS = 3000
"""Up to this size steps cost next to nothing and are not timed."""


@dataclass(frozen=True, slots=True)
class RowPrices:
    """`bound`: points that no schedule is cheaper than. `rows`: numbers of the priced rows of the
    model, `prices`: their whole millipoints; shape (n,) each."""

    bound: float
    rows: Ints
    prices: Ints


class Relaxation:
    """The dual function of a problem, ready to be raised.

    `floor`: the unavoidable part in points. `is_sound` is False where the model is stricter than
    the rules (around a clash in the book): then its bound bounds nothing.
    """

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        locked = locked_bookings(problem, horizon)
        lacking = lacking_resources(problem, horizon, locked)
        self.model = build_model(problem, horizon, locked=locked, lacking=lacking or frozenset())
        self.is_sound = lacking is not None and not self.model.stricter
        self.floor = floor_millipoints(self.model) / MILLIPOINTS
        self._dual = Lagrangian(self.model, to_arrays(self.model.program))
        self._rate = first_rate(self.model)

    def steps_within(self, seconds: float) -> int:
        """How many steps that time allows; of a small problem always the same number."""
        if self.model.program.size <= SMALL_COLUMNS:
            return SMALL_STEPS
        began = time.perf_counter()
        Ascent(self._dual).cycle(TIMED_STEPS, self._rate)
        step = (time.perf_counter() - began) / TIMED_STEPS
        return int(min(FIRST_STEPS, max(FEWEST_STEPS, seconds / step)))

    def after(self, steps: int = FIRST_STEPS) -> RowPrices:
        """Prices after so many steps from nothing."""
        ascent = Ascent(self._dual)
        ascent.cycle(steps, self._rate)
        return RowPrices(
            bound=max(ascent.bound() / MILLIPOINTS, self.floor),
            rows=self._dual.dual_rows,
            prices=self._dual.whole(ascent.prices).astype("int64"),
        )
