"""A bound by prices alone: no search, no schedule."""

import time

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
from engine.weights import MILLIPOINTS

SMALL_COLUMNS = 3000
"""Up to this size steps cost next to nothing and are not timed."""


class PriceBound:
    """The dual function of a question, ready to be raised.

    `known` is False where the model is stricter than the rules (around a clash in the book): then
    its value bounds nothing.
    """

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        locked = locked_bookings(problem, horizon)
        lacking = lacking_resources(problem, horizon, locked)
        model = build_model(problem, horizon, locked=locked, lacking=lacking or frozenset())
        self.known = lacking is not None and not model.stricter
        self._floor = floor_millipoints(model)
        self._rate = first_rate(model)
        self._size = model.program.size
        self._dual = Lagrangian(model, to_arrays(model.program))

    def steps_within(self, seconds: float) -> int:
        """How many steps that time allows; of a small question always the same number."""
        if self._size <= SMALL_COLUMNS:
            return SMALL_STEPS
        began = time.perf_counter()
        Ascent(self._dual).cycle(TIMED_STEPS, self._rate)
        step = (time.perf_counter() - began) / TIMED_STEPS
        return int(min(FIRST_STEPS, max(FEWEST_STEPS, seconds / step)))

    def after(self, steps: int) -> float:
        """Points that no schedule is cheaper than, after so many steps of prices from zero."""
        ascent = Ascent(self._dual)
        ascent.cycle(steps, self._rate)
        return max(ascent.bound(), self._floor) / MILLIPOINTS
