"""Entry page: check, screen by bounds, solve the best in full, compare.

The base is solved once for all scenarios, and its schedules are where every full solve begins, its
own second one included. Seeds and limits are paired: repeat k of every scenario is compared with
repeat k of the base.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.result import Result, Status
from engine.what_if.comparison import Outcome, Solved
from engine.what_if.in_parallel import in_parallel
from engine.what_if.outcomes import outcome_of
from engine.what_if.prepare import Prepared, prepare
from engine.what_if.scenarios import Scenario, ScenarioSettings
from engine.what_if.tasks import BoundTask, FillTask, fill_settings

USUAL = ScenarioSettings()

OnProgress = Callable[[str], None]
"""Is told in a few words what has just been done."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Outcomes in the order asked, and what they rest on: problems and solves by name."""

    horizon: Horizon
    settings: ScenarioSettings
    base: Prepared
    prepared: Mapping[str, Prepared]
    solved: Mapping[str, Solved]
    outcomes: tuple[Outcome, ...]
    base_bound: float
    screened: int
    """Scenarios that were screened, the base not counted."""
    screening_seconds: float


def compare_scenarios(
    problem: Problem,
    horizon: Horizon,
    scenarios: Sequence[Scenario],
    settings: ScenarioSettings = USUAL,
    jobs: int = 0,
    on_progress: OnProgress = lambda said: None,
) -> Comparison:
    """Hold every scenario against the base. `jobs`: solves at a time; 0: as the cores allow.

    PracticeProblemsError with every fault of every scenario, before anything is solved.
    """
    ready = prepare(problem, horizon, scenarios)
    base, others = ready[0], ready[1:]
    began = time.perf_counter()
    bounds = _screen(ready, horizon, settings, jobs or _cores(1), on_progress)
    screening = time.perf_counter() - began
    chosen = best_few(others, scenarios, bounds, settings.confirm)
    solved = _solve(
        base,
        chosen,
        horizon,
        settings,
        jobs or _cores(settings.workers),
        on_progress,
    )
    outcomes = tuple(outcome_of(base, one, horizon, bounds, solved) for one in others)
    return Comparison(
        horizon=horizon,
        settings=settings,
        base=base,
        prepared={one.name: one for one in ready},
        solved=solved,
        outcomes=outcomes,
        base_bound=bounds[base.name],
        screened=len(others),
        screening_seconds=screening,
    )


def best_few(
    others: Sequence[Prepared],
    scenarios: Sequence[Scenario],
    bounds: Mapping[str, float],
    confirm: int,
) -> tuple[Prepared, ...]:
    """The scenarios of the lowest bounds, and those that are to be confirmed anyway."""
    ranked = sorted(others, key=lambda one: bounds[one.name])
    wanted = {one.name for one in ranked[:confirm]}
    wanted |= {scenario.name for scenario in scenarios if scenario.confirm}
    return tuple(one for one in others if one.name in wanted)


def _screen(
    ready: Sequence[Prepared],
    horizon: Horizon,
    settings: ScenarioSettings,
    jobs: int,
    tell: OnProgress,
) -> dict[str, float]:
    tasks = [BoundTask(one.name, one.problem, horizon, settings.steps) for one in ready]
    found = in_parallel(tasks, jobs, lambda name: tell(f"{name}: bound"))
    return {task.name: bound for task, bound in zip(tasks, found, strict=True)}


def _solve(
    base: Prepared,
    chosen: Sequence[Prepared],
    horizon: Horizon,
    settings: ScenarioSettings,
    jobs: int,
    tell: OnProgress,
) -> dict[str, Solved]:
    """The base from nothing; then everything, the base included, from the base's schedules."""
    if not chosen:
        return {}

    def tasks(ready: Sequence[Prepared], earlier: Sequence[Result | None]) -> list[FillTask]:
        return [
            FillTask(
                name=one.name,
                problem=one.problem,
                horizon=horizon,
                settings=fill_settings(settings, repeat),
                earlier=None if known is None else known.schedule,
                called=tuple(one.called),
            )
            for repeat, known in enumerate(earlier)
            for one in ready
            if not (one is base and known is not None and is_done(known, settings))
        ]

    def solve(asked: list[FillTask]) -> list[Result]:
        return in_parallel(asked, jobs, lambda name: tell(f"{name}: solved"))

    first = solve(tasks((base,), (None,) * settings.repeats))
    asked = tasks((base, *chosen), first)
    found: dict[str, list[Result]] = {base.name: []}
    for task, result in zip(asked, solve(asked), strict=True):
        found.setdefault(task.name, []).append(result)
    again = iter(found[base.name])
    found[base.name] = [one if is_done(one, settings) else both(one, next(again)) for one in first]
    return {name: Solved(results=tuple(results)) for name, results in found.items()}


def is_done(result: Result, settings: ScenarioSettings) -> bool:
    """Whether a longer search would have stopped at once."""
    near = result.gap is not None and result.gap <= settings.gap
    return near or result.status is Status.OPTIMAL


def both(first: Result, again: Result) -> Result:
    """The cheaper of two solves of the same question, with the higher of their bounds."""
    better = again
    if first.objective is not None and (
        again.objective is None or first.objective < again.objective
    ):
        better = first
    bounds = [one.bound for one in (first, again) if one.bound is not None]
    return better.model_copy(update={"bound": max(bounds, default=None)})


def _cores(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers)
