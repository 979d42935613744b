"""Whom the model day stands in the way of: visits that a free week serves better, and the cells."""

from collections import defaultdict
from dataclasses import dataclass

from engine.kpi.cell_use import CellUse, Use, cell_uses
from engine.kpi.filled import Filled
from engine.practice import Problem
from engine.practice.calendar import model_day_on
from engine.schedule import Placement, Schedule
from engine.weights import MILLIPOINTS
from engine.yardsticks import prices_of


@dataclass(frozen=True, slots=True)
class Blocked:
    """A visit that is better off in the free week, by `gain` points, at a place it may not have.

    `cells`: those that do not take it there. `over_quota`: the free day has more of its class than
    the model day takes: so many.
    """

    placed: Placement
    procedure_class: str
    model_day: str
    gain: float
    cells: tuple[CellUse, ...]
    over_quota: int | None


def blocked_visits(problem: Problem, under: Schedule, free: Schedule) -> tuple[Blocked, ...]:
    """Those who lose by the model days, most first. Gains are personal: time, or no time at all."""
    filled = Filled(problem, free)
    uses: dict[str, list[CellUse]] = defaultdict(list)
    for one in cell_uses(filled, filled.fresh):
        if one.use is Use.AGAINST:
            uses[one.visit].append(one)
    cost_under, cost_free = _costs(problem, under), _costs(problem, free)
    found = []
    for placed in filled.fresh:
        model_day = model_day_on(problem.practice, placed.date)
        gain = cost_under.get(placed.visit, 0.0) - cost_free.get(placed.visit, 0.0)
        if model_day is None or gain <= 0:
            continue
        wanted = problem.procedures[filled.visit_of(placed).procedure].procedure_class
        on_day = sum(
            problem.procedures[filled.visit_of(one).procedure].procedure_class == wanted
            for one in filled.on_date(placed.date)
        )
        most = next((q.at_most for q in model_day.quotas if q.procedure_class == wanted), None)
        over = on_day if most is not None and on_day > most else None
        if uses[placed.visit] or over is not None:
            cells = tuple(uses[placed.visit])
            found.append(Blocked(placed, wanted, model_day.id, gain, cells, over))
    return tuple(sorted(found, key=lambda one: (-one.gain, one.placed.visit)))


def _costs(problem: Problem, schedule: Schedule) -> dict[str, float]:
    """Points that each visit costs on its own, by id."""
    filled, prices = Filled(problem, schedule), prices_of(problem)
    costs: dict[str, float] = {}
    for placed in schedule.placements:
        quanta = filled.costs.at(placed.visit, placed.date, placed.start.hour)
        points = sum(prices[kpi] * value for kpi, value in quanta.items())
        costs[placed.visit] = points / MILLIPOINTS
    for visit in filled.without_time:
        quanta = filled.costs.unplaced(visit.id)
        points = sum(prices[kpi] * value for kpi, value in quanta.items())
        costs[visit.id] = (points + prices["unplaced_visits"]) / MILLIPOINTS
    return costs
