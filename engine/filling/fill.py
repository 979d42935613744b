"""Entry page: fill the days of a horizon. Validate, solve, seat, check, measure, certify."""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from engine.certificate.certificate import Certificate
from engine.filling.best_so_far import BestSoFar
from engine.filling.by_hand import fill_by_hand
from engine.filling.certify import with_certificate
from engine.filling.list_inherited import list_inherited
from engine.filling.price_lines import price_lines
from engine.filling.reasons import explain_unplaced
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblemsError, Severity
from engine.result import Result, Status, TracePoint
from engine.solver.search import SearchSettings, search
from engine.validation import problems_of
from engine.weights import weights_with

PROVEN_POINTS = 0.0005
"""Half a millipoint: an objective this close to its bound is optimal."""

_STOPPING = (Severity.REFUSED, Severity.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class FillSettings:
    """Limits of a fill. `gap`: stop at this share of the avoidable part. `seconds` of search."""

    time_limit: float = 60.0
    gap: float = 0.002
    workers: int = 2
    seed: int = 0
    reproducible: bool = False


def fill_days(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings = FillSettings(),
    on_progress: Callable[[TracePoint], None] | None = None,
) -> Result:
    """Place the visits of a problem on the dates of a horizon.

    Every schedule passes the checker before it is kept; the by-hand schedule is the first. Ctrl-C
    keeps the best. `fill_certified` gives the certificate as well. Raises PracticeProblemsError
    with everything that is wrong with the problem; `engine.validation.put_aside` takes out single
    faulty visits and bookings beforehand.
    """
    return _fill(problem, horizon, settings, on_progress, certified=False)[0]


def fill_certified(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings = FillSettings(),
    on_progress: Callable[[TracePoint], None] | None = None,
) -> tuple[Result, Certificate | None]:
    """`fill_days`, and the certificate of its schedule with what it proves in the result."""
    return _fill(problem, horizon, settings, on_progress, certified=True)


def _fill(
    problem: Problem,
    horizon: Horizon,
    settings: FillSettings,
    on_progress: Callable[[TracePoint], None] | None,
    *,
    certified: bool,
) -> tuple[Result, Certificate | None]:
    began = time.perf_counter()
    _refuse_faults(problem, horizon)
    best = BestSoFar(problem, began, on_progress)
    interrupted, found = False, None
    try:
        best.offer(fill_by_hand(problem, horizon, fit="best", order="due"), by="by hand")
        left = max(1.0, settings.time_limit - best.seconds())
        limits = SearchSettings(
            seconds=settings.time_limit if settings.reproducible else left,
            gap=settings.gap,
            workers=settings.workers,
            seed=settings.seed,
            reproducible=settings.reproducible,
            prices=certified,
        )
        found = search(problem, horizon, limits, best.schedule, best)
        interrupted = found.interrupted
    except KeyboardInterrupt:
        interrupted = True
    result = _result(problem, settings, best, interrupted)
    if not certified or result.schedule is None:
        return result, None
    prices = () if found is None else price_lines(found.model, found.rows, found.prices)
    return with_certificate(problem, result, result.schedule, prices)


def _refuse_faults(problem: Problem, horizon: Horizon) -> None:
    faults = [p for p in problems_of(problem, horizon) if p.severity in _STOPPING]
    if faults:
        raise PracticeProblemsError(faults)


def _result(problem: Problem, settings: FillSettings, best: BestSoFar, interrupted: bool) -> Result:
    """Explain what is unplaced, list what was inherited, and say how good the schedule is."""
    schedule = best.schedule
    if schedule is None or best.objective is None:
        return Result(
            status=Status.UNKNOWN,
            schedule=None,
            seconds=round(best.seconds(), 3),
            seed=settings.seed,
            interrupted=interrupted,
            notes=tuple(best.notes),
        )
    schedule = list_inherited(problem, explain_unplaced(problem, schedule))
    bound = best.bound
    if bound is not None and 0 < bound - best.objective < PROVEN_POINTS:
        bound = best.objective  # rounding of the relaxation, less than any price
    proven = bound is not None and best.objective - bound < PROVEN_POINTS
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        schedule=schedule,
        objective=best.objective,
        floor=best.floor,
        bound=bound,
        gap=best.gap,
        seconds=round(best.seconds(), 3),
        seed=settings.seed,
        workers=settings.workers,
        reproducible=settings.reproducible,
        interrupted=interrupted,
        kpis=best.kpis,
        weights=tuple(
            (weight.kpi, weight.value)
            for weight in weights_with({w.kpi: w.value for w in problem.policy.weights}).values()
        ),
        versions=(
            ("modelday", version("modelday")),
            ("ortools", version("ortools")),
            ("python", platform.python_version()),
        ),
        trace=tuple(best.trace),
        notes=tuple(best.notes),
    )
