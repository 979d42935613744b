"""First stage: prices, which give the bound and a guide.

The visits are then placed greedily at the prices, which is the first solution of the model.
"""

import time
from statistics import median

from engine.solver.ascent import Ascent
from engine.solver.bridge import Bridge
from engine.solver.greedy import place_waiting
from engine.solver.model import Model

FIRST_STEPS, MORE_STEPS = 2000, 6000
"""Steps before anything else starts, and beside the improvement."""

FIRST_SHARE, FEWEST_STEPS = 0.3, 100
"""Of the time that is left, at most so much for the first steps, and how many there are anyway."""

TIMED_STEPS = 5
"""Steps that are timed to know how many there is time for."""

SMALL_STEPS = 1000
"""For a problem so small that it is solved without prices: a moment."""


def first_rate(model: Model) -> float:
    """Millipoints of a first step: what one overdue day costs."""
    return float(model.price("overdue_days")) or 1000.0


def find_prices(bridge: Bridge) -> None:
    """Prices good enough to guide, and a first solution along them."""
    if bridge.budget.is_over():
        return
    bridge.climb(_steps_in_time(bridge), first_rate(bridge.model))
    bridge.wait_for_climb()
    place_greedily(bridge)


def _steps_in_time(bridge: Bridge) -> int:
    """The first steps, or as many as a short time allows; all of them in a reproducible run."""
    if bridge.settings.reproducible:
        return FIRST_STEPS
    ascent, took = Ascent(bridge.dual), []
    for _ in range(TIMED_STEPS):
        began = time.perf_counter()
        ascent.cycle(1, first_rate(bridge.model))
        took.append(time.perf_counter() - began)
    step = median(took)  # one may have had to wait for something
    return int(min(FIRST_STEPS, max(FEWEST_STEPS, FIRST_SHARE * bridge.budget.left() / step)))


def better_prices(bridge: Bridge) -> None:
    """A long climb beside the improvement; before it where the order of events must not matter."""
    if bridge.prices is None or bridge.budget.is_over():
        return
    bridge.climb(MORE_STEPS, first_rate(bridge.model))
    if bridge.settings.reproducible or bridge.settings.workers == 1:
        bridge.wait_for_climb()


def place_greedily(bridge: Bridge) -> None:
    """The first solution: every visit takes its cheapest free place at the prices."""
    if bridge.prices is None or bridge.base is None:
        return
    solution = place_waiting(bridge.dual, bridge.prices, bridge.base)
    bridge.take_whole(solution, "at prices")


def prices_of_small(bridge: Bridge) -> None:
    """Prices for those who want a proof, where the search went without."""
    ascent = Ascent(bridge.dual)
    ascent.cycle(SMALL_STEPS, first_rate(bridge.model))
    bridge.prices = ascent.prices
