"""Entry page of regret: what the model days cost against a week that is filled freely.

For any schedule under the model days there is a free one that costs no more (`free.py`), so regret
is never negative: where the free fill finds nothing better, that one stands. By prices: the bound
of the relaxation with and without model days. Exact: a second fill without model days, with the
same limits and seed and from nothing, as the first one was; had it begun from the first schedule,
a longer search would look like regret.
"""

from dataclasses import dataclass

from engine.filling.blocks import WHOLE_DAYS
from engine.filling.fill import FillSettings, fill_days
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.result import KpiValue, Regret, Result
from engine.solver.relaxation import Relaxation
from engine.template.free import freely

SHARE_OF_TIME = 0.1
"""Of the fill's time limit, about so much for the estimate."""

STEPS = 600
"""Of prices in a reproducible run."""


@dataclass(frozen=True, slots=True)
class FreeFill:
    """The week without model days: its figures (never dearer than under them) and the regret."""

    result: Result
    kpis: tuple[KpiValue, ...]
    regret: Regret


def estimate_regret(
    problem: Problem, horizon: Horizon, result: Result, settings: FillSettings
) -> Regret | None:
    """The regret of a filled week by prices.

    None without a schedule, above two weeks (no model ever holds them all), and where a clash in
    the book leaves no bound.
    """
    if result.objective is None or horizon.days > WHOLE_DAYS:
        return None
    free = Relaxation(freely(problem), horizon)
    under = Relaxation(problem, horizon)
    if not (free.is_sound and under.is_sound):
        return None
    if settings.reproducible:
        steps = STEPS
    else:
        steps = free.steps_within(SHARE_OF_TIME * settings.time_limit / 2)
    free_bound, template_bound = free.after(steps).bound, under.after(steps).bound
    at_most = round(max(0.0, result.objective - free_bound), 3)
    return Regret(
        template_bound=template_bound,
        free_bound=free_bound,
        estimate=min(at_most, round(max(0.0, template_bound - free_bound), 3)),
        at_most=at_most,
    )


def with_regret(
    problem: Problem, horizon: Horizon, result: Result, settings: FillSettings
) -> Result:
    """The result of a fill with the estimate, where there is one; Ctrl-C keeps it without."""
    if result.interrupted:
        return result
    try:
        regret = estimate_regret(problem, horizon, result, settings)
    except KeyboardInterrupt:
        return result.model_copy(update={"interrupted": True})
    return result.model_copy(update={"regret": regret})


def fill_freely(
    problem: Problem, horizon: Horizon, result: Result, settings: FillSettings
) -> FreeFill:
    """Fill the same dates without model days and compare. `result` has a schedule and an objective.

    The bounds of both fills count, too: `at_least` from that of the first, `at_most` from that of
    the second. Raises ValueError for a result without a schedule.
    """
    if result.schedule is None or result.objective is None:
        raise ValueError("there is no schedule to compare with")
    question = freely(problem)
    second = fill_days(question, horizon, settings)
    kpis = measure(question, result.schedule)
    if second.objective is not None and second.objective < objective_points(kpis):
        kpis = second.kpis
    free_objective = objective_points(kpis)
    found = round(max(0.0, result.objective - free_objective), 3)
    by_prices = result.regret or estimate_regret(problem, horizon, result, settings) or Regret()
    bounds = [one for one in (second.bound, by_prices.free_bound) if one is not None]
    at_most = round(max(found, result.objective - max(bounds)), 3) if bounds else None
    estimate = by_prices.estimate
    if estimate is not None and at_most is not None:
        estimate = min(estimate, at_most)
    regret = by_prices.model_copy(
        update={
            "estimate": estimate,
            "at_most": at_most,
            "free_objective": free_objective,
            "found": found,
            "at_least": _at_least(result, free_objective, found),
        }
    )
    return FreeFill(second, kpis, regret)


def _at_least(result: Result, free_objective: float, found: float) -> float | None:
    """The best schedule under the model days costs the bound at least, the best free one less."""
    if result.bound is None:
        return None
    return round(min(found, max(0.0, result.bound - free_objective)), 3)
