"""Several different good designs: the same model, with most of what is known elsewhere."""

import time
from dataclasses import replace

import numpy as np

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.model_day.design.design_day import DesignSettings, name_or_refuse, solve_day
from engine.model_day.planned import DesignedDay
from engine.practice import Problem

SAME_SHARE = 0.5
"""Another design keeps at most this share of the blocks of each one before it where they are."""
WORSE_SHARE = 0.15
"""It is asked to cost at most so much more than the best, or two blocks' worth on a cheap day."""
_LEAST_SLACK = 20


def other_designs(
    problem: Problem,
    model: DayModel,
    best: Values,
    count: int,
    settings: DesignSettings,
    a_month: float,
) -> list[DesignedDay]:
    """Up to `count` further designs, each unlike the best and unlike each other.

    A bound of theirs is about designs that differ so much, not about all.
    """
    objective = model.program.objective_of(best)
    limit = objective + max(_LEAST_SLACK, round(WORSE_SHARE * objective))
    costs = np.asarray(model.program.cost)
    priced = [int(column) for column in np.flatnonzero(costs)]
    model.program.row("good", priced, [int(costs[c]) for c in priced], upper=limit)
    found: list[DesignedDay] = []
    known = best
    for number in range(1, count + 1):
        began = time.perf_counter()
        _differ(model, known)
        solved = solve_day(model, replace(settings, seed=settings.seed + number).since(began))
        if solved.values is None:
            break
        seconds = time.perf_counter() - began
        found.append(name_or_refuse(problem, model, solved, a_month, seconds))
        known = solved.values
    return found


def _differ(model: DayModel, known: Values) -> None:
    """Of the slots of a known design, at most the share lies in blocks that it has too."""
    kept = [(column, block.count) for block, column in model.blocks if known[column]]
    places = sum(count * int(known[column]) for column, count in kept)
    columns, counts = [column for column, _ in kept], [count for _, count in kept]
    model.program.row("differ", columns, counts, upper=int(SAME_SHARE * places))
