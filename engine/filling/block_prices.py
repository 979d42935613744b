"""What it costs a visit to wait for a later block."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from engine.practice import Horizon, Problem
from engine.practice.calendar import is_open
from engine.risk.visit_costs import PersonalCosts
from engine.solver.arrays import to_arrays
from engine.solver.kinds import KindKey, kind_key
from engine.solver.lagrangian import CLOSED, Lagrangian
from engine.solver.search import Found
from engine.weights import weights_with

LATER_DAYS = 14
"""Days after a block among which a visit that waits looks for its cheapest."""


def waiting_costs(
    problem: Problem,
    block: Horizon,
    after: Horizon,
    costs: PersonalCosts,
    tolls: Mapping[KindKey, int],
) -> dict[str, int]:
    """Millipoints for each visit that may also come after the block: its cheapest date and toll."""
    weights = weights_with({own.kpi: own.value for own in problem.policy.weights})
    price = {kpi: weight.millipoints_per_quantum for kpi, weight in weights.items()}
    dates = [day for day in after.dates[:LATER_DAYS] if is_open(problem.practice, day)]

    def cost(visit_id: str, day: dt.date) -> int:
        quanta = costs.at(visit_id, day, None)
        return sum([price[kpi] * count for kpi, count in quanta.items() if count])

    waiting: dict[str, int] = {}
    for visit in problem.visits_for(block):
        fitting = [day for day in dates if visit.latest is None or day <= visit.latest]
        if fitting:
            least = min(cost(visit.id, day) for day in fitting)
            waiting[visit.id] = least + tolls.get(kind_key(visit), 0)
    return waiting


def tolls(found: Found, settled: Horizon) -> dict[KindKey, int]:
    """By kind: the price of its cheapest start, the median of the dates that are not settled."""
    model = found.model
    dual = Lagrangian(model, to_arrays(model.program))
    least = np.full(len(model.starts), np.inf)
    place = np.full(dual.size, -1, dtype=np.int64)
    place[model.counts.column] = model.counts.place
    start = dual.evaluate(found.prices.astype(np.float64)).start
    np.minimum.at(least, place[dual.start_columns], start)
    by_kind: dict[KindKey, list[float]] = defaultdict(list)
    for (kind, day), price in zip(model.starts, least.tolist(), strict=True):
        if price < CLOSED and model.days[day].day not in settled:
            by_kind[kind].append(price)
    return {kind: max(0, round(float(np.median(own)))) for kind, own in by_kind.items()}
