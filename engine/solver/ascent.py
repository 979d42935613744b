"""Prices that raise the bound: ascent on the dual function, each row with its own step.

Steps follow D. Kingma and J. Ba (Adam: a method for stochastic optimization, ICLR 2015), which
scales every row by the size of its own slopes. A step is a rate plus a share of the price, since
prices of one week lie between a few points and hundreds of thousands; both shrink over a cycle with
the square of what is left of it. The best prices seen are kept. A fixed number of steps gives the
same prices everywhere.
"""

from dataclasses import dataclass, field

import numpy as np

from engine.solver.arrays import Mask
from engine.solver.lagrangian import Lagrangian
from engine.solver.segments import Reals

MEMORY, SCALE_MEMORY = 0.95, 0.999
SHARE = 0.1
"""Of a price: the part of a first step that grows with the price."""
LAST_RATE = 0.001
"""What is left of the first rate at the end of a cycle."""
SMALL = 1e-3


@dataclass(frozen=True, slots=True)
class Part:
    """What of a model is still open: the rest is fixed and has used up right sides."""

    items: Mask
    choices: Mask
    outer: Mask
    right_side: Reals
    constant: float


@dataclass(slots=True)
class Ascent:
    """Prices of a dual function on their way up."""

    dual: Lagrangian
    part: Part | None = None
    prices: Reals = field(init=False)
    value: float = field(init=False, default=-np.inf)
    """The best value so far, in millipoints; a bound only where nothing is fixed."""

    def __post_init__(self) -> None:
        self.prices = np.zeros(len(self.dual.right_side))

    def cycle(self, steps: int, rate: float) -> None:
        """So many steps from the best prices, the first of about `rate` millipoints and a share."""
        dual = self.dual
        right = dual.right_side if self.part is None else self.part.right_side
        prices = self.prices.copy()
        mean, square = np.zeros_like(prices), np.zeros_like(prices)
        for step in range(1, steps + 1):
            value, slope = self._look(prices)
            if value > self.value:
                self.value, self.prices = value, prices
            slope -= right
            mean = MEMORY * mean + (1 - MEMORY) * slope
            square = SCALE_MEMORY * square + (1 - SCALE_MEMORY) * slope * slope
            length = (rate + SHARE * prices) * max((1 - step / steps) ** 2, LAST_RATE)
            root = np.sqrt(square / (1 - SCALE_MEMORY**step)) + SMALL
            prices = prices + length * mean / ((1 - MEMORY**step) * root)
            np.maximum(prices, 0.0, out=prices, where=~dual.equal)

    def _look(self, prices: Reals) -> tuple[float, Reals]:
        dual, part = self.dual, self.part
        at = dual.evaluate(prices)
        if part is None:
            return dual.value(prices, at), dual.slope(at)
        at.choice[~part.choices] = np.inf
        at.item[:] = dual.items.least(at.choice)
        free = dual.outside(at, part.outer)
        value = at.item[part.items].sum() + free - prices @ part.right_side + part.constant
        return float(value), dual.slope(at, items=part.items, outer=part.outer)

    def bound(self) -> float:
        """The value at the best prices in whole millipoints: exact, as all numbers are whole."""
        prices = self.dual.whole(self.prices)
        return self.dual.value(prices, self.dual.evaluate(prices))
