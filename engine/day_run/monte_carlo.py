"""Days of a schedule run many times: how often they run late, who waits, how long the doctor stays.

Whether a patient comes is drawn with the no-show probability that the practice knows.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from engine.day_run.day_plan import DayPlan, day_plan
from engine.day_run.draws import USUAL, RunSettings, VisitDraw, draw_visit
from engine.day_run.run_once import DayOutcome, run_once, runs_late
from engine.practice import Problem
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One date over all runs; times in minutes, each with the standard error of its mean.

    `late_probability`: share of the runs that end late by the rule of `runs_late`; its error is
    above nought also where all runs end alike.
    `wait`: mean over the patients who came, before the chair, between rooms and for the doctor.
    `overtime`: doctor's work outside working time.
    """

    day: date
    visits: int
    runs: int
    late_probability: float
    late_error: float
    wait: float
    wait_error: float
    overtime: float
    overtime_error: float


def simulate_days(
    problem: Problem,
    schedule: Schedule,
    runs: int = 200,
    seed: int = 0,
    settings: RunSettings = USUAL,
) -> tuple[DayFigures, ...]:
    """Figures of every date of the schedule with a visit. ValueError for fewer than two runs."""
    if runs < 2:
        raise ValueError(f"runs is {runs}; choose at least 2")
    costs = PersonalCosts(problem, schedule.horizon)
    found = []
    for day in schedule.horizon.dates:
        placed = [p for p in schedule.placements if p.date == day]
        if placed:
            plan = day_plan(problem, day, placed)
            misses = {p.visit: costs.no_show(p.visit, day, p.start.hour) for p in placed}
            rng = np.random.default_rng((seed, day.toordinal()))
            outcomes = [run_once(plan, _draws(plan, misses, rng, settings)) for _ in range(runs)]
            found.append(_figures(day, plan, outcomes))
    return tuple(found)


def doctor_steps(plan: DayPlan) -> dict[str, tuple[bool, ...]]:
    """For each visit, which of its steps are doctor time."""
    return {
        visit.id: tuple(step.doctor is not None for stage in visit.stages for step in stage.steps)
        for visit in plan.visits
    }


def _draws(
    plan: DayPlan, misses: dict[str, float], rng: np.random.Generator, settings: RunSettings
) -> dict[str, VisitDraw]:
    return {
        visit: draw_visit(rng, steps, settings, comes=bool(rng.random() >= misses[visit]))
        for visit, steps in doctor_steps(plan).items()
    }


def _figures(day: date, plan: DayPlan, outcomes: list[DayOutcome]) -> DayFigures:
    late = _share_and_error([runs_late(run.late_by) for run in outcomes])
    wait = _mean_and_error([run.mean_wait for run in outcomes])
    overtime = _mean_and_error([run.overtime for run in outcomes])
    return DayFigures(day, len(plan.visits), len(outcomes), *late, *wait, *overtime)


def _share_and_error(flags: list[bool]) -> tuple[float, float]:
    """A share, and an error that is not nought where none or all of a few runs end late.

    The error is that of two runs of each kind more: A. Agresti and B. A. Coull, 'Approximate is
    better than "exact" for interval estimation of binomial proportions', The American Statistician
    52, 1998, pages 119-126.
    """
    count, true = len(flags) + 4, sum(flags) + 2
    return sum(flags) / len(flags), sqrt(true * (count - true) / count**3)


def _mean_and_error(values: list[float]) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values, ddof=1)) / sqrt(len(values))
