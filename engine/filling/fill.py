"""Entry page: fill the days of a horizon. Validate, solve, seat, check, measure, result."""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from engine.checker import check
from engine.filling.best_so_far import BestSoFar
from engine.filling.by_hand import fill_by_hand
from engine.filling.reasons import explain_unplaced
from engine.kpi import measure
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblemsError, Severity
from engine.result import Result, TracePoint
from engine.solver.search import SearchSettings, search
from engine.validation import problems_of
from engine.weights import weights_with


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
    settings: FillSettings = FillSettings(),  # noqa: B008 - frozen
    on_progress: Callable[[TracePoint], None] | None = None,
) -> Result:
    """Place the visits of a problem on the dates of a horizon.

    Every schedule passes the checker before it is kept; the by-hand schedule is the first. Raises
    PracticeProblemsError with everything that is refused. Ctrl-C keeps the best.
    """
    began = time.perf_counter()
    _refuse_faults(problem, horizon)
    best = BestSoFar(problem, began, on_progress)
    best.offer(fill_by_hand(problem, horizon, fit="best", order="due"), by="by hand")
    outcome = search(
        problem,
        horizon,
        SearchSettings(
            seconds=max(1.0, settings.time_limit - best.seconds()),
            gap=settings.gap,
            workers=settings.workers,
            seed=settings.seed,
            reproducible=settings.reproducible,
        ),
        best.schedule,
        best.offer,
        best.raise_bound,
    )
    return _result(problem, horizon, settings, best, outcome.floor, outcome.interrupted)
