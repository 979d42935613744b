"""Entry page of the solver: model, prices, a first answer by relax and fix, then improvement.

All solver work is done by a crew of child processes; this page only decides what is done next.
Prices give the bound and say which columns matter. The dive builds a solution day by day. The
improvement opens windows around the best solution. A last step opens everything that could still
pay, and its bound counts, too.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.practice import Horizon, Problem
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Schedule
from engine.solver.bridge import Bridge
from engine.solver.budget import Budget, SearchSettings, Watch
from engine.solver.build_model import NOBODY_WAITS, build_model
from engine.solver.build_up import build_up, seat_the_book, start_from
from engine.solver.crew import Crew, crew_of, do
from engine.solver.find_prices import better_prices, find_prices, prices_of_small
from engine.solver.floor import floor_millipoints
from engine.solver.improve import improve
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.jobs import Solve
from engine.solver.model import Model
from engine.solver.program import Ints
from engine.solver.prove import prove
from engine.solver.relay import start_relay
from engine.weights import MILLIPOINTS

__all__ = ["Found", "SearchSettings", "Watch", "search"]

SMALL_COLUMNS = 3000
"""Up to this size the whole problem is one step."""

BOOK_SHARE = 0.2
"""Of the time, for what the book goes without."""

NO_BOUND = (
    "The search claims no bound: around a clash that is already in the book it is stricter than "
    "the rules. The bound, if there is one, is that of the certificate."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search knows at its end besides what it told: prices of rows, whole millipoints."""

    interrupted: bool
    model: Model
    rows: Ints
    prices: Ints


def search(
    problem: Problem,
    horizon: Horizon,
    settings: SearchSettings,
    incumbent: Schedule | None,
    watch: Watch,
    waiting: Mapping[str, int] = NOBODY_WAITS,
    costs: PersonalCosts | None = None,
) -> Found:
    """Improve on the incumbent until the gap or the time is reached.

    `waiting`: millipoints of visits that may also come after these dates, instead of the price of
    no time at all. `costs`: personal costs of the longer horizon of which these dates are a part.
    """
    began = time.perf_counter()
    with crew_of(settings.workers) as crew:
        locked = locked_bookings(problem, horizon)
        lacking = lacking_resources(problem, horizon, locked, _by(crew, settings))
        model = build_model(
            problem,
            horizon,
            locked=locked,
            lacking=lacking or frozenset(),
            waiting=waiting,
            costs=costs,
        )
        model.stricter |= lacking is None
        budget = _open_budget(model, settings, watch, began)
        bridge = Bridge(model, crew, budget)
        try:
            _run_stages(bridge, incumbent)
        except KeyboardInterrupt:
            budget.interrupted = True
    if settings.prices and bridge.prices is None and bridge.size <= SMALL_COLUMNS:
        prices_of_small(bridge)
    rows, prices = bridge.dual.dual_rows, np.zeros(len(bridge.dual.dual_rows))
    if bridge.prices is not None:
        prices = bridge.dual.whole(bridge.prices)
    return Found(budget.interrupted, model, rows, prices.astype(np.int64))


def _by(crew: Crew, settings: SearchSettings) -> Callable[[Solve], object]:
    """Has a job done by the crew, in a part of the time where it is not to be reproducible."""
    seconds = math.inf if settings.reproducible else BOOK_SHARE * settings.seconds

    def solve(job: Solve) -> object:
        return do(crew, replace(job, limits=replace(job.limits, seconds=seconds)), seconds)

    return solve


def _open_budget(model: Model, settings: SearchSettings, watch: Watch, began: float) -> Budget:
    floor = floor_millipoints(model)
    watch.set_floor(floor / MILLIPOINTS)
    if model.stricter:
        watch.note(NO_BOUND)
    budget = Budget(settings, watch, floor, claims=not model.stricter, began=began)
    budget.take_bound(floor)  # a bound until the prices give a better one
    return budget


def _run_stages(bridge: Bridge, incumbent: Schedule | None) -> None:
    large, relay = bridge.size > SMALL_COLUMNS, None
    by_hand = bridge.budget.watch.objective
    seat_the_book(bridge)
    if large:
        find_prices(bridge)
        if bridge.settings.dive:
            build_up(bridge)
    start_from(bridge, incumbent, by_hand)
    if large:
        relay = start_relay(bridge) if bridge.settings.workers > 1 else None
        better_prices(bridge)
        improve(bridge)
        relay = relay or start_relay(bridge)
    if relay is not None:
        relay.finish()
    prove(bridge)
