"""A small question solved whole, in this process: one model, one solver, no crew.

For questions about a part of a plan (one date, a few visits), which a crew of processes would be
slower to start than to answer.
"""

import math
from dataclasses import dataclass

from engine.result import Status
from engine.schedule import Schedule
from engine.solver.cp_sat import solve_program
from engine.solver.decode import decode
from engine.solver.model import Model
from engine.solver.solved import Limits, Values

WORK = 10.0
"""Limit in CP-SAT's deterministic units, which are about seconds: the same answer on every run."""


@dataclass(frozen=True, slots=True)
class SmallAnswer:
    """`proven`: no schedule of the question costs less. `values`: of all columns of the model."""

    status: Status
    schedule: Schedule | None
    values: Values | None
    proven: bool
    work: float


def solve_small(
    model: Model, work: float = WORK, hint: dict[int, int] | None = None
) -> SmallAnswer:
    """Minimise the model's program, again where its counts cannot be matched to visits."""
    spent = 0.0
    while True:
        limits = Limits(seconds=math.inf, gap=0.0, workers=1, seed=0, work=max(0.01, work - spent))
        solved = solve_program(model.program, limits, hint)
        spent += solved.work
        if solved.values is None:
            return SmallAnswer(solved.status, None, None, False, spent)
        decoded = decode(model, solved.values)
        if decoded.schedule is not None:
            proven = solved.status is Status.OPTIMAL and not (model.stricter or model.strict_rows)
            return SmallAnswer(solved.status, decoded.schedule, solved.values, proven, spent)
        if spent >= work:
            return SmallAnswer(Status.UNKNOWN, None, None, False, spent)
        for cut in decoded.cuts:
            model.program.sum_at_most("matching", cut.choices, cut.starts)
