"""Entry page: check, screen by bounds, solve the best in full, compare.

The base is solved once for all scenarios, and its schedules are where every full solve begins.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.what_if.comparison import Outcome, Solved
from engine.what_if.in_parallel import in_parallel
from engine.what_if.outcomes import outcome_of, screened_difference
from engine.what_if.prepare import Prepared, prepare
from engine.what_if.scenarios import USUAL, Scenario, ScenarioSettings
from engine.what_if.solve_from_base import solve_from_base
from engine.what_if.tasks import BoundTask

OnProgress = Callable[[str], None]
"""Is told in a few words what has just been done."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Outcomes in the order asked, and what they rest on: problems and solves by name.

    `stopped`: broken off, so that scenarios of which nothing was known yet are in `left_out`.
    """

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
    stopped: bool = False
    left_out: tuple[str, ...] = ()


def compare_scenarios(
    problem: Problem,
    horizon: Horizon,
    scenarios: Sequence[Scenario],
    settings: ScenarioSettings = USUAL,
    jobs: int = 0,
    on_progress: OnProgress = lambda said: None,
) -> Comparison:
    """Hold every scenario against the base. `jobs`: solves at a time; 0: as the cores allow.

    PracticeProblemsError with every fault of every scenario, before anything is solved. Ctrl-C
    keeps what is known; KeyboardInterrupt where that is nothing, not even the base's bound.
    """
    ready = prepare(problem, horizon, scenarios)
    base, others = ready[0], ready[1:]
    began = time.perf_counter()
    bounds, stopped = _screen(ready, horizon, settings, jobs or _cores(1), on_progress)
    screening = time.perf_counter() - began
    known = tuple(one for one in others if one.name in bounds)
    ranks = {one.name: screened_difference(base, one, horizon, bounds) for one in known}
    chosen = () if stopped else best_few(known, scenarios, ranks, settings.confirm)
    solved: dict[str, Solved] = {}
    if chosen:
        at_once = jobs or _cores(settings.workers)
        solved, stopped = solve_from_base(base, chosen, horizon, settings, at_once, on_progress)
    outcomes = tuple(outcome_of(base, one, horizon, bounds, solved) for one in known)
    return Comparison(
        horizon=horizon,
        settings=settings,
        base=base,
        prepared={one.name: one for one in ready},
        solved=solved,
        outcomes=outcomes,
        base_bound=bounds[base.name],
        screened=len(known),
        screening_seconds=screening,
        stopped=stopped,
        left_out=tuple(one.name for one in others if one.name not in bounds),
    )


def best_few(
    others: Sequence[Prepared],
    scenarios: Sequence[Scenario],
    ranks: Mapping[str, float],
    confirm: int,
) -> tuple[Prepared, ...]:
    """The scenarios of the lowest ranks, and those that are to be confirmed anyway."""
    ranked = sorted(others, key=lambda one: ranks[one.name])
    wanted = {one.name for one in ranked[:confirm]}
    wanted |= {scenario.name for scenario in scenarios if scenario.confirm}
    return tuple(one for one in others if one.name in wanted)


def _screen(
    ready: Sequence[Prepared],
    horizon: Horizon,
    settings: ScenarioSettings,
    jobs: int,
    tell: OnProgress,
) -> tuple[dict[str, float], bool]:
    """Bounds by name; and whether it was broken off."""
    tasks = [BoundTask(one.name, one.problem, horizon, settings.steps) for one in ready]
    done = in_parallel(tasks, jobs, lambda name: tell(f"{name}: bound"))
    if 0 not in done.answers:  # the base is the first: without it there is nothing to compare
        raise KeyboardInterrupt
    return {tasks[number].name: bound for number, bound in done.answers.items()}, done.stopped


def _cores(workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers)
