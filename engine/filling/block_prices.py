"""What it costs a visit to wait for a later block."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from engine.practice import Horizon, Problem, Visit
from engine.practice.calendar import is_open
from engine.risk.visit_costs import PersonalCosts
from engine.solver.arrays import to_arrays
from engine.solver.kinds import KindKey, kind_key
from engine.solver.lagrangian import CLOSED, Lagrangian
from engine.solver.search import Found
from engine.yardsticks import prices_of

LATER_DAYS = 14
"""Days after a block among which a visit that waits looks for its cheapest."""


def cost_on(price: Mapping[str, int], costs: PersonalCosts, visit: Visit, day: dt.date) -> int:
    """Millipoints of the personal costs of a visit on a date, at the prices of the KPIs."""
    quanta = costs.at(visit.id, day, None)
    return sum([price[kpi] * count for kpi, count in quanta.items() if count])


def pressed(costs: PersonalCosts, visits: Iterable[Visit], block: Horizon) -> list[Visit]:
    """Those for which it is worse to come after the block than in it, the worst first.

    A patient who is late, or nearly so, had better come before the visit is due.
    """
    price, lost = prices_of(costs.problem), []
    for visit in visits:
        first = max(block.start, visit.earliest or block.start)
        loss = cost_on(price, costs, visit, block.end) - cost_on(price, costs, visit, first)
        if first < block.end and loss > 0:
            lost.append((-loss, visit.id, visit))
    return [visit for _, _, visit in sorted(lost, key=lambda entry: entry[:2])]


def waiting_costs(
    problem: Problem,
    block: Horizon,
    after: Horizon,
    costs: PersonalCosts,
    tolls: Mapping[KindKey, int],
) -> dict[str, int]:
    """Millipoints for each visit that may also come after the block: its cheapest date and toll."""
    price = prices_of(problem)
    dates = [day for day in after.dates[:LATER_DAYS] if is_open(problem.practice, day)]
    waiting: dict[str, int] = {}
    for visit in problem.visits_for(block):
        fitting = [day for day in dates if visit.latest is None or day <= visit.latest]
        if fitting:
            least = min(cost_on(price, costs, visit, day) for day in fitting)
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
